// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import TalerWire

extension Order {
    /// Something of everything, for the check of templates.
    static func sample(closed reason: Closing.Reason? = nil, isPaid: Bool = false, refunded: String = "KUDOS:1") throws -> Order {
        let amount = try Amount("KUDOS:1")
        let never = Timestamp.never
        let line = OrderLine(
            product: "p", number: 1, title: "t", kind: .goods, quantity: 2, unitPrice: amount, amount: amount,
            taxes: [OrderLine.Tax(name: "n", amount: amount)], deliveryDate: "d")
        return Order(
            id: .random(), session: "s", state: isPaid ? .paid : reason == nil ? .open : .closed, lines: [line, line], amount: amount,
            language: "de", delivery: Delivery(name: "n", street: "s", streetNumber: "1", zipCode: "z", city: "c", country: "DE"),
            created: never, heldUntil: try Timestamp(seconds: 0), currentTransaction: 1, paidTransaction: isPaid ? 1 : nil,
            paidAt: isPaid ? never : nil, closed: reason.map { Closing(time: never, reason: $0) },
            sent: isPaid ? Sending(time: never, note: "n") : nil, refunded: try Amount(refunded))
    }
}

extension GiveBack {
    /// One of each state and reason.
    static func samples(_ order: Order) -> [GiveBack] {
        [Reason.late, .second].flatMap { reason in
            [State.wanted, .asked, .failed].map {
                GiveBack(
                    contractHash: .zero, order: order.id, amount: order.amount, reason: reason, created: .never, state: $0, attempts: 0,
                    error: nil)
            }
        }
    }
}
