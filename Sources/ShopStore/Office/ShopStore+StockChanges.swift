// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ShopStore {
    /// The owner has counted, thrown away or taken back.
    /// - Parameters:
    ///   - difference: is added to the supply.
    ///   - form: the form's random name: sent twice, it makes one change.
    public func changeSupply(of product: String, by difference: Int, reason: String, form: String?, at now: Timestamp) async throws
        -> StockChange.Outcome
    {
        try await changeSupply(of: product, by: difference, reason: reason, form: form, evenUnlimited: false, at: now)
    }

    /// As ``changeSupply(of:by:reason:form:at:)``.
    /// - Parameter evenUnlimited: whether a product that was counted, and is not limited now, is changed as well.
    func changeSupply(
        of product: String, by difference: Int, reason: String, form: String?, evenUnlimited: Bool, at now: Timestamp
    ) async throws -> StockChange.Outcome {
        try await writer.write { database in
            if let form, let known = try Self.stockChanges(database, "WHERE form = ?", [form]).first { return .doneBefore(known) }
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM stock WHERE product = ? AND (is_limited OR ?)", arguments: [product, evenUnlimited])
            guard let row else { return .notLimited }
            let before = Self.stock(row)
            let (supply, overflow) = before.supply.addingReportingOverflow(difference)
            guard !overflow, (0...Self.maximumSupply).contains(supply) else { return .outOfRange(before) }
            try database.execute(sql: "UPDATE stock SET supply = ? WHERE product = ?", arguments: [supply, product])
            try database.execute(
                sql: """
                    INSERT INTO stock_change (product, time, difference, supply, origin, reason, form) VALUES (?, ?, ?, ?, 'owner', ?, ?)
                    """, arguments: [product, now.storedSeconds, difference, supply, reason, form])
            guard let change = try Self.stockChanges(database, "WHERE id = ?", [database.lastInsertedRowID]).first else {
                throw ShopStoreError.damaged("the changes of the stock")
            }
            return .done(change)
        }
    }

    /// The newest first.
    public func stockChanges(of product: String, limit: Int = 100) async throws -> [StockChange] {
        try await writer.read { database in
            try Self.stockChanges(database, "WHERE product = ? ORDER BY id DESC LIMIT ?", [product, limit])
        }
    }

    public func stockChange(_ id: Int64) async throws -> StockChange? {
        try await writer.read { database in try Self.stockChanges(database, "WHERE id = ?", [id]).first }
    }

    /// All products whose number is limited or was, by name.
    public func stockEntries() async throws -> [StockEntry] {
        try await writer.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM stock ORDER BY product").map {
                StockEntry(stock: Self.stock($0), isLimited: $0["is_limited"])
            }
        }
    }

    /// As ``stockEntries()``, of one product.
    public func stockEntry(_ product: String) async throws -> StockEntry? {
        try await writer.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM stock WHERE product = ?", arguments: [product]).map {
                StockEntry(stock: Self.stock($0), isLimited: $0["is_limited"])
            }
        }
    }

    /// Writes down what a product's file has changed.
    /// - Parameter time: nil for now, by the system's clock.
    static func noteFileChange(_ database: Database, _ product: String, before: Int, at time: Timestamp?) throws {
        try database.execute(
            sql: """
                INSERT INTO stock_change (product, time, difference, supply, origin, reason)
                SELECT product, COALESCE(?, unixepoch()), supply - ?, supply, 'file', '' FROM stock WHERE product = ? AND supply <> ?
                """, arguments: [time?.storedSeconds, before, product, before])
    }

    private static func stockChanges(_ database: Database, _ condition: String, _ arguments: StatementArguments) throws -> [StockChange] {
        try Row.fetchAll(database, sql: "SELECT * FROM stock_change \(condition)", arguments: arguments).map { row in
            guard let origin = StockChange.Origin(rawValue: row["origin"]) else {
                throw ShopStoreError.damaged("the changes of the stock")
            }
            return StockChange(
                id: row["id"], product: row["product"], time: try Timestamp(storedSeconds: row["time"]), difference: row["difference"],
                supply: row["supply"], origin: origin, reason: row["reason"])
        }
    }
}
