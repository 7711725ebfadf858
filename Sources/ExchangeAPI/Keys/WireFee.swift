// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// The fees of one wire method in one period (1028).
public struct WireFee: Codable, Sendable, Equatable {
    public var wireFee: Amount
    public var closingFee: Amount
    public var start: Timestamp
    public var end: Timestamp
    public var signature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case wireFee = "wire_fee"
        case closingFee = "closing_fee"
        case start = "start_date"
        case end = "end_date"
        case signature = "sig"
    }

    public init(wireFee: Amount, closingFee: Amount, start: Timestamp, end: Timestamp, signature: EdDSASignature) {
        self.wireFee = wireFee
        self.closingFee = closingFee
        self.start = start
        self.end = end
        self.signature = signature
    }
}
