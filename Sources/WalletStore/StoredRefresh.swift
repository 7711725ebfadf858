// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A coin on its way into fresh coins.
public struct StoredRefresh: Sendable, Equatable {
    public let id: Int64
    /// As it is now.
    public let coin: StoredCoin
    public let exchange: StoredExchange
    public let commitment: RefreshCommitment
    /// X25519 private keys of the three candidates.
    public let transferSecrets: [WalletSecret]
    /// Of the fresh coins, in their order.
    public let denominations: [StoredDenomination]
    /// What the coin gives: melt fee, fresh coins and their withdrawal fees.
    public let amount: Amount
    /// Of the melt.
    public let fee: Amount
    public let reason: Reason
    public let state: State
    public let created: Timestamp

    /// Why a coin is exchanged for fresh ones.
    public enum Reason: String, Sendable {
        /// A part of it was spent, so whoever took that knows the coin.
        case rest
        /// What was spent of it came back.
        case refunded
        /// It cannot be spent for much longer.
        case expiring
        /// A signed permission of a payment that was given up is with others; a coin that is melted cannot be deposited any more.
        case exposed
    }

    /// How far it got. Everything is stored before the exchange hears of it.
    public enum State: Sendable, Equatable {
        /// The exchange may have been asked; whether it has melted the coin is not known.
        case planned
        /// The coin is melted, the fresh ones are not signed yet. The index is the candidate that stays hidden.
        case melted(noRevealIndex: Int)
        /// The fresh coins are in the wallet.
        case done
        /// The exchange said no, with its reason; the coin was not touched.
        case refused(String)
    }

    /// What the fresh coins are worth.
    public func value() throws(AmountError) -> Amount { try .sum(denominations.map(\.value), in: amount.currency) }
}

/// What ``WalletStore/planRefresh(_:now:)`` stores.
public struct NewRefresh: Sendable {
    public let coin: StoredCoin
    public let exchange: StoredExchange
    public let commitment: RefreshCommitment
    public let transferSecrets: [WalletSecret]
    public let denominations: [StoredDenomination]
    public let amount: Amount
    public let fee: Amount
    public let reason: StoredRefresh.Reason

    public init(
        coin: StoredCoin, exchange: StoredExchange, commitment: RefreshCommitment, transferSecrets: [WalletSecret],
        denominations: [StoredDenomination], amount: Amount, fee: Amount, reason: StoredRefresh.Reason
    ) {
        self.coin = coin
        self.exchange = exchange
        self.commitment = commitment
        self.transferSecrets = transferSecrets
        self.denominations = denominations
        self.amount = amount
        self.fee = fee
        self.reason = reason
    }
}

/// A coin that a refresh has brought.
public struct FreshCoin: Sendable {
    public let secret: WalletSecret
    public let coinPub: CoinPublicKey
    /// Verified, a big-endian number.
    public let signature: [UInt8]

    public init(secret: WalletSecret, coinPub: CoinPublicKey, signature: [UInt8]) {
        self.secret = secret
        self.coinPub = coinPub
        self.signature = signature
    }
}
