// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import GRDB

/// Databases that end with the process, all of one schema: its tables are made once and copied from then on.
public struct MemoryDatabases: Sendable {
    private let empty: Result<DatabaseQueue, any Error>

    /// - Parameter migrator: makes the tables. Rows that it writes are the same in all of the databases.
    public init(_ migrator: DatabaseMigrator) {
        empty = Result {
            let database = try DatabaseQueue()
            try migrator.migrate(database)
            return database
        }
    }

    /// Another one, as the migrations leave it.
    /// - Throws: GRDB's errors, those of the migrations among them.
    public func make() throws -> DatabaseQueue {
        let database = try DatabaseQueue()
        try empty.get().backup(to: database)
        return database
    }
}
