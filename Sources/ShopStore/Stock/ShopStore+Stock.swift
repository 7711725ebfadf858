// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ShopStore {
    /// Nil for a product whose number is not limited.
    public func stock(_ product: String) async throws -> Stock? {
        try await writer.read { database in try Self.fetchStock(database, product) }
    }

    /// Of these products, those whose number is limited.
    public func stocks(_ products: [String]) async throws -> [String: Stock] {
        try await writer.read { database in
            var found: [String: Stock] = [:]
            for product in products { found[product] = try Self.fetchStock(database, product) }
            return found
        }
    }

    /// Takes over what the catalog says. Where the number in a file has changed, the difference goes to the supply; so what was sold and
    /// what the owner has counted by hand stays counted. What a file takes away beyond the supply is owed: a higher number pays that first. A
    /// product without a number is not limited.
    /// - Parameters:
    ///   - counts: by the products' names.
    ///   - time: when the changes of supplies are said to have been; nil for now, by the system's clock.
    public func setCatalogStock(_ counts: [String: Int], at time: Timestamp? = nil) async throws {
        try await writer.write { database in
            var known: [String: (supply: Int, catalog: Int, isLimited: Bool)] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT product, supply, catalog, is_limited FROM stock") {
                known[row["product"]] = (row["supply"], row["catalog"], row["is_limited"])
            }
            for (product, before) in known where before.isLimited && counts[product] == nil {
                try database.execute(sql: "UPDATE stock SET is_limited = 0 WHERE product = ?", arguments: [product])
            }
            for (product, count) in counts {
                guard let before = known[product] else {
                    try database.execute(
                        sql: "INSERT INTO stock (product, supply, catalog) VALUES (?, ?, ?)", arguments: [product, count, count])
                    try Self.noteFileChange(database, product, before: 0, at: time)
                    continue
                }
                guard before.catalog != count || !before.isLimited else { continue }
                try Self.limit(database, product, count)
                try Self.noteFileChange(database, product, before: before.supply, at: time)
            }
        }
    }

    /// More than that of a product no owner can enter.
    public static let maximumSupply = 1_000_000_000

    /// Reserves for each line whose product's number is limited, all or nothing.
    /// - Throws: ``ShopStoreError/soldOut(product:available:)``.
    static func reserve(_ database: Database, _ lines: inout [OrderLine]) throws {
        for index in lines.indices where !lines[index].product.isEmpty {
            let line = lines[index]
            if let count = line.stock { try hear(database, line.product, count) }
            guard let stock = try fetchStock(database, line.product) else { continue }
            try database.execute(
                sql: "UPDATE stock SET held = held + ?1 WHERE product = ?2 AND is_limited AND supply - held - sold >= ?1",
                arguments: [line.quantity, line.product])
            guard database.changesCount == 1 else {
                throw ShopStoreError.soldOut(product: line.product, available: stock.available)
            }
            lines[index].takesStock = true
        }
    }

    /// An order can come before ``setCatalogStock(_:at:)`` has told of a new product. Of one that is known the order says nothing: it may
    /// have been on its way since before the catalog changed.
    private static func hear(_ database: Database, _ product: String, _ count: Int) throws {
        try database.execute(
            sql: "INSERT OR IGNORE INTO stock (product, supply, catalog) VALUES (?1, ?2, ?2)",
            arguments: [product, min(max(0, count), maximumSupply)])
    }

    /// The debt is what falling numbers would have taken below zero.
    private static func limit(_ database: Database, _ product: String, _ count: Int) throws {
        try database.execute(
            sql: """
                UPDATE stock SET
                    supply = MAX(0, supply + ?1 - catalog - CASE WHEN ?1 > catalog THEN MIN(debt, ?1 - catalog) ELSE 0 END),
                    debt = CASE WHEN ?1 > catalog THEN MAX(0, debt - (?1 - catalog)) ELSE debt + MAX(0, catalog - ?1 - supply) END,
                    catalog = ?1, is_limited = 1
                WHERE product = ?2
                """, arguments: [min(max(0, count), maximumSupply), product])
    }

    /// What an open order has reserved can be ordered by others again.
    static func free(_ database: Database, _ order: String) throws {
        try change(database, order, "held = held - line.quantity")
    }

    /// What an order has reserved is sold.
    static func sell(_ database: Database, _ order: String) throws {
        try change(database, order, "held = held - line.quantity, sold = sold + line.quantity")
    }

    private static func change(_ database: Database, _ order: String, _ change: String) throws {
        try database.execute(
            sql: """
                UPDATE stock SET \(change)
                FROM (SELECT product, SUM(quantity) AS quantity FROM order_line WHERE order_id = ? AND takes_stock GROUP BY product) AS line
                WHERE stock.product = line.product
                """, arguments: [order])
    }

    private static func fetchStock(_ database: Database, _ product: String) throws -> Stock? {
        try Row.fetchOne(database, sql: "SELECT * FROM stock WHERE product = ? AND is_limited", arguments: [product]).map(stock)
    }

    static func stock(_ row: Row) -> Stock {
        Stock(product: row["product"], supply: row["supply"], catalog: row["catalog"], held: row["held"], sold: row["sold"])
    }
}
