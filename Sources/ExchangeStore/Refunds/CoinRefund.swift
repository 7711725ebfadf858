// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A refund that the merchant has signed.
public struct CoinRefund: Sendable, Equatable {
    public var coinPub: CoinPublicKey
    public var merchantPub: MerchantPublicKey
    public var contractHash: ContractHash
    /// By which a repeat is known.
    public var transactionID: UInt64
    /// The fee included.
    public var amount: Amount
    /// The denomination's.
    public var fee: Amount
    /// 1102.
    public var merchantSignature: EdDSASignature

    public init(
        coinPub: CoinPublicKey, merchantPub: MerchantPublicKey, contractHash: ContractHash, transactionID: UInt64, amount: Amount,
        fee: Amount, merchantSignature: EdDSASignature
    ) {
        self.coinPub = coinPub
        self.merchantPub = merchantPub
        self.contractHash = contractHash
        self.transactionID = transactionID
        self.amount = amount
        self.fee = fee
        self.merchantSignature = merchantSignature
    }
}

/// Why nothing was refunded.
public enum RefundRefusal: Error, Equatable {
    /// The merchant has no such deposit of the coin.
    case unknownDeposit
    /// The transaction was a refund of another amount before.
    case otherAmount
    /// The deposit was paid out, or is about to be.
    case alreadyPaid
    /// Together with earlier refunds it is more than the coin's contribution.
    case aboveDeposit
}
