// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import ShopCatalog
import TalerWire

/// What was bought, for who has paid.
struct FulfillmentPage: Page {
    static let templateName = "fulfillment"
    static var samples: [FulfillmentPage] {
        get throws {
            try Product.samples.map {
                FulfillmentPage(
                    product: $0, picture: "p", amount: "a", date: "d", order: "o", download: Download(url: "u", fileName: "f", byteCount: 0)
                )
            }
        }
    }

    struct Download: Sendable {
        var url: String
        var fileName: String
        var byteCount: Int
    }

    var product: Product
    var picture: String
    var amount: String
    var date: String
    var order: String
    var download: Download?

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text(product.title), "description": .text(product.text.summary.text), "kind": .text(product.kindWord),
            "detail": .text(product.detail), "picture": .text(picture), "teaser": .markup(product.text.teaser.markup),
            "body": .markup(product.text.body.markup),
            "paidAmount": .text(amount), "paidOn": .text(date), "order": .text(order),
        ]
        if product.kind == .article { record["article"] = .flag(true) }
        if product.isDonation { record["donation"] = .flag(true) }
        if let download {
            record["download"] = .record([
                "url": .text(download.url), "fileName": .text(download.fileName),
                "size": .text(download.byteCount < 1000 ? "\(download.byteCount) bytes" : "\((download.byteCount + 500) / 1000) kB"),
            ])
        }
        return record
    }
}
