// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopCatalog
import TalerWire

/// One product, with the button to pay.
struct ProductPage: Page {
    static let templateName = "product"
    static var samples: [ProductPage] {
        get throws {
            try Product.samples.map {
                ProductPage(
                    words: .sample, product: $0, url: "u", picture: "p", contractURL: "c", bought: $0.isDonation ? "b" : nil,
                    isUnderWay: true)
            }
        }
    }

    var words: Words
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
            "title": .text(product.title), "description": .text(product.text.summary.text), "kind": .text(words(product.kindKey)),
            "detail": .text(product.detail(words)), "picture": .text(picture), "url": .text(url),
            "teaser": .markup(product.text.teaser.markup),
            "currency": .text(currency), "gets": .list(product.gets(words).map { .text($0) }),
        ]
        if product.kind == .article, bought == nil { record["continues"] = .record(["rest": .text(rest)]) }
        if let bought { record["bought"] = .record(["link": .text(bought)]) }
        if isUnderWay {
            record["underWay"] = .record([
                "help": .markup(words.markup("product.underWayHelp", ["again": .link(url, words("product.again"))]))
            ])
        }
        if bought == nil || product.isRepeatable { record["sale"] = .record(sale) }
        return record
    }

    private var currency: String { "\(product.price.currency)" }
    private var rest: String { words("product.rest", ["price": words.amount(product.price)]) }

    private var sale: PageRecord {
        var sale: PageRecord = [
            "contractURL": .text(contractURL), "withdraw": .text(words("product.withdraw", ["currency": currency])),
            "install": .markup(words.markup("product.install", ["link": .link("https://wallet.taler.net/", "wallet.taler.net")])),
        ]
        if case .donation(let range) = product.kind { sale["chooser"] = .record(chooser(range)) }
        if !product.isDonation { sale["fixedPrice"] = .record(["value": .text(words.digits(product.price))]) }
        return sale
    }

    private func chooser(_ range: DonationRange) -> PageRecord {
        [
            "question": .text(words("product.give", ["currency": currency])),
            "otherLabel": .text(words("product.otherAmountIn", ["currency": currency])),
            "limits": .text(
                words("product.limits", ["minimum": words.amount(range.minimum), "maximum": words.amount(range.maximum)])),
            "suggested": .list(
                range.suggested.map {
                    .record(["value": .text("\($0)"), "label": .text(words.digits($0)), "preset": .flag($0 == product.price)])
                }),
        ]
    }
}
