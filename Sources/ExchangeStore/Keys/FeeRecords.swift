// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A bank account of the exchange, signed (1030) without restrictions and without conversion.
public struct WireAccountRecord: Sendable, Equatable {
    /// The full payto URI as it was signed.
    public var payto: String
    public var masterSignature: EdDSASignature

    public init(payto: String, masterSignature: EdDSASignature) {
        self.payto = payto
        self.masterSignature = masterSignature
    }
}

/// The fees of one wire method in one period, signed (1028).
public struct WireFeeRecord: Sendable, Equatable {
    public var method: String
    public var start: Timestamp
    public var end: Timestamp
    public var wireFee: Amount
    public var closingFee: Amount
    public var masterSignature: EdDSASignature

    public init(method: String, start: Timestamp, end: Timestamp, wireFee: Amount, closingFee: Amount, masterSignature: EdDSASignature) {
        self.method = method
        self.start = start
        self.end = end
        self.wireFee = wireFee
        self.closingFee = closingFee
        self.masterSignature = masterSignature
    }
}

/// The fees that concern no denomination in one period, signed (1022).
public struct GlobalFeeRecord: Sendable, Equatable {
    public var fees: GlobalFeeValidity
    public var masterSignature: EdDSASignature

    public init(fees: GlobalFeeValidity, masterSignature: EdDSASignature) {
        self.fees = fees
        self.masterSignature = masterSignature
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.masterSignature == right.masterSignature && left.fees.signedBytes == right.fees.signedBytes
    }
}
