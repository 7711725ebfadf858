// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import SQLiteStore
public import TalerWire

/// The shop's orders and their contracts. Each method is one transaction.
public struct ShopStore: Sendable {
    let writer: any DatabaseWriter

    private init(writer: any DatabaseWriter) throws {
        self.writer = writer
        try Schema.migrator.migrate(writer)
    }

    /// A file of mode 0600: every commit is on the disk before the method returns.
    /// - Throws: ``ShopStoreError/cannotOpen(path:reason:)``.
    public static func open(at path: String) throws(ShopStoreError) -> ShopStore {
        do { return try ShopStore(writer: try SQLiteFile.open(path, label: "shop")) } catch {
            throw .cannotOpen(path: path, reason: "\(error)")
        }
    }

    /// A database that ends with the process.
    public static func inMemory() throws(ShopStoreError) -> ShopStore {
        do { return try ShopStore(writer: try DatabaseQueue()) } catch { throw .cannotOpen(path: ":memory:", reason: "\(error)") }
    }

    /// The order of this wish that is not paid yet; a new one when there is none. Repeated clicks so come to one order.
    /// - Parameter isSoldOnce: nobody needs the product twice. An order of the session that is paid is given instead, or else one whose
    ///   payment may still settle, whatever quantity and amount they are of.
    public func order(for wish: Wish, at now: Timestamp, isSoldOnce: Bool = false) async throws -> Order {
        try await writer.write { database in
            if isSoldOnce, let begun = try Self.begunOrder(database, wish) { return try begun.order }
            let open = try OrderRow.fetchOne(
                database,
                sql: """
                    SELECT * FROM orders WHERE session = ? AND product = ? AND quantity = ? AND amount = ? AND paid_at IS NULL
                    ORDER BY created DESC, rowid DESC LIMIT 1
                    """, arguments: [wish.session, wish.product, wish.quantity, wish.amount.description])
            if let open { return try open.order }
            let row = OrderRow(
                id: OrderID.random().text, session: wish.session, product: wish.product, quantity: wish.quantity,
                amount: wish.amount.description, created: now.storedSeconds)
            try row.insert(database)
            return try row.order
        }
    }

    private static func begunOrder(_ database: Database, _ wish: Wish) throws -> OrderRow? {
        try OrderRow.fetchOne(
            database,
            sql: """
                SELECT o.* FROM orders o WHERE session = ? AND product = ? AND (
                    paid_at IS NOT NULL OR EXISTS (SELECT * FROM contracts c WHERE c.order_id = o.id AND c.state = 'paying'))
                ORDER BY paid_at IS NULL, paid_at DESC, rowid DESC LIMIT 1
                """, arguments: [wish.session, wish.product])
    }

    public func order(_ id: OrderID) async throws -> Order? {
        try await writer.read { database in try OrderRow.fetchOne(database, key: id.text)?.order }
    }

    /// The session's paid orders of a product, newest first.
    public func paidOrders(session: String, product: String) async throws -> [Order] {
        try await writer.read { database in
            try OrderRow.fetchAll(
                database,
                sql: "SELECT * FROM orders WHERE session = ? AND product = ? AND paid_at IS NOT NULL ORDER BY paid_at DESC, rowid DESC",
                arguments: [session, product]
            ).map { try $0.order }
        }
    }

    /// The contract that an order may be paid by now.
    public func currentOffer(of order: OrderID) async throws -> Offer? {
        try await writer.read { database in
            try OfferRow.fetchOne(
                database,
                sql: "SELECT c.* FROM contracts c JOIN orders o ON o.current_transaction = c.transaction_id WHERE o.id = ?",
                arguments: [order.text])?.offer
        }
    }

    public func offer(_ hash: ContractHash) async throws -> Offer? {
        try await writer.read { database in
            try OfferRow.fetchOne(database, sql: "SELECT * FROM contracts WHERE contract_hash = ?", arguments: [hash.bytes.stored])?.offer
        }
    }

    /// Contracts whose payment has no known outcome; of one session and product, or all.
    public func offersUnderWay(session: String? = nil, product: String? = nil) async throws -> [Offer] {
        try await writer.read { database in
            try OfferRow.fetchAll(
                database,
                sql: """
                    SELECT c.* FROM contracts c JOIN orders o ON o.id = c.order_id
                    WHERE c.state = 'paying' AND (?1 IS NULL OR o.session = ?1) AND (?2 IS NULL OR o.product = ?2)
                    ORDER BY c.rowid
                    """, arguments: [session, product]
            ).map { try $0.offer }
        }
    }
}
