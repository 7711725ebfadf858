// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Somebody's wish to buy something, paid or not.
public struct Order: Sendable, Equatable {
    public let id: OrderID
    /// The browser that it belongs to.
    public let session: String
    /// The product's name in the catalog.
    public let product: String
    public let quantity: Int
    /// For the whole quantity.
    public let amount: Amount
    public let created: Timestamp
    /// The contract that may be paid now, nil before the first.
    public let currentTransaction: Int64?
    /// When a payment was known to have settled, nil before.
    public let paidAt: Timestamp?

    public var isPaid: Bool { paidAt != nil }
}

/// What somebody wants to buy: the key by which a repeated click finds its order again.
public struct Wish: Sendable, Equatable {
    public var session: String
    public var product: String
    public var quantity: Int
    public var amount: Amount

    public init(session: String, product: String, quantity: Int, amount: Amount) {
        self.session = session
        self.product = product
        self.quantity = quantity
        self.amount = amount
    }
}
