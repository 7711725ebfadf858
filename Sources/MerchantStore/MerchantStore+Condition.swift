// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension MerchantStore {
    /// How a database's tables relate to those that this program knows.
    public enum SchemaState: Sendable, Equatable {
        case current
        /// Of an older program: ``open(at:)`` brings it up to date.
        case older
        /// Of a newer program: this one cannot work with it.
        case newer
        /// No database of a merchant.
        case foreign
    }

    public func schema() async throws(MerchantStoreError) -> SchemaState {
        try await Self.orFailAsync { try await database.read { try Self.schema($0) } }
    }

    static func schema(_ database: Database) throws -> SchemaState {
        guard try database.tableExists("contract"), try database.tableExists("account") else { return .foreign }
        if try Schema.migrator.hasBeenSuperseded(database) { return .newer }
        return try Schema.migrator.hasCompletedMigrations(database) ? .current : .older
    }

    /// What SQLite finds wrong with the file; empty when nothing is.
    /// - Parameter thoroughly: compares every index with its table as well, which takes longer.
    public func damage(thoroughly: Bool = false) async throws(MerchantStoreError) -> [String] {
        try await Self.orFailAsync {
            try await database.read { database in
                try String.fetchAll(database, sql: thoroughly ? "PRAGMA integrity_check(10)" : "PRAGMA quick_check(10)").filter {
                    $0 != "ok"
                }
            }
        }
    }

    /// Bytes of the database without its log.
    public func byteCount() async throws(MerchantStoreError) -> Int64 {
        try await Self.orFailAsync {
            try await database.read { database in
                try Int64.fetchOne(database, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
            }
        }
    }

    /// True when a write could be begun.
    public func canWrite() async -> Bool {
        do {
            try await database.writeWithoutTransaction { database in
                try database.execute(sql: "BEGIN IMMEDIATE; ROLLBACK")
            }
            return true
        } catch { return false }
    }

    /// The keys whose accounts are in here; empty before the first start.
    public func merchantKeys() throws(MerchantStoreError) -> [MerchantPublicKey] {
        try Self.orFail {
            try database.read { database in
                try Row.fetchAll(database, sql: "SELECT DISTINCT merchant_pub FROM account").map { try $0.fixed("merchant_pub") }
            }
        }
    }
}
