// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import SQLiteStore
import Testing

struct SQLiteFileTests {
    @Test func aFileIsPrivateLoggedAheadAndSynchronous() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("test.sqlite").path
        let pool = try SQLiteFile.open(path, label: "test")
        try pool.write { database in try database.execute(sql: "CREATE TABLE t (a INTEGER) STRICT") }
        let (synchronous, journal, foreignKeys) = try pool.writeWithoutTransaction { database in
            (
                try Int.fetchOne(database, sql: "PRAGMA synchronous"), try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(database, sql: "PRAGMA foreign_keys")
            )
        }
        #expect(synchronous == 2)
        #expect(journal == "wal")
        #expect(foreignKeys == 1)
        for suffix in ["", "-wal", "-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: path + suffix)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
        }
    }

    @Test func aFolderThatIsNotThereIsAnError() {
        #expect(throws: SQLiteFile.Failure.cannotCreate("/nowhere/at/all.sqlite")) {
            _ = try SQLiteFile.open("/nowhere/at/all.sqlite", label: "test")
        }
    }
}
