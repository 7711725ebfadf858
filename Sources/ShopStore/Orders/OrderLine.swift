// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One position of an order, frozen when the order was made: catalogs change.
public struct OrderLine: Sendable, Equatable {
    /// The product's name in the catalog; empty for the fee for delivery.
    public let product: String
    /// `product_id` in contracts.
    public let number: Int64
    /// In the order's language.
    public let title: String
    public let kind: Kind
    public let quantity: Int
    public let unitPrice: Amount
    /// For the whole quantity, taxes included.
    public let amount: Amount
    /// Contained in amount.
    public let taxes: [Tax]
    /// The file that is sold, for downloads.
    public let file: String?
    /// When it will arrive, in the order's language; for goods.
    public let deliveryDate: String?
    /// What is shown to who has paid; nil where there is nothing to read.
    public let text: SoldText?
    /// How many the catalog says there are to sell; nil without a limit, and in what the store gives.
    let stock: Int?
    /// Whether it is counted against the product's stock; the store decides.
    public internal(set) var takesStock = false

    public enum Kind: String, Sendable, CaseIterable {
        case article, download, donation, goods
        /// The fee for sending goods.
        case delivery
        /// Sold before the shop remembered kinds.
        case unknown
    }

    public struct Tax: Codable, Sendable, Equatable {
        public let name: String
        public let amount: Amount
        /// In per cent, as the catalog had it: `19`, `5.5`. Nil for what was sold before the shop remembered rates.
        public let rate: String?

        public init(name: String, amount: Amount, rate: String? = nil) {
            self.name = name
            self.amount = amount
            self.rate = rate
        }
    }

    /// - Parameter stock: how many there are to sell by the catalog; nil without a limit. The store counts a product of which it has not
    ///   heard from then on.
    public init(
        product: String, number: Int64, title: String, kind: Kind, quantity: Int, unitPrice: Amount, amount: Amount, taxes: [Tax] = [],
        file: String? = nil, deliveryDate: String? = nil, text: SoldText? = nil, stock: Int? = nil
    ) {
        self.product = product
        self.number = number
        self.title = title
        self.kind = kind
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.amount = amount
        self.taxes = taxes
        self.file = file
        self.deliveryDate = deliveryDate
        self.text = text
        self.stock = stock
    }
}

/// A product's words as they were sold, in Markdown: a product that has left the catalog can still be read by who paid for it.
public struct SoldText: Sendable, Equatable {
    /// Two letters.
    public let language: String
    public let teaser: String
    public let body: String

    public init(language: String, teaser: String, body: String) {
        self.language = language
        self.teaser = teaser
        self.body = body
    }
}
