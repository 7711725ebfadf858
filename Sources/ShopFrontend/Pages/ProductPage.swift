// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import ShopCatalog
import TalerWire

/// One product, with the button to pay.
struct ProductPage: Page {
    static let templateName = "product"
    static var samples: [ProductPage] {
        get throws {
            try Product.samples.map {
                ProductPage(product: $0, url: "u", picture: "p", contractURL: "c", bought: $0.isDonation ? "b" : nil, isUnderWay: true)
            }
        }
    }

    var product: Product
    var url: String
    var picture: String
    var contractURL: String
    /// Where what this browser has bought is found.
    var bought: String?
    /// A payment of this browser has no known outcome.
    var isUnderWay: Bool

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text(product.title), "description": .text(product.text.summary.text), "kind": .text(product.kindWord),
            "detail": .text(product.detail), "picture": .text(picture), "url": .text(url), "teaser": .markup(product.text.teaser.markup),
            "price": .text(product.price.shopText), "currency": .text("\(product.price.currency)"),
            "gets": .list(product.gets.map { .text($0) }),
        ]
        if product.kind == .article, bought == nil { record["continues"] = .flag(true) }
        if let bought { record["bought"] = .record(["link": .text(bought)]) }
        if isUnderWay { record["underWay"] = .flag(true) }
        if bought == nil || product.isRepeatable { record["sale"] = .record(sale) }
        return record
    }

    private var sale: PageRecord {
        var sale: PageRecord = ["contractURL": .text(contractURL)]
        if case .donation(let range) = product.kind { sale["chooser"] = .record(chooser(range)) }
        if !product.isDonation { sale["fixedPrice"] = .record(["value": .text(product.price.shopDigits)]) }
        return sale
    }

    private func chooser(_ range: DonationRange) -> PageRecord {
        [
            "minimum": .text(range.minimum.shopText), "maximum": .text(range.maximum.shopText),
            "suggested": .list(
                range.suggested.map {
                    .record(["value": .text("\($0)"), "label": .text($0.shopDigits), "preset": .flag($0 == product.price)])
                }),
        ]
    }
}
