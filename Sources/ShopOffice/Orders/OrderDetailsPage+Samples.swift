// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import Pages
import ShopStore
import TalerWire

extension OrderDetailsPage {
    /// A paid order with the forms, one that was sent, and one whose backend is away.
    static var samples: [OrderDetailsPage] {
        get throws {
            let order = try Order.sample()
            let hash = ContractHash.zero
            let contract: JSONValue = ["refund_deadline": .string("/Date(1800000000)/"), "timestamp": .string("/Date(1800000000)/")]
            var status = OrderStatus(
                contractHash: hash, transactionID: 1, state: .paid, contract: contract, amount: try order.amount.adding(order.amount),
                maximumFee: order.amount, expiry: order.created, paidAt: order.created, deposits: [])
            status.refundAmount = order.amount
            let offer = Offer(
                transactionID: 1, order: order.id, contract: "{}", signature: .zero, contractHash: hash, expiry: order.created, state: .paid
            )
            var refund = RefundForm(amount: "1")
            refund.amountProblem = "p"
            refund.reasonProblem = "p"
            var sending = SentForm(day: "d")
            sending.dayProblem = "p"
            sending.noteProblem = "p"
            let view = OrderView(
                order: order, offers: [offer], giveBacks: [], returned: [0], returnable: [0], answers: [hash: .message(status)])
            var away = view
            away.answers[hash] = .away("w")
            return [
                OrderDetailsPage(view: view, now: order.created, form: refund, sending: sending, notice: "n"),
                OrderDetailsPage(view: away, now: order.created), OrderDetailsPage(view: view, now: order.created),
            ]
        }
    }
}
