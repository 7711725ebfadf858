// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension ShopStore {
    /// Those whose next attempt is due, longest due first.
    public func giveBacks(dueAt now: Timestamp, limit: Int = 50) async throws -> [GiveBack] {
        try await giveBacks(.wanted, dueAt: now, limit: limit)
    }

    /// Those that the backend has, and whose outcome is to be looked at.
    public func giveBacksToWatch(at now: Timestamp, limit: Int = 50) async throws -> [GiveBack] {
        try await giveBacks(.asked, dueAt: now, limit: limit)
    }

    private func giveBacks(_ state: GiveBack.State, dueAt now: Timestamp, limit: Int) async throws -> [GiveBack] {
        try await writer.read { database in
            try Self.giveBacks(
                database, "WHERE g.state = '\(state.rawValue)' AND \(Self.isDue("g.next_try")) ORDER BY g.next_try, g.rowid LIMIT ?2",
                [now.storedSeconds, limit])
        }
    }

    /// Those of one order, oldest first.
    public func giveBacks(of order: OrderID) async throws -> [GiveBack] {
        try await writer.read { database in try Self.giveBacks(database, "WHERE g.order_id = ? ORDER BY g.created", [order.text]) }
    }

    /// Those that the owner has to see to.
    public func failedGiveBacks(limit: Int = 100) async throws -> [GiveBack] {
        try await writer.read { database in
            try Self.giveBacks(database, "WHERE g.state = 'failed' ORDER BY g.created DESC LIMIT ?", [limit])
        }
    }

    /// The backend has it.
    /// - Parameter isDone: the buyer has everything back; else its outcome is looked at again, at growing distances.
    public func gaveBack(_ hash: ContractHash, isDone: Bool, at now: Timestamp) async throws {
        try await writer.write { database in
            try database.execute(
                sql: """
                    UPDATE give_back SET attempts = CASE state WHEN 'asked' THEN attempts + 1 ELSE 0 END, state = 'asked', error = NULL,
                        next_try = CASE WHEN ?1 THEN \(Int64.max) ELSE ?2 + \(Self.pause("CASE state WHEN 'asked' THEN attempts ELSE 0 END")) END
                    WHERE contract_hash = ?3
                    """, arguments: [isDone, now.storedSeconds, hash.bytes.stored])
        }
    }

    /// An attempt came to nothing, or a look at what came of it.
    /// - Parameter isFinal: the backend, or an exchange, will never do it.
    public func giveBackFailed(_ hash: ContractHash, error: String, isFinal: Bool, at now: Timestamp) async throws {
        try await writer.write { database in
            try database.execute(
                sql: """
                    UPDATE give_back SET attempts = attempts + 1, error = ?1, state = CASE WHEN ?2 THEN 'failed' ELSE state END,
                        next_try = ?3 + \(Self.pause("attempts"))
                    WHERE contract_hash = ?4 AND state <> 'failed'
                    """, arguments: [error, isFinal, now.storedSeconds, hash.bytes.stored])
        }
    }

    /// Seconds to the next attempt: 15, then twice as long each time, up to an hour.
    private static func pause(_ attempts: String) -> String { "MIN(\(longestPause), 15 << MIN(\(attempts), 16))" }

    /// The owner wants another attempt at one that failed.
    public func retryGiveBack(_ hash: ContractHash, at now: Timestamp) async throws {
        try await writer.write { database in
            try database.execute(
                sql: "UPDATE give_back SET state = 'wanted', attempts = 0, next_try = ? WHERE contract_hash = ? AND state = 'failed'",
                arguments: [now.storedSeconds, hash.bytes.stored])
        }
    }

    static func addGiveBack(_ database: Database, _ offer: OfferRow, _ reason: GiveBack.Reason, at now: Timestamp) throws {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO give_back (contract_hash, order_id, reason, created, next_try) VALUES (?, ?, ?, ?, ?)
                """, arguments: [offer.contractHash, offer.orderID, reason.rawValue, now.storedSeconds, now.storedSeconds])
    }

    private static func giveBacks(_ database: Database, _ condition: String, _ arguments: StatementArguments) throws -> [GiveBack] {
        try Row.fetchAll(
            database,
            sql: "SELECT g.*, o.currency, o.value, o.fraction FROM give_back g JOIN orders o ON o.id = g.order_id \(condition)",
            arguments: arguments
        ).map { row in
            let hashBytes: [UInt8] = Array(row["contract_hash"] as Data)
            guard let hash = try? ContractHash(hashBytes), let order = OrderID(row["order_id"] as String),
                let reason = GiveBack.Reason(rawValue: row["reason"]), let state = GiveBack.State(rawValue: row["state"])
            else { throw ShopStoreError.damaged("a refund that is due") }
            return GiveBack(
                contractHash: hash, order: order, amount: try Amount(row, "value", "fraction"), reason: reason,
                created: try Timestamp(storedSeconds: row["created"]), state: state, attempts: row["attempts"], error: row["error"])
        }
    }
}
