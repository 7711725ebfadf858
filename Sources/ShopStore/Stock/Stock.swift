// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// How much there is of a product whose number is limited.
public struct Stock: Sendable, Equatable {
    /// The product's name in the catalog.
    public let product: String
    /// All that there has ever been to sell: what the catalog says, and the owner's changes.
    public let supply: Int
    /// The number in the product's file when it was last read.
    public let catalog: Int
    /// Reserved for orders that are not paid yet.
    public let held: Int
    public let sold: Int

    /// What can be ordered now. Below zero never: an owner may lower the supply under what is promised.
    public var available: Int { max(0, supply - held - sold) }
    /// Promised beyond the supply, after the owner has lowered it.
    public var missing: Int { max(0, held + sold - supply) }

    public init(product: String, supply: Int, catalog: Int, held: Int, sold: Int) {
        self.product = product
        self.supply = supply
        self.catalog = catalog
        self.held = held
        self.sold = sold
    }
}

/// A product whose number is or was limited.
public struct StockEntry: Sendable, Equatable {
    public let stock: Stock
    /// False when the catalog does not limit it any more, or does not have it.
    public let isLimited: Bool

    public init(stock: Stock, isLimited: Bool) {
        self.stock = stock
        self.isLimited = isLimited
    }
}
