// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A melt as it is in the books.
public struct RefreshSession: Sendable, Equatable {
    public var coinPub: CoinPublicKey
    public var ageCommitmentHash: AgeCommitmentHash?
    /// Melt fee included.
    public var amountWithFee: Amount
    public var fee: Amount
    /// 0 to 2: the candidate that stays hidden.
    public var noRevealIndex: Int
    /// What the melt's request carried.
    public var masterSecret: RefreshMasterSecret?
    /// True when fresh coins were signed already.
    public var isRevealed: Bool
}

/// A reveal that agrees with its melt's commitment.
public struct RefreshReveal: Sendable, Equatable {
    /// Of the hidden candidate.
    public var transferPub: TransferPublicKey
    /// 32 bytes: of the first candidate that was revealed.
    public var firstTransferPrivateKey: [UInt8]
    /// 32 bytes: of the other one.
    public var secondTransferPrivateKey: [UInt8]
    /// What the commitment begins with.
    public var masterSecret: RefreshMasterSecret?
    /// In the order of the refresh, 1 to 256.
    public var coins: [RefreshedCoin]

    public init(
        transferPub: TransferPublicKey, firstTransferPrivateKey: [UInt8], secondTransferPrivateKey: [UInt8],
        masterSecret: RefreshMasterSecret? = nil, coins: [RefreshedCoin]
    ) {
        self.transferPub = transferPub
        self.firstTransferPrivateKey = firstTransferPrivateKey
        self.secondTransferPrivateKey = secondTransferPrivateKey
        self.masterSecret = masterSecret
        self.coins = coins
    }
}

/// A fresh coin, blinded, and its signature.
public struct RefreshedCoin: Sendable, Equatable {
    public var denominationHash: DenominationHash
    /// The blinded planchet, a big-endian integer without leading zeros.
    public var envelope: [UInt8]
    /// 1204 by the old coin's key.
    public var linkSignature: EdDSASignature
    /// A big-endian integer without leading zeros.
    public var blindSignature: [UInt8]

    public init(denominationHash: DenominationHash, envelope: [UInt8], linkSignature: EdDSASignature, blindSignature: [UInt8]) {
        self.denominationHash = denominationHash
        self.envelope = envelope
        self.linkSignature = linkSignature
        self.blindSignature = blindSignature
    }
}

/// A refresh of a coin that was revealed, as the coin's owner needs it to make the fresh coins again.
public struct RefreshLink: Sendable, Equatable {
    public var transferPub: TransferPublicKey
    /// In the order of the refresh.
    public var coins: [LinkedCoin]

    /// A fresh coin of the refresh.
    public struct LinkedCoin: Sendable, Equatable {
        /// The denomination's RSA public key in its wire encoding.
        public var rsaPub: [UInt8]
        /// A big-endian integer without leading zeros.
        public var blindSignature: [UInt8]
        /// 1204 by the old coin's key.
        public var linkSignature: EdDSASignature
    }
}

/// Why nothing was signed.
public enum RevealRefusal: Error, Equatable {
    case unknownSession
    /// The melt was revealed with other coins. An honest check of the commitment never lets that happen.
    case otherCoins
}
