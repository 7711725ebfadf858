// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Coins that were taken on for one contract: all that a repeat of the deposit needs.
public struct StoredIntent: Sendable, Equatable {
    public let id: Int64
    public let contractID: Int64
    public let contractHash: ContractHash
    /// The permission that it belongs to; the intents of the same permission are for other exchanges.
    public let permissionID: Int64
    /// Ends in a slash.
    public let exchangeURL: String
    /// 14 to 32: the protocol whose layouts the request and its confirmation have.
    public let protocolVersion: Int
    /// The `POST /batch-deposit` body, the same at every attempt.
    public let request: JSONValue
    public let coins: [Coin]
    public let state: State
    /// How many attempts have ended without an outcome or with one.
    public let attempts: Int
    /// When it was taken on.
    public let created: Timestamp
    /// An attempt may have reached the exchange without its answer reaching us.
    public let mayHaveReached: Bool
    /// Where the exchange wants to be asked about this deposit, when it is not its base URL.
    public let transactionBaseURL: String?
    public let lastError: String?

    public struct Coin: Sendable, Equatable {
        public let coinPub: CoinPublicKey
        /// Deposit fee included.
        public let contribution: Amount
        public let depositFee: Amount
        /// Of its denomination; nil in rows of former versions.
        public let refundFee: Amount?
        /// The exchange's word about the coin's transfer, once it is known.
        public let wire: Wire?

        public init(
            coinPub: CoinPublicKey, contribution: Amount, depositFee: Amount, refundFee: Amount? = nil, wire: Wire? = nil
        ) {
            self.coinPub = coinPub
            self.contribution = contribution
            self.depositFee = depositFee
            self.refundFee = refundFee
            self.wire = wire
        }
    }

    /// The exchange's signed word (1036) that it has wired a coin's deposit, verified before it was stored.
    public struct Wire: Sendable, Equatable {
        public let transferID: WireTransferID
        public let executionTime: Timestamp
        /// Deposit fee taken off; refunds are not.
        public let contribution: Amount
        public let exchangePub: ExchangePublicKey
        public let exchangeSignature: EdDSASignature

        public init(
            transferID: WireTransferID, executionTime: Timestamp, contribution: Amount, exchangePub: ExchangePublicKey,
            exchangeSignature: EdDSASignature
        ) {
            self.transferID = transferID
            self.executionTime = executionTime
            self.contribution = contribution
            self.exchangePub = exchangePub
            self.exchangeSignature = exchangeSignature
        }
    }

    public enum State: Sendable, Equatable {
        case open
        /// The exchange says that it has the coins, but its signature is missing: it counts as paid, and the exchange is asked again.
        case unconfirmed
        /// Without a confirmation, every coin has a signed transfer.
        case accepted(Confirmation?)
        case refused(status: Int, answer: JSONValue)
    }

    /// The exchange's signed word (1033), verified before it was stored.
    public struct Confirmation: Sendable, Equatable {
        public let exchangePub: ExchangePublicKey
        /// One; at protocols 14 to 16 one for each coin, in the request's order.
        public let exchangeSignatures: [EdDSASignature]
        public let exchangeTimestamp: Timestamp

        public init(exchangePub: ExchangePublicKey, exchangeSignatures: [EdDSASignature], exchangeTimestamp: Timestamp) {
            self.exchangePub = exchangePub
            self.exchangeSignatures = exchangeSignatures
            self.exchangeTimestamp = exchangeTimestamp
        }
    }
}

/// The coins of a permission for one exchange, as they are taken on.
public struct NewIntent: Sendable {
    public let coinSet: String
    public let exchangeURL: String
    public let protocolVersion: Int
    public let request: JSONValue
    public let coins: [StoredIntent.Coin]

    /// - Parameter coinSet: the fingerprint of these coins.
    public init(coinSet: String, exchangeURL: String, protocolVersion: Int, request: JSONValue, coins: [StoredIntent.Coin]) {
        self.coinSet = coinSet
        self.exchangeURL = exchangeURL
        self.protocolVersion = protocolVersion
        self.request = request
        self.coins = coins
    }
}
