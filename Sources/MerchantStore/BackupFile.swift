// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import SQLiteStore
public import TalerWire

/// A backup: an SQLite file with the merchant's tables, and one more that holds what else a restored shop needs.
public struct BackupFile: Sendable {
    /// The seed of the merchant's key, raw. A secret.
    public let keySeed: [UInt8]
    /// The frontends' token. A secret.
    public let token: String
    public let made: Timestamp
    public let keys: [MerchantPublicKey]
    public let path: String

    public enum Failure: Error, Equatable, CustomStringConvertible {
        case notABackup(String)
        case damaged(String, [String])
        case ofNewerProgram(String)

        public var description: String {
            switch self {
            case .notABackup(let path): "\(path) is no backup of a merchant backend"
            case .damaged(let path, let what): "\(path) is damaged: \(what.joined(separator: "; "))"
            case .ofNewerProgram(let path): "\(path) was made by a newer version of this program"
            }
        }
    }

    /// Reads a backup and checks every page of it.
    /// - Throws: ``Failure``.
    public init(reading path: String) async throws {
        self.path = path
        guard let file = try? SQLiteFile.openReadOnly(path, label: "backup") else { throw Failure.notABackup(path) }
        let store = MerchantStore(asItIs: file)
        defer { store.close() }
        do {
            let damage = try await store.damage(thoroughly: true)
            guard damage.isEmpty else { throw Failure.damaged(path, damage) }
            let row = try file.read { database in
                guard try database.tableExists("backup") else { throw Failure.notABackup(path) }
                switch try MerchantStore.schema(database) {
                case .foreign: throw Failure.notABackup(path)
                case .newer: throw Failure.ofNewerProgram(path)
                case .older, .current: break
                }
                return try Row.fetchOne(database, sql: "SELECT key_seed, token, made FROM backup")
            }
            guard let row, let seed: Data = row["key_seed"] else { throw Failure.notABackup(path) }
            keySeed = Array(seed)
            token = row["token"]
            made = try Timestamp(stored: row["made"])
            keys = try store.merchantKeys()
        } catch let error as Failure { throw error } catch { throw Failure.damaged(path, ["\(error)"]) }
    }

    /// Makes a database file out of the backup, without its secrets.
    /// - Parameter target: a file that is not there yet.
    public func restore(to target: String) throws(MerchantStoreError) {
        try MerchantStore.orFail {
            let source = try SQLiteFile.openReadOnly(path, label: "backup")
            defer { try? source.close() }
            let copy = try SQLiteFile.createSingle(target, label: "restore")
            defer { try? copy.close() }
            try source.backup(to: copy)
            try copy.writeWithoutTransaction { database in
                // Nothing of the key may stay in pages that are free now.
                try database.execute(sql: "PRAGMA secure_delete = ON; DROP TABLE backup; VACUUM")
            }
        }
    }
}

extension MerchantStore {
    /// Writes all that was committed up to now into one file, while others read and write.
    /// - Parameters:
    ///   - path: a file that is not there yet; mode 0600.
    ///   - keySeed: of the merchant's key: without it the database is worth little.
    public func backUp(to path: String, keySeed: [UInt8], token: String, now: Timestamp) throws(MerchantStoreError) {
        try Self.orFail {
            let copy = try SQLiteFile.createSingle(path, label: "backup")
            defer { try? copy.close() }
            try database.backup(to: copy)
            try copy.writeWithoutTransaction { database in
                try database.execute(
                    sql: """
                        PRAGMA journal_mode = DELETE;
                        CREATE TABLE backup (key_seed BLOB NOT NULL, token TEXT NOT NULL, made INTEGER NOT NULL) STRICT;
                        """)
                try database.execute(
                    sql: "INSERT INTO backup (key_seed, token, made) VALUES (?, ?, ?)",
                    arguments: [Data(keySeed), token, now.storedSeconds])
            }
            let damage = try copy.read { try String.fetchAll($0, sql: "PRAGMA quick_check(10)").filter { $0 != "ok" } }
            guard damage.isEmpty else { throw MerchantStoreError.corrupt(damage.joined(separator: "; ")) }
        }
    }
}
