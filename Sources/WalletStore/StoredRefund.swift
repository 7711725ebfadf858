// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What an exchange has given back to one coin of a purchase.
public struct StoredRefund: Sendable, Equatable {
    public let purchaseID: Int64
    public let coinPub: CoinPublicKey
    public let transactionID: UInt64
    /// Refund fee included.
    public let amount: Amount
    /// What the coin got.
    public let credited: Amount
    public let exchangePub: ExchangePublicKey
    /// 1038.
    public let exchangeSignature: EdDSASignature
    /// When the wallet heard of it.
    public let created: Timestamp
}

/// What ``WalletStore/credit(_:to:now:)`` stores, with the exchange's signature verified.
public struct NewRefund: Sendable {
    public let coinPub: CoinPublicKey
    public let transactionID: UInt64
    public let amount: Amount
    public let credited: Amount
    public let exchangePub: ExchangePublicKey
    public let exchangeSignature: EdDSASignature

    public init(
        coinPub: CoinPublicKey, transactionID: UInt64, amount: Amount, credited: Amount, exchangePub: ExchangePublicKey,
        exchangeSignature: EdDSASignature
    ) {
        self.coinPub = coinPub
        self.transactionID = transactionID
        self.amount = amount
        self.credited = credited
        self.exchangePub = exchangePub
        self.exchangeSignature = exchangeSignature
    }
}
