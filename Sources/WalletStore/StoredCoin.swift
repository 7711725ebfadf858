// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A coin that the exchange has signed.
public struct StoredCoin: Sendable, Equatable {
    public let id: Int64
    public let coinPub: CoinPublicKey
    /// Of its planchet; the private key comes from it.
    public let secret: WalletSecret
    public let denomination: StoredDenomination
    /// The denomination's RSA signature, a big-endian number.
    public let signature: [UInt8]
    /// What was not spent yet, at most the denomination's value.
    public let remaining: Amount
    public let state: State

    public enum State: String, Sendable {
        /// Can be spent.
        case fresh
        /// In a payment whose outcome is not known.
        case locked
        /// In a refresh of which it is not known whether the exchange has melted it.
        case melting
        /// Nothing is left, or somebody has spent it already.
        case spent
        /// Refused by name for another reason; kept, but not used.
        case refused
    }
}

/// A coin's secret before the exchange has signed.
public struct StoredPlanchet: Sendable, Equatable {
    public let id: Int64
    /// Planchets of one batch are always sent together, in the order of their ids.
    public let batch: Int
    public let secret: WalletSecret
    public let coinPub: CoinPublicKey
    public let denomination: StoredDenomination
}

/// What ``WalletStore/plan(_:for:)`` stores.
public struct NewPlanchet: Sendable {
    public let secret: WalletSecret
    public let coinPub: CoinPublicKey
    public let denomination: StoredDenomination

    public init(secret: WalletSecret, coinPub: CoinPublicKey, denomination: StoredDenomination) {
        self.secret = secret
        self.coinPub = coinPub
        self.denomination = denomination
    }
}
