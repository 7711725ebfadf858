// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import SQLiteStore
import Testing

struct MemoryDatabasesTests {
    private var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER REFERENCES t) STRICT") }
        return migrator
    }

    @Test func eachHasTheTablesAndRowsOfItsOwn() throws {
        let databases = MemoryDatabases(migrator)
        let (first, second) = (try databases.make(), try databases.make())
        try first.write { try $0.execute(sql: "INSERT INTO t VALUES (1, 1)") }
        func rows(_ database: DatabaseQueue) throws -> Int? { try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") } }
        #expect(try rows(first) == 1)
        #expect(try rows(second) == 0)
        #expect(try rows(databases.make()) == 0)
        #expect(try first.read { try migrator.hasCompletedMigrations($0) })
        #expect(throws: DatabaseError.self) { try second.write { try $0.execute(sql: "INSERT INTO t VALUES (1, 7)") } }
    }

    @Test func aMigrationThatFailsIsAnErrorEachTime() {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: "CREATE TABLE") }
        let databases = MemoryDatabases(migrator)
        for _ in 0..<2 { #expect(throws: DatabaseError.self) { _ = try databases.make() } }
    }
}
