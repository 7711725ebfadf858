// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ShopStore {
    /// What lies in the cart, in the order in which it came.
    public func cart(_ session: String) async throws -> [CartLine] {
        try await writer.read { database in try Self.cart(database, session) }
    }

    /// How many things lie in the cart.
    public func cartCount(_ session: String) async throws -> Int {
        try await writer.read { database in
            try Int.fetchOne(
                database, sql: "SELECT COALESCE(SUM(quantity), 0) FROM cart_line WHERE session = ?", arguments: [session]) ?? 0
        }
    }

    /// Adds to what is there of the same product. An amount replaces the one before.
    /// - Parameter maximum: the quantity stays at it.
    /// - Throws: ``ShopStoreError/cartFull``.
    public func addToCart(_ line: CartLine, session: String, maximum: Int = CartLine.maximumQuantity, at now: Timestamp) async throws {
        try await writer.write { database in
            let known = try Self.cart(database, session)
            let before = known.first { $0.product == line.product }
            guard before != nil || known.count < CartLine.maximumLines else { throw ShopStoreError.cartFull }
            let sum = min(maximum, CartLine.maximumQuantity, (before?.quantity ?? 0) + max(0, min(line.quantity, CartLine.maximumQuantity)))
            try Self.put(database, CartLine(product: line.product, quantity: max(1, sum), amount: line.amount), session, now)
        }
    }

    /// - Parameter quantity: 0 takes the product out.
    public func setCart(_ product: String, quantity: Int, session: String) async throws {
        try await writer.write { database in
            if quantity <= 0 {
                try database.execute(sql: "DELETE FROM cart_line WHERE session = ? AND product = ?", arguments: [session, product])
            } else {
                try database.execute(
                    sql: "UPDATE cart_line SET quantity = ? WHERE session = ? AND product = ?",
                    arguments: [min(quantity, CartLine.maximumQuantity), session, product])
            }
        }
    }

    /// The lines of an order that was not paid lie in the cart again, beside what is there.
    public func putBack(_ order: OrderID, at now: Timestamp) async throws {
        try await writer.write { database in
            guard let order = try Self.fetchOrder(database, order) else { throw ShopStoreError.unknownOrder }
            for line in order.lines where line.kind != .delivery {
                let known = try Self.cart(database, order.session)
                guard known.contains(where: { $0.product == line.product }) || known.count < CartLine.maximumLines else { continue }
                let amount = line.kind == .donation ? line.amount : nil
                try Self.put(database, CartLine(product: line.product, quantity: line.quantity, amount: amount), order.session, now)
            }
        }
    }

    /// Forgets carts that nobody has touched since.
    public func dropCarts(before time: Timestamp) async throws {
        try await writer.write { database in
            try database.execute(
                sql: "DELETE FROM cart_line WHERE session IN (SELECT session FROM cart_line GROUP BY session HAVING MAX(added) < ?)",
                arguments: [time.storedSeconds])
        }
    }

    private static func put(_ database: Database, _ line: CartLine, _ session: String, _ now: Timestamp) throws {
        try database.execute(
            sql: """
                INSERT INTO cart_line (session, product, quantity, amount, added) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (session, product) DO UPDATE SET quantity = excluded.quantity, amount = excluded.amount, added = excluded.added
                """, arguments: [session, line.product, line.quantity, line.amount?.description, now.storedSeconds])
    }

    static func cart(_ database: Database, _ session: String) throws -> [CartLine] {
        try Row.fetchAll(
            database, sql: "SELECT product, quantity, amount FROM cart_line WHERE session = ? ORDER BY rowid", arguments: [session]
        ).map { row in
            let text: String? = row["amount"]
            guard let text else { return CartLine(product: row["product"], quantity: row["quantity"]) }
            guard let amount = try? Amount(text) else { throw ShopStoreError.damaged("a cart's amount") }
            return CartLine(product: row["product"], quantity: row["quantity"], amount: amount)
        }
    }
}
