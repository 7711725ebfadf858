// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension BankStore {
    /// Begins a session and forgets those that are over. Of an account that has more than ``SessionLimits/perAccount``, the oldest ends.
    /// - Parameters:
    ///   - key: a hash of what the browser keeps, so that the database alone opens nothing.
    ///   - earlier: the session of the same browser that ends now, if there is one.
    /// - Throws: ``BankStoreError/unknownAccount``.
    public func beginSession(
        _ key: HashCode, of account: Int64, replacing earlier: HashCode? = nil, limits: SessionLimits, at time: Timestamp
    ) async throws(BankStoreError) -> Session {
        try await write { db in
            let now = time.databaseSeconds
            try endSessions(db, where: "used_at < ?", [now - limits.idle])
            try endSessions(db, where: "begun_at < ?", [now - limits.total])
            if let earlier { try endSessions(db, where: "key_hash = ?", [Data(earlier.bytes)]) }
            try endSessions(
                db, where: "id IN (SELECT id FROM session WHERE account = ? ORDER BY id DESC LIMIT -1 OFFSET ?)",
                [account, SessionLimits.perAccount - 1])
            let owner = try self.account(db, number: account)
            try db.execute(
                sql: "INSERT INTO session (key_hash, account, begun_at, used_at) VALUES (?, ?, ?, ?)",
                arguments: [Data(key.bytes), account, now, now])
            return Session(id: db.lastInsertedRowID, account: owner)
        }
    }

    /// The session with that key, which lasts longer for being used. Nil when there is none or it is over.
    public func session(_ key: HashCode, limits: SessionLimits, at time: Timestamp) async throws(BankStoreError) -> Session? {
        let now = time.databaseSeconds
        let found = try await read { db -> (session: Session, used: Int64)? in
            let row = try Row.fetchOne(
                db, sql: "SELECT id, account, used_at FROM session WHERE key_hash = ? AND used_at >= ? AND begun_at >= ?",
                arguments: [Data(key.bytes), now - limits.idle, now - limits.total])
            guard let row else { return nil }
            return (Session(id: row["id"], account: try account(db, number: row["account"])), row["used_at"])
        }
        guard let found else { return nil }
        // Once a minute is enough: a page that is only read does not cost a write each time.
        if now >= found.used + min(60, limits.idle / 2 + 1) {
            try await write {
                try $0.execute(sql: "UPDATE session SET used_at = ? WHERE id = ? AND used_at < ?", arguments: [now, found.session.id, now])
            }
        }
        return found.session
    }

    /// Ends a session; nothing happens when there is none.
    public func endSession(_ key: HashCode) async throws(BankStoreError) {
        try await write { try endSessions($0, where: "key_hash = ?", [Data(key.bytes)]) }
    }

    /// With what was confirmed in them and not paid, which nobody can pay any more.
    private func endSessions(_ db: Database, where condition: String, _ arguments: StatementArguments) throws {
        for session in try Int64.fetchAll(db, sql: "SELECT id FROM session WHERE \(condition)", arguments: arguments) {
            try db.execute(sql: "DELETE FROM withdrawal WHERE session = ? AND transfer IS NULL", arguments: [session])
            try db.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [session])
        }
    }
}
