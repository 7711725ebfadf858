// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopCatalog
import TalerWire

/// One product: what it is, and how to buy it.
struct ProductPage: Page {
    static let templateName = "product"
    static var samples: [ProductPage] {
        get throws {
            try Product.samples.flatMap { product in
                [nil, 0, 2].map { available in
                    ProductPage(
                        words: .sample, product: product, links: nil, smallestUnit: product.price, chosen: nil, available: available,
                        bought: product.isDonation ? "b" : nil, isUnderWay: true,
                        problem: product.isDonation ? .amount(typed: "x") : .quantity)
                }
            }
        }
    }

    /// What is wrong with what was put into the page's form.
    enum Problem: Sendable, Equatable {
        case quantity
        case amount(typed: String)
    }

    let words: Words
    let product: Product
    /// Nil in samples.
    let links: ShopLinks?
    let smallestUnit: Amount
    /// The language that the address has chosen.
    let chosen: Language?
    /// Nil when there is no end of it.
    let available: Int?
    /// Where what this browser has bought is found.
    let bought: String?
    /// A payment of this browser has no known outcome.
    let isUnderWay: Bool
    let problem: Problem?

    /// Of so many and fewer the page says how many are left.
    private static let few = 5

    var record: PageRecord {
        let text = product.text(in: words.language)
        var record: PageRecord = [
            "title": .text(text.title.text), "description": .text(text.summary.text), "kind": .text(words(product.kindKey)),
            "detail": .text(product.detail(words)), "picture": .text(picture), "teaser": .markup(text.teaser.markup),
            "currency": .text(currency), "gets": .list(product.gets(words).map { .text($0) }), "canonical": .text(absolute(url) + query),
            "pictureAddress": .text(absolute(picture)),
        ]
        if !facts.isEmpty { record["known"] = .record(["facts": .list(facts)]) }
        if let language = words.foreign(text.title.language) { record["foreignTitle"] = .record(["code": language]) }
        if let language = words.foreign(text.teaser.language) { record["foreignTeaser"] = .record(["code": language]) }
        if let note = languageNote(text) { record["languageNote"] = .record(["words": .text(note)]) }
        if product.kind == .article, bought == nil { record["continues"] = .record(["rest": .text(rest)]) }
        if let bought { record["bought"] = .record(["link": .text(bought)]) }
        if isUnderWay {
            record["underWay"] = .record([
                "help": .markup(words.markup("product.underWayHelp", ["again": .link(url, words("product.again"))]))
            ])
        }
        if isForSale { record["sale"] = .record(sale) }
        return record
    }

    /// Whether the page has the form to buy.
    var isForSale: Bool { bought == nil || product.isRepeatable }

    private var url: String { links?.product(product.id) ?? "u" }
    private var picture: String { links?.picture(product.picture) ?? "p" }
    private var query: String { chosen.map { "?lang=\($0.code)" } ?? "" }
    private func absolute(_ path: String) -> String { links?.absolute(path) ?? path }
    private var currency: String { "\(product.price.currency)" }
    private var rest: String { words("product.rest", ["price": words.amount(product.price)]) }

    /// What is in another language than the page, for who reads no further than the teaser.
    private func languageNote(_ text: ProductText) -> String? {
        guard product.kind == .article, text.body.language != words.language else {
            return text.teaser.language == words.language ? nil : words("product.textIn", ["language": words.name(text.teaser.language)])
        }
        return words("product.essayIn", ["language": words.name(text.body.language)])
    }

    /// Names and values: how many there are, where, when and for how much they are sent.
    private var facts: [PageValue] {
        var facts: [(name: String, value: String)] = []
        if let available {
            let left =
                available == 0
                ? words("product.soldOut") : available <= Self.few ? words("product.left", count: available) : words("product.inStock")
            facts.append((words("product.stock"), left))
        }
        if let delivery = product.delivery {
            facts.append((words("product.destinations"), delivery.destinationText(words)))
            facts.append((words("product.delivery"), words.days(delivery.days)))
            facts.append((words("product.sending"), delivery.priceText(words)))
        }
        return facts.map { .record(["name": .text($0.name), "value": .text($0.value)]) }
    }

    private var sale: PageRecord {
        var sale: PageRecord = ["product": .text(product.id)]
        if case .donation(let range) = product.kind {
            sale["chooser"] = .record(chooser(range))
        } else {
            sale["fixedPrice"] = .record(["value": .text(words.digits(product.price))])
        }
        if let taxes = product.taxText(words) { sale["taxes"] = .record(["words": .text(taxes)]) }
        guard available != 0 else {
            sale["soldOut"] = .flag(true)
            return sale
        }
        sale["buyable"] = .record([
            "isSecond": .flag(product.delivery == nil), "afterwards": .flag(product.delivery != nil),
        ])
        if product.delivery == nil {
            sale["direct"] = .record([
                "contractURL": .text(links?.contract(product: product.id) ?? "c"),
                "withdraw": .text(words("product.withdraw", ["currency": currency])),
                "install": .markup(words.markup("product.install", ["link": .link("https://wallet.taler.net/", "wallet.taler.net")])),
            ])
        }
        if product.delivery != nil, highestQuantity > 1 { sale["quantity"] = .record(quantity) }
        return sale
    }

    private var highestQuantity: Int { min(product.maximumQuantity, available ?? product.maximumQuantity) }

    private var quantity: PageRecord {
        var record: PageRecord = ["maximum": .text("\(highestQuantity)")]
        if problem == .quantity {
            record["problem"] = .record(["words": .text(words("product.quantityProblem", ["maximum": words.number(highestQuantity)]))])
        }
        return record
    }

    private func chooser(_ range: DonationRange) -> PageRecord {
        var typed: String?
        if case .amount(let text) = problem { typed = text }
        var record: PageRecord = [
            "question": .text(words("product.give", ["currency": currency])), "ownPreset": .flag(typed != nil),
            "otherLabel": .text(words("product.otherAmountIn", ["currency": currency])), "typed": .text(typed ?? ""),
            "limits": .text(
                words("product.limits", ["minimum": words.amount(range.minimum), "maximum": words.amount(range.maximum)])),
            "suggested": .list(
                range.suggested.map {
                    .record([
                        "value": .text("\($0)"), "label": .text(words.digits($0)), "preset": .flag(typed == nil && $0 == product.price),
                    ])
                }),
        ]
        if typed != nil {
            let limits = [
                "minimum": words.amount(range.minimum), "maximum": words.amount(range.maximum), "step": words.amount(smallestUnit),
            ]
            record["problem"] = .record(["words": .text(words("amount.range", limits))])
        }
        return record
    }
}
