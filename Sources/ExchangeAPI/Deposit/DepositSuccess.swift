// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `POST /batch-deposit` (DepositSuccess).
public struct DepositSuccess: Codable, Sendable, Equatable {
    public var transactionBaseURL: String?
    /// Of the first acceptance.
    public var exchangeTimestamp: Timestamp
    public var exchangePub: ExchangePublicKey
    /// 1033 over the whole batch: protocol 17 and later.
    public var exchangeSignature: EdDSASignature?
    /// 1033 of each coin in the request's order: protocols 14 to 16.
    public var exchangeSignatures: [CoinConfirmation]?

    /// The exchange's word for one coin.
    public struct CoinConfirmation: Codable, Sendable, Equatable {
        public var exchangeSignature: EdDSASignature

        enum CodingKeys: String, CodingKey {
            case exchangeSignature = "exchange_sig"
        }

        public init(exchangeSignature: EdDSASignature) { self.exchangeSignature = exchangeSignature }
    }

    enum CodingKeys: String, CodingKey {
        case transactionBaseURL = "transaction_base_url"
        case exchangeTimestamp = "exchange_timestamp"
        case exchangePub = "exchange_pub"
        case exchangeSignature = "exchange_sig"
        case exchangeSignatures = "exchange_sigs"
    }

    public init(
        transactionBaseURL: String? = nil,
        exchangeTimestamp: Timestamp,
        exchangePub: ExchangePublicKey,
        exchangeSignature: EdDSASignature?,
        exchangeSignatures: [CoinConfirmation]? = nil
    ) {
        self.transactionBaseURL = transactionBaseURL
        self.exchangeTimestamp = exchangeTimestamp
        self.exchangePub = exchangePub
        self.exchangeSignature = exchangeSignature
        self.exchangeSignatures = exchangeSignatures
    }

    /// The evidence, as it is to be kept: the one signature over the batch, or else one for each coin in the request's order. Empty when
    /// the answer has neither.
    public var signatures: [EdDSASignature] {
        exchangeSignature.map { [$0] } ?? (exchangeSignatures ?? []).map(\.exchangeSignature)
    }
}
