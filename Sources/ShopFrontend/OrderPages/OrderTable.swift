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

    /// Names: `language`, `currency`, `lines` (list of `title`, `quantity`, `each`, `amount`, `delivery`), `taxes` (list of `text`, `amount`), `total`.
    var record: PageRecord {
        [
            "language": .text(order.language), "caption": .text(words("order.amountsIn", ["currency": "\(order.amount.currency)"])),
            "lines": .list(order.lines.map { .record(line($0)) }),
            "taxes": .list(
                taxes.map { tax in
                    .record(["text": .text(words("order.taxIncluded", ["name": tax.name])), "amount": .text(words.digits(tax.amount))])
                }),
            "total": .text(words.amount(order.amount)),
        ]
    }

    private func line(_ line: OrderLine) -> PageRecord {
        var record: PageRecord = [
            "title": .text(line.title), "quantity": .text(words.number(line.quantity)), "each": .text(words.digits(line.unitPrice)),
            "amount": .text(words.digits(line.amount)),
        ]
        if let date = line.deliveryDate { record["arrives"] = .record(["date": .text(date)]) }
        return record
    }

    /// Taxes of all lines, by their names, in the order of their first coming.
    private var taxes: [OrderLine.Tax] {
        var sums: [OrderLine.Tax] = []
        for tax in order.lines.flatMap(\.taxes) {
            guard let index = sums.firstIndex(where: { $0.name == tax.name }) else {
                sums.append(tax)
                continue
            }
            // Parts of an amount that is one: their sum is no larger.
            guard let sum = try? sums[index].amount.adding(tax.amount) else { continue }
            sums[index] = OrderLine.Tax(name: tax.name, amount: sum)
        }
        return sums
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
