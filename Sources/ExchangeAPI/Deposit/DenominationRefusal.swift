// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// The members of a 404 (DenominationUnknownMessage) or 410 (DenominationGoneMessage) by which an exchange signs that it does not accept a
/// denomination, beside `code` and `hint`.
public struct DenominationRefusal: Codable, Sendable, Equatable {
    public var timestamp: Timestamp
    public var denominationHash: DenominationHash
    /// What it is not accepted for, `DEPOSIT` for example. In a 410 only.
    public var operation: String?
    public var exchangePub: ExchangePublicKey
    /// 1042 in a 404, 1043 in a 410.
    public var exchangeSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case timestamp
        case denominationHash = "h_denom_pub"
        case operation = "oper"
        case exchangePub = "exchange_pub"
        case exchangeSignature = "exchange_sig"
    }

    public init(
        timestamp: Timestamp, denominationHash: DenominationHash, operation: String? = nil, exchangePub: ExchangePublicKey,
        exchangeSignature: EdDSASignature
    ) {
        self.timestamp = timestamp
        self.denominationHash = denominationHash
        self.operation = operation
        self.exchangePub = exchangePub
        self.exchangeSignature = exchangeSignature
    }
}
