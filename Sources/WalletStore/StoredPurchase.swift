// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A contract for which coins were signed away.
public struct StoredPurchase: Sendable, Equatable {
    public let id: Int64
    public let contractHash: ContractHash
    public let contract: JSONValue
    /// Purpose 1101.
    public let signature: EdDSASignature
    /// What was asked for: the shop's address, the product, and the amount if the buyer chose one.
    public let wish: PurchaseWish
    public let payURL: String
    /// Ends in a slash.
    public let exchangeURL: String
    /// Price, without fees.
    public let amount: Amount
    /// What the coins give, fees included.
    public let paid: Amount
    /// The sum of the deposit fees, whoever bears them.
    public let fees: Amount
    /// In a few words, what is bought and of whom.
    public let summary: String
    /// The text that is posted, the same at every attempt.
    public let permission: String
    public let state: State
    public let attempts: Int
    /// What went wrong at the last attempt, for people.
    public let lastError: String?
    public let created: Timestamp
    /// Where the shop tells what it gave back, when its page has said so.
    public let refundURL: String?

    public enum State: Sendable, Equatable {
        /// Posted or about to be; the outcome is not known.
        case unresolved
        case paid(fulfillmentURL: String?)
        case refused(String)
    }
}

/// What the buyer asked for.
public struct PurchaseWish: Sendable, Equatable {
    public let shopURL: String
    public let product: String
    /// Only where the buyer chooses the price.
    public let amount: Amount?

    public init(shopURL: String, product: String, amount: Amount?) {
        self.shopURL = shopURL
        self.product = product
        self.amount = amount
    }
}

/// What ``WalletStore/recordPurchase(_:now:)`` stores.
public struct NewPurchase: Sendable {
    public let contractHash: ContractHash
    public let contract: JSONValue
    public let signature: EdDSASignature
    public let wish: PurchaseWish
    public let payURL: String
    public let exchange: StoredExchange
    public let amount: Amount
    public let fees: Amount
    public let summary: String
    public let permission: String
    public let coins: [(coin: StoredCoin, contribution: Amount)]

    public init(
        contractHash: ContractHash, contract: JSONValue, signature: EdDSASignature, wish: PurchaseWish, payURL: String,
        exchange: StoredExchange, amount: Amount, fees: Amount, summary: String, permission: String,
        coins: [(coin: StoredCoin, contribution: Amount)]
    ) {
        self.contractHash = contractHash
        self.contract = contract
        self.signature = signature
        self.wish = wish
        self.payURL = payURL
        self.exchange = exchange
        self.amount = amount
        self.fees = fees
        self.summary = summary
        self.permission = permission
        self.coins = coins
    }
}
