// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
public import GRDB

/// Opens database files in the one way in which all stores need them.
public enum SQLiteFile {
    public enum Failure: Error, Equatable, CustomStringConvertible {
        case cannotCreate(String)
        /// A commit would not survive a loss of power.
        case notSynchronous

        public var description: String {
            switch self {
            case .cannotCreate(let path): "the file \(path) cannot be made"
            case .notSynchronous: "SQLite does not take synchronous=FULL"
            }
        }
    }

    /// A pool on the file, which is made if it is not there: mode 0600 (SQLite gives it to the `-wal` and `-shm` files as well),
    /// write-ahead log, `synchronous=FULL`, foreign keys on, ten seconds of patience with other processes.
    /// - Throws: ``Failure``, GRDB's errors.
    public static func open(_ path: String, label: String) throws -> DatabasePool {
        let files = FileManager.default
        if !files.fileExists(atPath: path) {
            guard files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
                throw Failure.cannotCreate(path)
            }
        }
        var configuration = Configuration()
        configuration.label = label
        configuration.busyMode = .timeout(10)
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB sets NORMAL when it turns the write-ahead log on, which may lose the last commits when the power fails: so this comes
        // after, on the only connection that writes.
        let level = try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            return try Int.fetchOne(database, sql: "PRAGMA synchronous")
        }
        guard level == 2 else { throw Failure.notSynchronous }
        return pool
    }

    /// A connection to a file that is there, which cannot write to it, also while another process serves from it.
    /// - Throws: GRDB's errors.
    public static func openReadOnly(_ path: String, label: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = label
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// A fresh file without a write-ahead log, so that it is one file when it is closed: mode 0600, `synchronous=FULL`.
    /// - Throws: ``Failure/cannotCreate(_:)``, GRDB's errors.
    public static func createSingle(_ path: String, label: String) throws -> DatabaseQueue {
        let files = FileManager.default
        guard !files.fileExists(atPath: path),
            files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw Failure.cannotCreate(path) }
        var configuration = Configuration()
        configuration.label = label
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
