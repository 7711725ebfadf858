// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What a coin was used for, and what is left of it.
public struct CoinHistory: Sendable, Equatable {
    public var denominationHash: DenominationHash
    /// What the coin can still pay.
    public var balance: Amount
    /// Number of the coin's last event. Numbers grow in time; other coins' events lie between them.
    public var lastNumber: UInt64
    /// Oldest first.
    public var events: [CoinEvent]
}

/// One use of a coin.
public enum CoinEvent: Sendable, Equatable {
    case deposit(CoinDeposit)
    case refund(CoinRefund)
    case melt(CoinMelt)
}

/// A coin's part in the payment of a contract.
public struct CoinDeposit: Sendable, Equatable {
    public var merchantPub: MerchantPublicKey
    public var contractHash: ContractHash
    public var wireHash: WireHash
    /// The contract's.
    public var timestamp: Timestamp
    /// Zero when refunds are not allowed.
    public var refundDeadline: Timestamp
    public var ageCommitmentHash: AgeCommitmentHash?
    /// Deposit fee included.
    public var contribution: Amount
    public var depositFee: Amount
    /// 1201.
    public var coinSignature: EdDSASignature
}

/// What went from a coin into a refresh.
public struct CoinMelt: Sendable, Equatable {
    public var commitment: RefreshCommitment
    public var ageCommitmentHash: AgeCommitmentHash?
    /// Melt fee included.
    public var amountWithFee: Amount
    public var fee: Amount
    /// 1202.
    public var coinSignature: EdDSASignature
}
