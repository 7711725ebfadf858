// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import MerchantCore
public import TalerWire

/// One request to an exchange to give back of a coin: all that a repeat needs, and what became of it.
public struct StoredRefund: Sendable, Equatable {
    public let id: Int64
    public let contractID: Int64
    public let contractHash: ContractHash
    /// The deposit that the coin came with.
    public let intentID: Int64
    /// Ends in a slash.
    public let exchangeURL: String
    public let coinPub: CoinPublicKey
    /// Refund fee included.
    public let amount: Amount
    /// Below 2^53.
    public let refundTransactionID: UInt64
    public let origin: Origin
    public let reason: String
    public let created: Timestamp
    public let state: State
    /// How many attempts have ended.
    public let attempts: Int
    /// An attempt may have reached the exchange without its answer reaching us. When the exchange refused later, it is worth a look
    /// whether the buyer got the money all the same.
    public let mayHaveReached: Bool
    public let lastError: String?
    /// Nil until the exchange gave an answer that was of no use.
    public let patience: RefundPatience?

    public enum Origin: String, Sendable {
        /// Somebody asked for it.
        case shop
        /// The coin had paid for nothing.
        case backend
    }

    public enum State: Sendable, Equatable {
        case open
        /// The exchange's signed word (1038), verified before it was stored.
        case accepted(exchangePub: ExchangePublicKey, exchangeSignature: EdDSASignature)
        /// The exchange will not give it back.
        case failed(status: Int, answer: JSONValue)
    }

    /// True when the exchange has given the same useless answer for days.
    public func isStuck(at now: Timestamp) -> Bool { state == .open && patience?.isStuck(at: now) == true }
}

/// All that is known of the refunds of one contract.
public struct RefundBook: Sendable, Equatable {
    /// What the shop has asked for, all in all; zero when nothing.
    public let asked: Amount
    /// Oldest first.
    public let parts: [StoredRefund]
    /// Every coin that an exchange has accepted for the contract, those that were accepted first in front.
    public let coins: [Coin]

    public struct Coin: Sendable, Equatable {
        public let coinPub: CoinPublicKey
        public let intentID: Int64
        /// Ends in a slash.
        public let exchangeURL: String
        public let refundable: RefundableCoin
    }

    /// True when the exchanges have given back all that the coins contributed, as far as it can reach the buyer.
    public var isEverythingGivenBack: Bool {
        !parts.isEmpty && parts.allSatisfy { if case .accepted = $0.state { true } else { false } }
            && coins.allSatisfy(\.refundable.isWhollyAskedBack)
    }
}
