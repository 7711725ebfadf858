// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension BookSnapshot {
    /// Everything that the tables must say of each other, and SQLite's own word on the file.
    public func checkRules(_ findings: Findings) async throws {
        try await reader.read { database in
            for rule in BookRule.all {
                do {
                    let rows = try Row.fetchCursor(database, sql: rule.query)
                    while let row = try rows.next() { findings.add("\(rule.claim): not so for \(rule.name) \(Self.key(row))") }
                } catch let error as DatabaseError {
                    findings.add("\(rule.claim): this cannot be said, for \(error.message ?? "the database fails")")
                }
            }
            let missing = try Row.fetchCursor(database, sql: "PRAGMA foreign_key_check")
            while let row = try missing.next() {
                let (child, parent) = (Self.key(row), Self.key(row, at: 2))
                findings.add("every row that is pointed at is there: not so for one of \(parent) that \(child) points at")
            }
            for complaint in try String.fetchAll(database, sql: "PRAGMA integrity_check(100)") where complaint != "ok" {
                findings.add("the database is whole: SQLite says \(complaint)")
            }
        }
    }
}
