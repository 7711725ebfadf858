// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopCatalog
import TalerWire

/// Catalogs that are made for a test.
enum TestCatalog {
    /// - Parameter kind: an article where it is left out.
    static func product(
        _ id: String, number: Int64 = 1, title: String? = nil, summary: String = "s", author: String = "x", price: String = "KUDOS:1",
        kind: Product.Kind = .article, stock: Int? = nil, taxes: [Tax] = [], isHidden: Bool = false, maximumQuantity: Int = 99
    ) throws -> Product {
        Product(
            id: id, number: number, author: author, price: try Amount(price), picture: "a.svg", kind: kind,
            text: ProductText(
                title: Passage(title ?? id, .english), summary: Passage(summary, .english), teaser: Passage("teaser", .english),
                body: Passage("body", .english)), stock: stock, taxes: taxes, isHidden: isHidden, maximumQuantity: maximumQuantity)
    }

    /// Products `p1`, `p2` and so on.
    static func of(_ count: Int) throws -> Catalog {
        Catalog(products: try (0..<count).map { try product("p\($0 + 1)", number: Int64($0 + 1), title: "Title \($0 + 1)") })
    }

    static func goods(stock: Int?, delivery: DeliveryTerms, maximumQuantity: Int = 99, taxes: [Tax] = []) throws -> Catalog {
        Catalog(products: [
            try product(
                "mug", price: "KUDOS:3.50", kind: .goods(delivery), stock: stock, taxes: taxes, maximumQuantity: maximumQuantity)
        ])
    }
}
