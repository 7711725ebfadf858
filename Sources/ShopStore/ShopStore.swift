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

    /// A database that ends with the process. Its migrations run each time, as they draw the first transaction number at random.
    public static func inMemory() throws(ShopStoreError) -> ShopStore {
        do { return try ShopStore(writer: try DatabaseQueue()) } catch { throw .cannotOpen(path: ":memory:", reason: "\(error)") }
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
                    WHERE c.state = 'paying' AND (?1 IS NULL OR o.session = ?1)
                    AND (?2 IS NULL OR EXISTS (SELECT * FROM order_line l WHERE l.order_id = o.id AND l.product = ?2))
                    ORDER BY c.rowid
                    """, arguments: [session, product]
            ).map { try $0.offer }
        }
    }
}
