// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopStore

/// Where goods go, when, and whether they are on their way.
struct GoodsRecord {
    let order: Order
    let position: Int
    let words: Words

    /// Names: `quantity`, `sending`, `note`, `arrives`, `delivery`.
    var record: PageRecord {
        var record = PageRecord()
        guard order.lines.indices.contains(position) else { return record }
        let line = order.lines[position]
        record["quantity"] = .text(words("bought.pieces", count: line.quantity))
        if let sent = order.sent {
            record["sending"] = .text(words("bought.sent", ["date": words.date(sent.time)]))
            if !sent.note.isEmpty { record["note"] = .record(["text": .text(sent.note)]) }
        } else {
            record["sending"] = .text(words("bought.notSent"))
        }
        if let arrives = line.arrives(words, sold: order.language) { record["arrives"] = .record(arrives) }
        if let delivery = order.delivery { record["delivery"] = .record(delivery.record(words)) }
        return record
    }
}
