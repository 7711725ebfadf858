// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import SQLiteStore
public import TalerWire

/// The exchange's books in SQLite: its keys, its customers' reserves, the coins it has seen. Every method is one transaction.
///
/// The file holds private keys: it and its `-wal` and `-shm` companions have mode 0600.
public struct ExchangeStore: Sendable {
    /// The only currency of every amount in here.
    public let currency: Currency
    let database: Books
    private static let memory = MemoryDatabases(Schema.migrator)

    /// Opens or makes the database file; brings its schema up to date.
    /// - Throws: ``ExchangeStoreError/otherCurrency(_:)`` when the books are in another currency; `SQLiteFile.Failure`; GRDB's errors.
    public static func open(at path: String, currency: Currency) throws -> ExchangeStore {
        let database = try SQLiteFile.open(path, label: "exchange")
        // The file may have been put there with another mode.
        for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
        return try ExchangeStore(database, currency)
    }

    /// Opens a database that a setup has made; leaves no empty file behind where there is none.
    /// - Throws: ``ExchangeStoreError/missing(_:)``; as ``open(at:currency:)``.
    public static func openExisting(at path: String, currency: Currency) throws -> ExchangeStore {
        guard FileManager.default.fileExists(atPath: path) else { throw ExchangeStoreError.missing(path) }
        return try open(at: path, currency: currency)
    }

    /// Opens a database that is there, beside a process that serves from it, and never writes to it.
    /// - Throws: ``ExchangeStoreError/missing(_:)``, ``ExchangeStoreError/otherVersion`` when another version of this program keeps it,
    ///   ``ExchangeStoreError/otherCurrency(_:)``; GRDB's errors.
    public static func openReadOnly(at path: String, currency: Currency) throws -> ExchangeStore {
        guard FileManager.default.fileExists(atPath: path) else { throw ExchangeStoreError.missing(path) }
        var configuration = Configuration()
        configuration.label = "exchange"
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let database = try DatabasePool(path: path, configuration: configuration)
        let stored = try database.read { database in
            guard try Schema.migrator.hasCompletedMigrations(database), try !Schema.migrator.hasBeenSuperseded(database) else {
                throw ExchangeStoreError.otherVersion
            }
            return try String.fetchOne(database, sql: "SELECT currency FROM exchange")
        }
        return try ExchangeStore(database, currency, knowing: stored)
    }

    /// Books that vanish with the process, for tests.
    public static func inMemory(currency: Currency) throws -> ExchangeStore {
        try ExchangeStore(memory.make(), currency)
    }

    /// - Parameter stored: the currency that the books are in.
    private init(_ database: any DatabaseWriter, _ currency: Currency, knowing stored: String?) throws(ExchangeStoreError) {
        guard stored == currency.text else { throw .otherCurrency(stored ?? "") }
        self.database = Books(writer: database)
        self.currency = currency
    }

    private init(_ database: any DatabaseWriter, _ currency: Currency) throws {
        try Schema.migrator.migrate(database)
        let stored = try database.write { database in
            try database.execute(
                sql: "INSERT INTO exchange (id, currency) VALUES (1, ?) ON CONFLICT (id) DO NOTHING", arguments: [currency.text])
            return try String.fetchOne(database, sql: "SELECT currency FROM exchange")
        }
        try self.init(database, currency, knowing: stored)
    }

    /// The offline key that everything in here is signed with; nil before the first setup.
    public func master() async throws -> MasterPublicKey? {
        try await database.read { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT master_pub FROM exchange WHERE master_pub IS NOT NULL") else {
                return nil
            }
            return try row.bytes("master_pub")
        }
    }

    /// Makes these the books of that offline key, for good.
    /// - Throws: ``ExchangeStoreError/otherMaster`` when they already are another key's.
    public func bind(to master: MasterPublicKey) async throws {
        try await database.write { database in
            try database.execute(
                sql: "UPDATE exchange SET master_pub = ? WHERE master_pub IS NULL OR master_pub = ?",
                arguments: [master.data, master.data])
            guard database.changesCount == 1 else { throw ExchangeStoreError.otherMaster }
        }
    }
}
