// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import Foundation
import GRDB
import TalerWire
import Testing

@Suite struct AuditTests {
    /// Books of two accounts with a transfer of 2 and one of 3 that was rejected, changed behind the store's back.
    private func audit(after sql: String) async throws -> LedgerAudit {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("bank.db").path
        let store = try BankStore.open(at: path, currency: Currency("KUDOS"))
        let now = try Timestamp(seconds: 1_700_000_000)
        var numbers: [Int64] = []
        for name in ["a", "b"] {
            let plan = AccountPlan(name: name, receiverName: name, passwordHash: nil, debtLimit: try Amount("KUDOS:10"))
            numbers.append(try await store.provide(plan, at: now).number)
        }
        var row: Int64 = 0
        for amount in ["KUDOS:2", "KUDOS:3"] {
            row = try await store.transfer(Amount(amount), from: numbers[0], to: numbers[1], subject: "", at: now).rowID
        }
        try await store.reject(row: row, by: numbers[1], at: now)
        let intruder = try DatabaseQueue(path: path)
        try await intruder.write { try $0.execute(sql: sql) }
        return try await store.audit()
    }

    @Test func untouchedBooksAreSound() async throws {
        #expect(try await audit(after: "SELECT 1") == LedgerAudit(accounts: 2, transfers: 2, entries: 6))
    }

    @Test(arguments: [
        "UPDATE account SET balance = balance + 1 WHERE name = 'a'",
        "PRAGMA ignore_check_constraints = ON; UPDATE account SET balance = -100000000000 WHERE name = 'a'",
        "UPDATE transfer SET amount = amount + 1 WHERE row_id = 1",
        "UPDATE transfer SET cancelled_at = 5 WHERE row_id = 1",
        "UPDATE transfer SET cancelled_at = NULL WHERE row_id = 2",
        "DROP TRIGGER entry_is_final; UPDATE entry SET amount = amount + 1 WHERE id = 1",
        "DROP TRIGGER entry_is_final; UPDATE entry SET amount = -amount",
        "DROP TRIGGER entry_stays; DELETE FROM entry WHERE id = 2",
        "DROP TRIGGER entry_stays; DELETE FROM entry",
    ])
    func everyChangeBehindTheBooksIsFound(sql: String) async throws {
        #expect(try await !audit(after: sql).isSound)
    }

    @Test(arguments: ["UPDATE entry SET amount = 1 WHERE id = 1", "DELETE FROM entry WHERE id = 1"])
    func entriesAreNeitherChangedNorDeleted(sql: String) async throws {
        await #expect(throws: DatabaseError.self) { try await audit(after: sql) }
    }
}
