// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages

/// What lies in the cart.
struct CartPage: Page {
    static let templateName = "cart"
    static var samples: [CartPage] {
        get throws {
            let link = Link(address: "a", label: "l")
            let line = Line(
                id: "i", title: "t", language: "en", address: "u", picture: "p", each: "e",
                quantity: Quantity(value: "1", maximum: 9, isInvalid: true), subtotal: "s", complaint: Complaint(words: "w", link: link),
                bought: "b")
            return try Totals.samples.flatMap { totals in
                [true, false].map { isGood in
                    CartPage(
                        words: Words.sample, lines: [line], totals: totals, notice: Notice(words: "n", kind: isGood ? .good : .bad),
                        waiting: "w", canCheckOut: isGood)
                }
            }
        }
    }

    struct Line: Sendable {
        /// The product's name in the catalog.
        var id: String
        var title: String
        /// Of the title, where it is not the page's.
        var language: String?
        /// The product's page; nil for what is not sold any more.
        var address: String?
        var picture: String?
        /// What one of it costs, in words.
        var each: String
        /// Nil for what there is one of.
        var quantity: Quantity?
        var subtotal: String?
        var complaint: Complaint?
        /// Where what this browser has bought before is found.
        var bought: String?
    }

    struct Quantity: Sendable {
        /// As it was typed, when it is no number.
        var value: String
        var maximum: Int
        var isInvalid: Bool
    }

    struct Complaint: Sendable {
        var words: String
        var link: Link?
    }

    struct Link: Sendable {
        var address: String
        var label: String
    }

    struct Notice: Sendable {
        var words: String
        var kind: Kind

        enum Kind: Sendable {
            case good, bad
        }
    }

    let words: Words
    var lines: [Line]
    var totals: Totals?
    var notice: Notice?
    /// An order that is not paid, for who finds the cart empty.
    var waiting: String?
    var canCheckOut: Bool

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text(words("cart.title")), "description": .text(words("cart.description")), "filled": .flag(!lines.isEmpty),
            "good": .flag(canCheckOut), "changeable": .flag(lines.contains { $0.quantity != nil }),
            "lines": .list(lines.map { .record(self.record($0)) }),
        ]
        if let totals { record["totals"] = .record(totals.record(words)) }
        if let notice {
            record["notice"] = .record([
                "words": .text(notice.words), "good": .flag(notice.kind == .good), "bad": .flag(notice.kind == .bad),
                "role": .text(notice.kind == .bad ? "alert" : "status"),
            ])
        }
        if let waiting { record["waiting"] = .record(["link": .text(waiting)]) }
        return record
    }

    private func record(_ line: Line) -> PageRecord {
        var record: PageRecord = [
            "id": .text(line.id), "title": .text(line.title), "each": .text(line.each), "subtotal": .text(line.subtotal ?? ""),
            "removeLabel": .text(words("cart.removeThis", ["product": line.title])),
        ]
        if let language = line.language { record["foreign"] = .record(["code": .text(language)]) }
        if let address = line.address { record["url"] = .record(["address": .text(address)]) }
        if let picture = line.picture { record["picture"] = .record(["address": .text(picture)]) }
        if let quantity = line.quantity {
            record["quantity"] = .record([
                "field": .text(Self.field(line.id)), "value": .text(quantity.value), "maximum": .text("\(quantity.maximum)"),
                "label": .text(words("cart.quantityOf", ["product": line.title])), "invalid": .flag(quantity.isInvalid),
            ])
        }
        if let complaint = line.complaint {
            var problem: PageRecord = ["words": .text(complaint.words)]
            if let link = complaint.link { problem["link"] = .record(["address": .text(link.address), "label": .text(link.label)]) }
            record["problem"] = .record(problem)
        }
        if let bought = line.bought { record["bought"] = .record(["link": .text(bought)]) }
        return record
    }

    /// The name of the form's field for a product's quantity.
    static func field(_ product: String) -> String { "quantity-\(product)" }
}
