// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import ShopStore
import TalerWire

/// Asks once more before money goes back.
struct RefundQuestionPage: OfficePage {
    static let templateName = "refund-question"
    static let section: OfficeSection? = .orders
    static var samples: [RefundQuestionPage] {
        get throws {
            let order = try Order.sample()
            var form = RefundForm(amount: "1")
            form.returned = [0]
            return [RefundQuestionPage(order: order, more: order.amount, total: order.amount, paid: order.amount, form: form)]
        }
    }

    let order: Order
    /// What is given back now.
    let more: Amount
    let total: Amount
    let paid: Amount
    let form: RefundForm

    init(order: Order, more: Amount, total: Amount, paid: Amount, form: RefundForm) {
        self.order = order
        self.more = more
        self.total = total
        self.paid = paid
        self.form = form
    }

    init(order: Order, state: RefundState, total: Amount, form: RefundForm) {
        let more = (try? total.subtracting(state.asked)) ?? total
        self.init(order: order, more: more, total: total, paid: state.paid, form: form)
    }

    var record: PageRecord {
        let returned = form.returned.sorted().filter { order.lines.indices.contains($0) }
        return [
            "title": .text("Give back \(more.text)?"), "id": .text(order.id.text),
            "name": .text(order.shortName), "more": .text(more.text), "total": .text(total.text), "paid": .text(paid.text),
            "isAll": .flag(total == paid), "amount": .text(more.digits), "before": .text(form.before), "reason": .text(form.reason),
            "returned": .list(
                returned.map {
                    .record(["position": .text("\($0)"), "words": .text("\(order.lines[$0].quantity) × \(order.lines[$0].title)")])
                }),
        ]
    }
}
