// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// All that was deposited for one contract of a merchant.
public struct DepositRecord: Sendable, Equatable {
    public var merchantPub: MerchantPublicKey
    public var contractHash: ContractHash
    /// Full payto URI.
    public var payto: String
    /// When the first coins were taken.
    public var accepted: Timestamp
    public var wireDeadline: Timestamp
    /// By their keys.
    public var coins: [DepositedCoin]
}

/// One coin of a ``DepositRecord``.
public struct DepositedCoin: Sendable, Equatable {
    public var coinPub: CoinPublicKey
    /// Deposit fee included.
    public var contribution: Amount
    public var depositFee: Amount
    /// Refund fees included.
    public var refunded: Amount
    /// Nil while the deposit is in no transfer.
    public var wireTransferID: WireTransferID?
    /// True when the bank has confirmed that transfer.
    public var isWired: Bool
}
