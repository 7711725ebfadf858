// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopCatalog
import TalerWire

/// A catalog with a product of each kind, made for tests.
enum SampleCatalog {
    static func text(_ title: String, body: String = "Body of it.") -> ProductText {
        ProductText(
            title: Passage(title, .english), summary: Passage("Short.", .english), teaser: Passage("Teaser.", .english),
            body: Passage(body, .english))
    }

    static func product(
        _ id: String, _ number: Int64, _ price: String, _ kind: Product.Kind = .article, stock: Int? = nil, taxes: [Tax] = [],
        isHidden: Bool = false, maximumQuantity: Int = Product.highestQuantity, body: String = "Body of it."
    ) throws -> Product {
        Product(
            id: id, number: number, author: "A. Author", price: try Amount(price), picture: "mug.svg", kind: kind,
            text: text(id.uppercased(), body: body), stock: stock, taxes: taxes, isHidden: isHidden, maximumQuantity: maximumQuantity)
    }

    static func make() throws -> Catalog {
        let vat = Tax(name: "VAT", millionths: 190_000)
        let city = Tax(name: "City tax", millionths: 25_000)
        let near = DeliveryTerms.Destinations.countries([CountryCode("DE"), CountryCode("AT")].compactMap(\.self))
        return Catalog(products: [
            try product("essay", 1, "KUDOS:0.50", taxes: [vat]),
            try product("zine", 2, "KUDOS:1", .download(file: "zine.txt"), stock: 3),
            try product(
                "lamp", 3, "KUDOS:1",
                .donation(
                    DonationRange(
                        suggested: [try Amount("KUDOS:1")], minimum: try Amount("KUDOS:0.1"), maximum: try Amount("KUDOS:50")))),
            try product(
                "cup", 4, "KUDOS:3.50", .goods(DeliveryTerms(destinations: near, days: 2...5, price: try Amount("KUDOS:0.90"))), stock: 5,
                taxes: [vat, city], maximumQuantity: 10, body: ""),
            try product(
                "bag", 5, "KUDOS:2", .goods(DeliveryTerms(destinations: .everywhere, days: 1...1, price: try Amount("KUDOS:0.40")))),
            try product("card", 6, "KUDOS:0.01", .goods(DeliveryTerms(destinations: .everywhere, days: 3...3, price: nil))),
            try product("dear", 7, "KUDOS:4503599627370496", isHidden: true),
        ])
    }
}
