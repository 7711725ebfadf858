// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import SQLiteStore
import TalerWire

/// The merchant's database. A method is one transaction; when it returns, what it wrote is on the disk.
public struct MerchantStore: Sendable {
    let database: any DatabaseWriter
    private static let memory = MemoryDatabases(Schema.migrator)

    /// Opens or makes the database file, mode 0600.
    /// - Throws: ``MerchantStoreError/database(_:)``.
    public static func open(at path: String) throws(MerchantStoreError) -> MerchantStore {
        try orFail { try MerchantStore(SQLiteFile.open(path, label: "merchant")) }
    }

    /// A database that is gone with the process, for tests.
    public static func inMemory() throws(MerchantStoreError) -> MerchantStore {
        try orFail { try MerchantStore(memory.make()) }
    }

    /// Opens a file that is there for reading alone: beside a process that serves from it, or without one. What writes fails, and
    /// nothing is migrated: ``schema()`` says whether this program can read it.
    /// - Throws: ``MerchantStoreError/database(_:)``.
    public static func openReadOnly(at path: String) throws(MerchantStoreError) -> MerchantStore {
        try orFail { MerchantStore(asItIs: try SQLiteFile.openReadOnly(path, label: "merchant")) }
    }

    private init(_ database: any DatabaseWriter) throws {
        self.database = database
        try Schema.migrator.migrate(database)
    }

    init(asItIs database: any DatabaseWriter) { self.database = database }

    /// Reads one row, so that a database that does not answer is found out.
    public func check() async throws(MerchantStoreError) {
        try await Self.orFailAsync { _ = try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM account") } }
    }

    /// Closes the files; what was committed is safe without it.
    public func close() { try? database.close() }

    // MARK: Errors

    static func orFail<Result>(_ body: () throws -> Result) throws(MerchantStoreError) -> Result {
        do { return try body() } catch let error as MerchantStoreError { throw error } catch { throw .database("\(error)") }
    }

    static func orFailAsync<Result>(_ body: () async throws -> Result) async throws(MerchantStoreError) -> Result {
        do { return try await body() } catch let error as MerchantStoreError { throw error } catch { throw .database("\(error)") }
    }
}

extension Timestamp {
    /// Seconds since 1970; "never" is the largest 64-bit number.
    var storedSeconds: Int64 { seconds.map { Int64(clamping: $0) } ?? .max }

    init(stored seconds: Int64) throws(MerchantStoreError) {
        if seconds == .max {
            self = .never
            return
        }
        guard seconds >= 0, let time = try? Timestamp(seconds: UInt64(seconds)) else { throw .corrupt("a time out of range") }
        self = time
    }
}
