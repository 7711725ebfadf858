// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Localization
import Pages
import ShopStore
import TalerWire

/// An order's lines as a table: for its page and its receipt.
struct OrderTable: Sendable {
    let order: Order
    let words: Words

    /// Names: `caption`, `lines` (list of `title`, `language`, `quantity`, `each`, `amount`, `arrives`, `lineTaxes`), `taxes` (list of
    /// `text`, `amount`), `total`.
    var record: PageRecord {
        [
            "caption": .text(words("order.amountsIn", ["currency": "\(order.amount.currency)"])),
            "lines": .list(order.lines.map { .record(line($0)) }),
            "taxes": .list(order.lines.flatMap(\.taxes).sums.map(tax)),
            "total": .text(words.amount(order.amount)),
        ]
    }

    private func line(_ line: OrderLine) -> PageRecord {
        var record: PageRecord = [
            "title": .text(line.title), "language": .text(order.language), "quantity": .text(words.number(line.quantity)),
            "each": .text(words.digits(line.unitPrice)), "amount": .text(words.digits(line.amount)),
            "lineTaxes": .list(line.taxes.map(tax)),
        ]
        if line.kind == .delivery {
            record["title"] = .text(words("line.delivery"))
            record["language"] = .text(words.language.code)
        }
        if let arrives = line.arrives(words, sold: order.language) { record["arrives"] = .record(arrives) }
        return record
    }

    private func tax(_ tax: OrderLine.Tax) -> PageValue {
        .record(["text": .text(words("order.taxIncluded", ["name": tax.title(words)])), "amount": .text(words.digits(tax.amount))])
    }
}

extension Delivery {
    /// Names: `lines`, those of the address, with the country's name.
    func record(_ words: Words) -> PageRecord {
        let land = Locale(identifier: words.language.code).localizedString(forRegionCode: country) ?? country
        let lines = [name, "\(street) \(streetNumber)", "\(zipCode) \(city)", state, land].compactMap(\.self).filter { !$0.isEmpty }
        return ["lines": .list(lines.map { .text($0) })]
    }
}
