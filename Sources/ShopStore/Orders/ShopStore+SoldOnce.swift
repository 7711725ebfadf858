// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension ShopStore {
    /// Another order of the same browser for an article or a file of this open one, as nobody needs these twice: one that is paid and was
    /// not given back wholly, or else an open one whose payment may still settle. Nil also for an order that is not open, or whose own payment
    /// may still settle.
    public func orderOfTheSame(as order: OrderID) async throws -> Order? {
        try await writer.read { database in try Self.fetchOrderOfTheSame(database, as: order.text) }
    }

    static func fetchOrderOfTheSame(_ database: Database, as order: String) throws -> Order? {
        try fetchOrders(
            database,
            """
            SELECT o.* FROM orders mine JOIN orders o ON o.session = mine.session AND o.id <> mine.id
            WHERE mine.id = ? AND mine.state = 'open'
                AND NOT EXISTS (SELECT * FROM contracts c WHERE c.order_id = mine.id AND c.state = 'paying')
                AND ((o.state = 'paid' AND NOT \(wholeRefund("o.")))
                    OR (o.state = 'open' AND EXISTS (SELECT * FROM contracts c WHERE c.order_id = o.id AND c.state = 'paying')))
                AND EXISTS (
                    SELECT * FROM order_line l JOIN order_line same ON same.product = l.product
                    WHERE l.order_id = mine.id AND l.kind IN ('article', 'download') AND same.order_id = o.id)
            ORDER BY o.state <> 'paid', o.paid_at DESC, o.rowid DESC LIMIT 1
            """, [order]
        ).first
    }
}
