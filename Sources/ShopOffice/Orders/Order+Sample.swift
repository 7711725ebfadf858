// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import TalerWire

extension Order {
    /// What templates are checked against: it has everything that an order can have.
    static func sample() throws -> Order {
        let amount = try Amount("KUDOS:2")
        let time = try Timestamp(seconds: 1_800_000_000)
        guard let id = OrderID("00000000000000000000000000") else { throw ShopStoreError.unknownOrder }
        let line = OrderLine(
            product: "p", number: 1, title: "P", kind: .goods, quantity: 2, unitPrice: amount, amount: amount,
            taxes: [.init(name: "VAT", amount: amount)], deliveryDate: "soon")
        return Order(
            id: id, session: "s", state: .paid, lines: [line], amount: amount, language: "en",
            delivery: Delivery(name: "n", street: "s", streetNumber: "1", zipCode: "z", city: "c", country: "DE"), created: time,
            heldUntil: time, currentTransaction: 1, paidTransaction: 1, paidAt: time, closed: nil,
            sent: Sending(time: time, note: "n"), refunded: amount)
    }
}
