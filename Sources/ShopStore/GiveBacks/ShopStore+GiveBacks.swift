// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension ShopStore {
    /// Those whose next attempt is due, oldest first.
    public func giveBacks(dueAt now: Timestamp, limit: Int = 50) async throws -> [GiveBack] {
        try await writer.read { database in
            try Self.giveBacks(
                database, "WHERE g.state = 'wanted' AND g.next_try <= ? ORDER BY g.next_try LIMIT ?", [now.storedSeconds, limit])
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

    /// The backend has taken it on.
    public func gaveBack(_ hash: ContractHash) async throws {
        try await writer.write { database in
            try database.execute(
                sql: "UPDATE give_back SET state = 'asked', attempts = attempts + 1, error = NULL WHERE contract_hash = ?",
                arguments: [hash.bytes.stored])
        }
    }

    /// An attempt came to nothing.
    /// - Parameter next: nil when the backend will never do it.
    public func giveBackFailed(_ hash: ContractHash, error: String, next: Timestamp?) async throws {
        try await writer.write { database in
            try database.execute(
                sql: """
                    UPDATE give_back SET attempts = attempts + 1, error = ?, next_try = COALESCE(?, next_try), state = ?
                    WHERE contract_hash = ? AND state = 'wanted'
                    """,
                arguments: [
                    error, next?.storedSeconds, next == nil ? GiveBack.State.failed.rawValue : GiveBack.State.wanted.rawValue,
                    hash.bytes.stored,
                ])
        }
    }

    /// The owner wants another attempt at one that failed.
    public func retryGiveBack(_ hash: ContractHash, at now: Timestamp) async throws {
        try await writer.write { database in
            try database.execute(
                sql: "UPDATE give_back SET state = 'wanted', next_try = ? WHERE contract_hash = ? AND state = 'failed'",
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
