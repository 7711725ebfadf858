// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopStore
import TalerWire

/// What a purchase comes to.
struct Totals: Sendable {
    let items: Amount
    /// Nil when nothing is sent; zero when it is sent for nothing.
    let delivery: Amount?
    let total: Amount
    /// Contained in the total; by name and rate, in the order of the lines.
    let taxes: [OrderLine.Tax]

    /// Nil for a purchase that has no total.
    init?(_ purchase: Purchase) {
        guard let total = purchase.total else { return nil }
        let lines = purchase.items.compactMap(\.line)
        guard let items = try? Amount.sum(lines.map(\.amount), in: total.currency) else { return nil }
        self.items = items
        self.total = total
        delivery = purchase.hasGoods ? purchase.delivery?.amount ?? .zero(total.currency) : nil
        taxes = (lines + [purchase.delivery].compactMap(\.self)).flatMap(\.taxes).sums
    }

    func record(_ words: Words) -> PageRecord {
        var record: PageRecord = [
            "items": .text(words.amount(items)), "total": .text(words.amount(total)),
            "taxes": .list(
                taxes.map { tax in
                    .record(["name": .text(words("cart.tax", ["name": tax.title(words)])), "amount": .text(words.amount(tax.amount))])
                }),
        ]
        if let delivery {
            record["delivery"] = .record(["amount": .text(delivery.isZero ? words("cart.free") : words.amount(delivery))])
        }
        return record
    }

    private init(items: Amount, delivery: Amount?, total: Amount, taxes: [OrderLine.Tax]) {
        self.items = items
        self.delivery = delivery
        self.total = total
        self.taxes = taxes
    }

    /// For the check of templates.
    static var samples: [Totals] {
        get throws {
            let amount = Amount.zero(try Currency("KUDOS"))
            let taxes = [OrderLine.Tax(name: "t", amount: amount)]
            return [
                Totals(items: amount, delivery: amount, total: amount, taxes: taxes),
                Totals(items: amount, delivery: try Amount("KUDOS:1"), total: amount, taxes: taxes),
            ]
        }
    }
}
