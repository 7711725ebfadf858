// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Coins that were taken on for one contract: all that a repeat of the deposit needs.
public struct StoredIntent: Sendable, Equatable {
    public let id: Int64
    public let contractID: Int64
    public let contractHash: ContractHash
    /// Ends in a slash.
    public let exchangeURL: String
    /// The `POST /batch-deposit` body, the same at every attempt.
    public let request: JSONValue
    public let coins: [Coin]
    public let state: State
    /// How many attempts have ended without an outcome or with one.
    public let attempts: Int
    public let lastError: String?

    public struct Coin: Sendable, Equatable {
        public let coinPub: CoinPublicKey
        /// Deposit fee included.
        public let contribution: Amount
        public let depositFee: Amount

        public init(coinPub: CoinPublicKey, contribution: Amount, depositFee: Amount) {
            self.coinPub = coinPub
            self.contribution = contribution
            self.depositFee = depositFee
        }
    }

    public enum State: Sendable, Equatable {
        case open
        case accepted(Confirmation)
        case refused(status: Int, answer: JSONValue)
    }

    /// The exchange's signed word (1033), verified before it was stored.
    public struct Confirmation: Sendable, Equatable {
        public let exchangePub: ExchangePublicKey
        public let exchangeSignature: EdDSASignature
        public let exchangeTimestamp: Timestamp

        public init(exchangePub: ExchangePublicKey, exchangeSignature: EdDSASignature, exchangeTimestamp: Timestamp) {
            self.exchangePub = exchangePub
            self.exchangeSignature = exchangeSignature
            self.exchangeTimestamp = exchangeTimestamp
        }
    }
}

/// What ``MerchantStore/recordIntent(_:for:wireDeadline:now:)`` stores.
public struct NewIntent: Sendable {
    public let coinSet: String
    public let exchangeURL: String
    public let request: JSONValue
    public let coins: [StoredIntent.Coin]

    /// - Parameter coinSet: the fingerprint by which the same permission is known again.
    public init(coinSet: String, exchangeURL: String, request: JSONValue, coins: [StoredIntent.Coin]) {
        self.coinSet = coinSet
        self.exchangeURL = exchangeURL
        self.request = request
        self.coins = coins
    }
}
