// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ShopStore {
    /// The open order of this wish; a new one, with what it takes of the stock reserved, when there is none. Repeated clicks so come to
    /// one order.
    /// - Parameters:
    ///   - heldUntil: until when stock stays reserved at least.
    ///   - isSoldOnce: nobody needs the wish's first product twice. An order of the session that has it and is paid is given instead, or
    ///     else one whose payment may still settle, whatever quantity and amount they are of. One that was given back wholly does not count.
    /// - Throws: ``ShopStoreError/soldOut(product:available:)``, ``ShopStoreError/tooManyHolds``,
    ///   ``ShopStoreError/tooManyHoldsOfNetwork``, ``ShopStoreError/emptyOrder``.
    public func order(for wish: Wish, at now: Timestamp, heldUntil: Timestamp, isSoldOnce: Bool = false) async throws -> Order {
        try await writer.write { database in
            if isSoldOnce, let product = wish.lines.first?.product,
                let begun = try Self.begunOrder(database, session: wish.session, product: product)
            {
                return begun
            }
            let open = try Self.fetchOrders(
                database,
                "SELECT * FROM orders WHERE session = ? AND basket = ? AND state = 'open' ORDER BY created DESC, rowid DESC LIMIT 1",
                [wish.session, wish.basket])
            if let open = open.first { return open }
            return try Self.newOrder(database, wish, checkout: nil, at: now, heldUntil: heldUntil)
        }
    }

    /// The order of a checkout form, with what it takes of the stock reserved; the session's cart is empty after it.
    /// - Parameters:
    ///   - cart: what the wish was made of, which must still be all that lies in the cart.
    ///   - checkout: the form's random name: sent twice, it makes one order.
    /// - Throws: as ``order(for:at:heldUntil:isSoldOnce:)``; ``ShopStoreError/cartChanged``, and nothing is ordered then.
    public func checkOut(_ wish: Wish, of cart: [CartLine], checkout: String, at now: Timestamp, heldUntil: Timestamp) async throws -> Order
    {
        try await writer.write { database in
            let known = try Self.fetchOrders(
                database, "SELECT * FROM orders WHERE checkout = ? AND session = ?", [checkout, wish.session])
            if let known = known.first { return known }
            guard try Self.cart(database, wish.session) == cart else { throw ShopStoreError.cartChanged }
            let order = try Self.newOrder(database, wish, checkout: checkout, at: now, heldUntil: heldUntil)
            try database.execute(sql: "DELETE FROM cart_line WHERE session = ?", arguments: [wish.session])
            return order
        }
    }

    /// The order that a checkout form has made; nil before.
    public func order(checkout: String, session: String) async throws -> Order? {
        try await writer.read { database in
            try Self.fetchOrders(database, "SELECT * FROM orders WHERE checkout = ? AND session = ?", [checkout, session]).first
        }
    }

    private static func newOrder(_ database: Database, _ wish: Wish, checkout: String?, at now: Timestamp, heldUntil: Timestamp) throws
        -> Order
    {
        guard !wish.lines.isEmpty else { throw ShopStoreError.emptyOrder }
        var lines = wish.lines
        try reserve(database, &lines)
        if lines.contains(where: \.takesStock) { try checkHolds(database, of: wish) }
        let id = try insert(database, wish, lines, checkout: checkout, at: now, heldUntil: heldUntil)
        guard let order = try fetchOrder(database, id) else { throw ShopStoreError.damaged("order \(id)") }
        return order
    }

    private static func begunOrder(_ database: Database, session: String, product: String) throws -> Order? {
        try fetchOrders(
            database,
            """
            SELECT o.* FROM orders o WHERE session = ?1 AND EXISTS (SELECT * FROM order_line l WHERE l.order_id = o.id AND l.product = ?2)
                AND ((state = 'paid' AND NOT \(wholeRefund()))
                    OR EXISTS (SELECT * FROM contracts c WHERE c.order_id = o.id AND c.state = 'paying'))
            ORDER BY state <> 'paid', paid_at DESC, rowid DESC LIMIT 1
            """, [session, product]
        ).first
    }

    public func order(_ id: OrderID) async throws -> Order? {
        try await writer.read { database in try Self.fetchOrder(database, id) }
    }

    /// The session's paid orders of a product, newest first.
    public func paidOrders(session: String, product: String) async throws -> [Order] {
        try await writer.read { database in
            try Self.fetchOrders(
                database,
                """
                SELECT o.* FROM orders o WHERE session = ? AND state = 'paid'
                    AND EXISTS (SELECT * FROM order_line l WHERE l.order_id = o.id AND l.product = ?)
                ORDER BY paid_at DESC, rowid DESC
                """, [session, product])
        }
    }

    /// The session's orders, newest first.
    /// - Parameter skip: how many of the newest to leave out.
    public func orders(session: String, skip: Int = 0, limit: Int) async throws -> [Order] {
        try await writer.read { database in
            try Self.fetchOrders(
                database, "SELECT * FROM orders WHERE session = ? ORDER BY created DESC, rowid DESC LIMIT ? OFFSET ?",
                [session, max(0, limit), max(0, skip)])
        }
    }

    /// Ends an open order, and lets others have what was reserved for it. To be called when the backend has said that no payment of it is
    /// under way.
    /// - Parameter transaction: the contract that the backend was asked about, nil for none: nothing is done when it is another one now.
    /// - Returns: false when nothing was done, as it is not open or a payment has begun meanwhile.
    public func close(_ id: OrderID, _ reason: Order.Closing.Reason, transaction: Int64?, at now: Timestamp) async throws -> Bool {
        try await writer.write { database in
            try database.execute(
                sql: """
                    UPDATE orders SET state = 'closed', closed_at = ?, close_reason = ?
                    WHERE id = ? AND state = 'open' AND current_transaction IS ?
                        AND NOT EXISTS (SELECT * FROM contracts c WHERE c.order_id = orders.id AND c.state = 'paying')
                    """, arguments: [now.storedSeconds, reason.rawValue, id.text, transaction])
            guard database.changesCount == 1 else { return false }
            try Self.free(database, id.text)
            return true
        }
    }

    /// Whether the goods of a paid order have been sent, in the owner's words.
    /// - Parameter sending: nil takes it back.
    /// - Returns: false for an order that is not paid.
    public func setSent(_ id: OrderID, _ sending: Order.Sending?) async throws -> Bool {
        try await writer.write { database in
            try database.execute(
                sql: "UPDATE orders SET sent_at = ?, sent_note = ? WHERE id = ? AND state = 'paid'",
                arguments: [sending?.time.storedSeconds, sending?.note, id.text])
            return database.changesCount == 1
        }
    }

    /// What the backend has on its list to give back of the contract that paid the order, all in all. Both amounts only grow: less than is
    /// known already changes nothing. ``Order/refunded`` falls when exchanges refuse more.
    /// - Parameters:
    ///   - asked: what was asked for.
    ///   - refused: what exchanges will not give back of it; nil when that is not known.
    public func noteRefund(_ id: OrderID, _ asked: Amount, refused: Amount? = nil) async throws {
        try await writer.write { database in
            guard let order = try Self.fetchOrder(database, id), order.isPaid,
                [asked, refused ?? asked].allSatisfy({ $0.currency == order.amount.currency })
            else { return }
            let known = try order.refunded.adding(order.refundRefused)
            let all = try known.isLess(than: asked) ? asked : known
            let refused = refused ?? order.refundRefused
            let most = try order.refundRefused.isLess(than: refused) ? refused : order.refundRefused
            // The parts may come to more than was asked for, by fees that the buyer bore.
            let lost = try all.isLess(than: most) ? all : most
            let rest = try all.subtracting(lost)
            try database.execute(
                sql: """
                    UPDATE orders SET refund_value = ?, refund_fraction = ?, refused_value = ?, refused_fraction = ? WHERE id = ?
                    """, arguments: [rest.storedValue, rest.storedFraction, lost.storedValue, lost.storedFraction, id.text])
        }
    }

    /// All contracts of an order, oldest first.
    public func offers(of order: OrderID) async throws -> [Offer] {
        try await writer.read { database in
            try OfferRow.fetchAll(
                database, sql: "SELECT * FROM contracts WHERE order_id = ? ORDER BY rowid", arguments: [order.text]
            ).map { try $0.offer }
        }
    }
}
