// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
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
                    words: .sample, product: $0, picture: "p", amount: $0.price, paidAt: .zero, order: "o",
                    download: Download(url: "u", fileName: "f", byteCount: 0))
            }
        }
    }

    struct Download: Sendable {
        var url: String
        var fileName: String
        var byteCount: Int
    }

    var words: Words
    var product: Product
    var picture: String
    var amount: Amount
    var paidAt: Timestamp
    var order: String
    var download: Download?

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text(product.title), "description": .text(product.text.summary.text), "kind": .text(words(product.kindKey)),
            "detail": .text(product.detail(words)), "picture": .text(picture), "teaser": .markup(product.text.teaser.markup),
            "body": .markup(product.text.body.markup),
            "paidAmount": .text(words.amount(amount)), "paidOn": .text(words.dateTime(paidAt)), "order": .text(order),
            "paidWhen": .text(words("bought.paidWhen", ["amount": words.amount(amount), "date": words.dateTime(paidAt)])),
        ]
        if product.kind == .article { record["article"] = .flag(true) }
        if product.isDonation { record["donation"] = .flag(true) }
        if let download {
            record["download"] = .record([
                "url": .text(download.url), "fileName": .text(download.fileName), "size": .text(words.size(download.byteCount)),
                "label": .text(words("bought.download", ["file": download.fileName])),
            ])
        }
        return record
    }
}
