// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopStore
import TalerWire

/// A browser's orders, newest first.
struct PurchasesPage: Page {
    static let templateName = "purchases"
    static var samples: [PurchasesPage] {
        get throws {
            let order = try Order.sample(isPaid: true)
            let entry = Entry(order: order, phase: .paid, url: "u", receipt: "r")
            return [
                PurchasesPage(words: .sample, entries: [entry], newer: "n", older: "o"),
                PurchasesPage(words: .sample, entries: []),
            ]
        }
    }

    struct Entry: Sendable {
        var order: Order
        var phase: OrderPhase
        var url: String
        var receipt: String?
    }

    var words: Words
    var entries: [Entry]
    var newer: String?
    var older: String?

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text(words("purchases.title")), "description": .text(words("purchases.title")),
            "orders": .list(entries.map { .record(item($0)) }),
        ]
        if entries.isEmpty, newer == nil { record["empty"] = .flag(true) }
        if newer != nil || older != nil {
            var pager = PageRecord()
            if let newer { pager["newer"] = .record(["url": .text(newer)]) }
            if let older { pager["older"] = .record(["url": .text(older)]) }
            record["pager"] = .record(pager)
        }
        return record
    }

    private func item(_ entry: Entry) -> PageRecord {
        let order = entry.order
        let goods = order.lines.filter { $0.kind != .delivery }
        let name = goods.first?.title ?? order.id.text
        var item: PageRecord = [
            "name": .text(name), "url": .text(entry.url), "date": .text(words.date(order.paidAt ?? order.created)),
            "amount": .text(words.amount(order.amount)), "status": .text(words(statusKey(entry))), "phase": .text(entry.phase.rawValue),
            "order": .text(order.id.text),
        ]
        if order.language != words.language.code { item["lang"] = .record(["code": .text(order.language)]) }
        if goods.count > 1 { item["more"] = .record(["text": .text(words("purchases.more", count: goods.count - 1))]) }
        if let receipt = entry.receipt {
            item["receipt"] = .record(["url": .text(receipt), "label": .text(words("purchases.receiptOf", ["name": name]))])
        }
        return item
    }

    private func statusKey(_ entry: Entry) -> String {
        switch entry.phase {
        case .open: "purchases.open"
        case .paying: "purchases.paying"
        case .paid:
            if !entry.order.refunded.isZero {
                "purchases.refundedPart"
            } else if entry.order.hasGoods, entry.order.sent != nil {
                "purchases.sent"
            } else {
                "purchases.paid"
            }
        case .refunded: "purchases.refunded"
        case .closed: entry.order.closed?.reason == .cancelled ? "purchases.cancelled" : "purchases.expired"
        case .returned: "purchases.returned"
        }
    }
}
