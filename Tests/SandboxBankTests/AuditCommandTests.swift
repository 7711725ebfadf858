// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import Foundation
import GRDB
import ProgramFixture
import TalerWire
import Testing

/// `sandbox bank audit` as a program.
@Suite struct AuditCommandTests {
    @Test func soundBooksAreProven() async throws {
        let (status, output) = try await audit(after: "SELECT 1")
        #expect(status == 0)
        #expect(
            output == "2 accounts, 1 transfers, 2 entries\nthe sum is zero, no balance is below its limit, every transfer has its entries\n"
        )
    }

    @Test(arguments: [
        ("UPDATE account SET balance = balance + 1 WHERE name = 'a'", "The entries of account 1 sum up to -200000000"),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE account SET balance = -100000000000 WHERE name = 'a'",
            "The balance of account 1 is below its debt limit."
        ),
        ("DROP TRIGGER entry_stays; DELETE FROM entry WHERE id = 2", "Transfer 1 has not two entries"),
        ("DROP TRIGGER entry_stays; DELETE FROM entry WHERE id = 2", "All entries sum up to -200000000 instead of zero."),
    ])
    func booksThatWereChangedAreFound(_ sql: String, _ sentence: String) async throws {
        let (status, output) = try await audit(after: sql)
        #expect(status == 1)
        #expect(output.contains(sentence))
        #expect(!output.contains("the sum is zero"))
    }

    @Test func booksThatAreNotThereAreNotProven() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (status, output) = try await run(folder)
        #expect(status != 0)
        #expect(output.contains("bank.sqlite is not there"))
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("bank.sqlite").path))
    }

    private static func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// The program over books with one transfer of 2, changed behind the bank's back.
    private func audit(after sql: String) async throws -> (status: Int32, output: String) {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("bank.sqlite").path
        let store = try BankStore.open(at: path, currency: Currency("KUDOS"))
        let now = try Timestamp(seconds: 1_700_000_000)
        var numbers: [Int64] = []
        for name in ["a", "b"] {
            let plan = AccountPlan(name: name, receiverName: name, passwordHash: nil, debtLimit: try Amount("KUDOS:10"))
            numbers.append(try await store.provide(plan, at: now).number)
        }
        _ = try await store.transfer(Amount("KUDOS:2"), from: numbers[0], to: numbers[1], subject: "", at: now)
        let intruder = try DatabaseQueue(path: path)
        try await intruder.write { try $0.execute(sql: sql) }
        return try await run(folder)
    }

    private func run(_ folder: URL) async throws -> (status: Int32, output: String) {
        let file = folder.appendingPathComponent("taler.conf")
        try Data("[bank]\nDB = bank.sqlite\nCURRENCY = KUDOS\n".utf8).write(to: file)
        let program = try RunningProgram("sandbox", ["bank", "audit", "-c", file.path])
        return (await program.exitStatus(), program.output)
    }
}
