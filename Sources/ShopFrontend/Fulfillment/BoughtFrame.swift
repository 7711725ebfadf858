// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopStore
import TalerWire

/// What all pages of a paid order have in common: that it is paid, what went back, and the ways on.
struct BoughtFrame: Sendable {
    var words: Words
    var order: Order
    var refunds: RefundRecord
    var receipt: String
    /// Of the signed page, whole.
    var link: String
    /// All parts, on the page of one of several.
    var parts: String?

    /// Names: `paidWhen`, `order`, `receipt`, `keepLink`, `refunds`, `parts`, `isOpen` (nothing, or not all, was given back).
    var record: PageRecord {
        var record: PageRecord = [
            "order": .text(words("order.number", ["number": order.id.text])), "receipt": .text(receipt), "keepLink": .text(link),
        ]
        if let paidAt = order.paidAt {
            record["paidWhen"] = .text(
                words("bought.paidWhen", ["amount": words.amount(order.amount), "date": words.dateTime(paidAt)]))
        }
        if !refunds.isEmpty { record["refunds"] = .record(refunds.record) }
        if let parts { record["parts"] = .record(["url": .text(parts)]) }
        if !order.isWhollyRefunded { record["isOpen"] = .flag(true) }
        return record
    }

    /// Two: of an order whose money has all gone back, and of one with some of it.
    static func samples(_ words: Words) throws -> [BoughtFrame] {
        try RefundRecord.samples(words).map {
            BoughtFrame(words: words, order: $0.order, refunds: $0, receipt: "r", link: "l", parts: "p")
        }
    }
}
