// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import SQLiteStore
public import TalerWire

/// The bank's books: a double-entry ledger in SQLite, in one currency.
///
/// Every transfer is two entries, and a rejected one two more, in one transaction; entries are never changed. No balance falls below
/// its account's debt limit, and the sum over all accounts is zero: ``audit()`` proves it.
public struct BankStore: Sendable {
    public let currency: Currency
    let database: any DatabaseWriter
    private static let memory = MemoryDatabases(BankSchema.migrator)

    /// The largest amount, balance and debt limit in units of 10^-8: 4 × 10^10 whole units. Two of them still fit into 64 bits.
    public static let maximumUnits: Int64 = 4_000_000_000_000_000_000

    /// Opens the database file, made with mode 0600 if there is none.
    /// - Throws: ``BankStoreError/otherCurrency(_:)``, ``BankStoreError/database(_:)``.
    public static func open(at path: String, currency: Currency) throws(BankStoreError) -> BankStore {
        do {
            return try BankStore(SQLiteFile.open(path, label: "bank"), currency)
        } catch let error as BankStoreError { throw error } catch { throw .database("\(error)") }
    }

    /// Opens the database file only to look into it, beside a bank that serves from it: nothing is made, migrated or written.
    /// - Throws: ``BankStoreError/otherCurrency(_:)``, ``BankStoreError/database(_:)``.
    public static func openReadOnly(at path: String, currency: Currency) throws(BankStoreError) -> BankStore {
        do {
            let database = try SQLiteFile.openReadOnly(path, label: "bank")
            return try BankStore(database, currency, knowing: database.read { try String.fetchOne($0, sql: "SELECT currency FROM bank") })
        } catch let error as BankStoreError { throw error } catch { throw .database("\(error)") }
    }

    /// Books that are gone with the last copy of the value.
    public static func inMemory(currency: Currency) throws(BankStoreError) -> BankStore {
        do { return try BankStore(memory.make(), currency) } catch let error as BankStoreError {
            throw error
        } catch { throw .database("\(error)") }
    }

    private init(_ database: any DatabaseWriter, _ currency: Currency) throws {
        try BankSchema.migrator.migrate(database)
        let existing = try database.write { db in
            try db.execute(sql: "INSERT OR IGNORE INTO bank (id, currency) VALUES (1, ?)", arguments: [currency.text])
            return try String.fetchOne(db, sql: "SELECT currency FROM bank")
        }
        try self.init(database, currency, knowing: existing)
    }

    private init(_ database: any DatabaseWriter, _ currency: Currency, knowing existing: String?) throws(BankStoreError) {
        guard existing == currency.text else { throw BankStoreError.otherCurrency(existing ?? "") }
        self.database = database
        self.currency = currency
    }

    /// True when a committed transaction survives a loss of power: `synchronous` is FULL.
    public func isDurable() async throws(BankStoreError) -> Bool {
        try await write { try Int.fetchOne($0, sql: "PRAGMA synchronous") == 2 }
    }

    func write<Value: Sendable>(_ work: @Sendable (Database) throws -> Value) async throws(BankStoreError) -> Value {
        do { return try await database.write(work) } catch let error as BankStoreError { throw error } catch { throw .database("\(error)") }
    }

    func read<Value: Sendable>(_ work: @Sendable (Database) throws -> Value) async throws(BankStoreError) -> Value {
        do { return try await database.read(work) } catch let error as BankStoreError { throw error } catch { throw .database("\(error)") }
    }

    /// - Throws: ``BankStoreError/currencyMismatch``, ``BankStoreError/amountTooLarge``.
    func units(_ amount: Amount) throws(BankStoreError) -> Int64 {
        guard amount.currency == currency else { throw .currencyMismatch }
        guard let units = Int64(exactly: amount.units), units <= Self.maximumUnits else { throw .amountTooLarge }
        return units
    }

    func amount(_ units: Int64) throws(BankStoreError) -> Amount {
        do { return try Amount.make(currency, total: UInt128(units.magnitude)) } catch {
            throw .database("an amount of \(units) units is in the books")
        }
    }
}
