// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import SQLiteStore
import TalerWire

/// A wallet's database: keys, coins, payments. A method is one transaction; when it returns, what it wrote is on the disk.
public struct WalletStore: Sendable {
    let database: any DatabaseWriter
    private let lock: WalletLock?
    private static let memory = MemoryDatabases(Schema.migrator)

    /// Opens or makes the database, readable by its owner alone: WAL, `synchronous=FULL`, foreign keys on. One process at a time.
    /// - Throws: ``WalletStoreError/inUse(_:)``, ``WalletStoreError/database(_:)``.
    public static func open(at path: String) throws(WalletStoreError) -> WalletStore {
        try orFail {
            try makeFile(path)
            let lock = try WalletLock(path)
            return try WalletStore(SQLiteFile.open(path, label: "wallet"), lock)
        }
    }

    /// A database that is gone with the process, for tests.
    public static func inMemory() throws(WalletStoreError) -> WalletStore {
        try orFail { try WalletStore(memory.make(), nil) }
    }

    private init(_ database: any DatabaseWriter, _ lock: WalletLock?) throws {
        self.database = database
        self.lock = lock
        try Schema.migrator.migrate(database)
    }

    /// True when a commit that has returned survives a loss of power.
    public func isDurable() async throws(WalletStoreError) -> Bool {
        try await write { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2
    }

    /// Closes the files; what was committed is safe without it.
    public func close() {
        try? database.close()
        lock?.release()
    }

    /// SQLite gives its side files the mode of the database file.
    private static func makeFile(_ path: String) throws {
        let files = FileManager.default
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty, !files.fileExists(atPath: folder) {
            do {
                try files.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch { throw WalletStoreError.database("the folder \(folder) cannot be made") }
        }
        for file in [path, WalletLock.file(path)] {
            if !files.fileExists(atPath: file) {
                guard files.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0o600]) else {
                    throw WalletStoreError.database("\(file) cannot be made")
                }
            }
            try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
    }

    // MARK: Errors

    static func orFail<Result>(_ body: () throws -> Result) throws(WalletStoreError) -> Result {
        do { return try body() } catch let error as WalletStoreError { throw error } catch { throw .database("\(error)") }
    }

    func read<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws(WalletStoreError) -> Result {
        do { return try await database.read(body) } catch let error as WalletStoreError { throw error } catch {
            throw .database("\(error)")
        }
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws(WalletStoreError) -> Result {
        do { return try await database.write(body) } catch let error as WalletStoreError { throw error } catch {
            throw .database("\(error)")
        }
    }
}
