// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `POST /batch-deposit` (DepositSuccess, protocol 17 and later).
public struct DepositSuccess: Codable, Sendable, Equatable {
    public var transactionBaseURL: String?
    /// Of the first acceptance.
    public var exchangeTimestamp: Timestamp
    public var exchangePub: ExchangePublicKey
    /// 1033.
    public var exchangeSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case transactionBaseURL = "transaction_base_url"
        case exchangeTimestamp = "exchange_timestamp"
        case exchangePub = "exchange_pub"
        case exchangeSignature = "exchange_sig"
    }

    public init(
        transactionBaseURL: String? = nil,
        exchangeTimestamp: Timestamp,
        exchangePub: ExchangePublicKey,
        exchangeSignature: EdDSASignature
    ) {
        self.transactionBaseURL = transactionBaseURL
        self.exchangeTimestamp = exchangeTimestamp
        self.exchangePub = exchangePub
        self.exchangeSignature = exchangeSignature
    }
}
