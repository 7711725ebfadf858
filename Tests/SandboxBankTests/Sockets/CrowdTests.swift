// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import Foundation
import HTTPCore
import ProgramFixture
import SandboxBank
import Synchronization
import TalerWire
import TestSupport
import Testing

/// A hundred clients at once over sockets, and the books read all the while.
@Suite struct CrowdTests {
    private static let clients = 100
    private static let turns = 10

    /// What one client asked for and the bank granted.
    private struct Tally {
        var transfers = 0
        var rejects = 0
        var refusals = 0
    }

    @Test func aHundredClientsMoveMoneyAndTheBooksAreSoundAtAnyMoment() async throws {
        let folder = try PrivateFolder("crowd")
        let path = folder.path + "/bank.sqlite"
        let configuration = folder.path + "/taler.conf"
        try Data("[bank]\nDB = bank.sqlite\nCURRENCY = KUDOS\n".utf8).write(to: URL(fileURLWithPath: configuration))
        let seed = UInt64.random(in: 0...UInt64.max)
        print("crowd: seed \(seed)")
        let store = try BankStore.open(at: path, currency: Currency("KUDOS"))
        try await SocketBank.run(debtLimit: "KUDOS:20", store: store) { bank in
            let names = (0..<Self.clients).map { "client\($0)" }
            var numbers: [Int64] = []
            for name in names {
                try await bank.register(name)
                numbers.append(try await bank.number(name))
            }
            let isOver = Flag()
            async let audits = watch(store, until: isOver)
            let program = try RunningProgram("sandbox", ["bank", "audit", "-c", configuration])
            let tally = try await withThrowingTaskGroup(of: Tally.self) { [numbers] group in
                for index in 0..<Self.clients {
                    group.addTask { try await Self.live(index, names[index], numbers, at: bank, seed: seed) }
                }
                return try await group.reduce(into: Tally()) { sum, one in
                    sum.transfers += one.transfers
                    sum.rejects += one.rejects
                    sum.refusals += one.refusals
                }
            }
            isOver.raise()
            let looks = try await audits
            #expect(await program.exitStatus() == 0, "\(program.output)")
            #expect(program.output.contains("the sum is zero"))
            let audit = try await store.audit()
            #expect(audit.findings == [])
            #expect(audit.transfers == Self.clients + tally.transfers)
            #expect(audit.entries == 2 * (audit.transfers + tally.rejects))
            #expect(tally.transfers > 100 && tally.rejects > 0 && tally.refusals > 0 && looks > 1, "\(tally), \(looks) looks")
            print(
                "crowd: \(Self.clients) clients, \(tally.transfers) transfers, \(tally.rejects) rejects, \(tally.refusals) refusals, "
                    + "\(looks) audits meanwhile")
        }
    }

    /// Reads the books again and again.
    /// - Returns: how often.
    private func watch(_ store: BankStore, until isOver: Flag) async throws -> Int {
        var looks = 0
        repeat {
            let audit = try await store.audit()
            #expect(audit.findings == [])
            looks += 1
        } while !isOver.isUp
        return looks
    }

    /// Pays others, withdraws, and rejects what it was paid, as chance has it.
    private static func live(_ index: Int, _ name: String, _ numbers: [Int64], at bank: SocketBank, seed: UInt64) async throws -> Tally {
        var random = SeededNumbers(seed: seed, stream: UInt64(index))
        var tally = Tally()
        for _ in 0..<turns {
            let amount = "KUDOS:\(Int.random(in: 1...60, using: &random)).\(Int.random(in: 0...99, using: &random))"
            let other = numbers[(index + Int.random(in: 1..<numbers.count, using: &random)) % numbers.count]
            let response: Response
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                response = try await bank.post(
                    "/admin/add/incoming",
                    ["amount": .string(amount), "exchange_url": "u", "subject": "s", "credit_account": .integer(other)], as: name)
                tally.transfers += response.status == 200 ? 1 : 0
            case 6..<8:
                let reserve = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
                response = try await bank.post(
                    "/taler/withdraw", ["amount": .string(amount), "reserve_pub": .string(Base32.encode(reserve))], as: name)
                tally.transfers += response.status == 200 ? 1 : 0
            default:
                let rows = try await bank.get("/history?delta=-1&direction=credit&cancelled=omit", as: name).historyRows()
                guard let row = rows.first?["row_id"]?.integerValue else { continue }
                response = try await bank.send(.put, "/reject?row_id=\(row)", as: name)
                tally.rejects += response.status == 204 ? 1 : 0
            }
            switch (response.status, try? response.json()["ec"]?.integerValue) {
            case (200, _), (204, _): break
            case (406, 5102), (400, 5102): tally.refusals += 1
            case let (status, code): Issue.record("\(status) / \(code ?? 0)")
            }
        }
        return tally
    }

    @Test func aRejectAndAPaymentThatWantTheSameMoneyDoNotBothGetIt() async throws {
        try await SocketBank.run(bonus: nil) { bank in
            try await bank.register("alice", "bob", "carol")
            let (own, alice, bob, carol) = (
                try await bank.number("bank"), try await bank.number("alice"), try await bank.number("bob"), try await bank.number("carol")
            )
            var outcomes: [String: Int] = [:]
            for round in 0..<30 {
                let store = bank.service.store
                _ = try await store.transfer(Amount("KUDOS:10"), from: own, to: alice, subject: "", at: bank.clock.now())
                let row = try await store.transfer(Amount("KUDOS:10"), from: alice, to: bob, subject: "", at: bank.clock.now()).rowID
                let before = (alice: try await bank.balance("alice"), carol: try await bank.balance("carol"))
                let order: JSONValue = [
                    "amount": "KUDOS:10", "exchange_url": "u", "subject": "s", "credit_account": .integer(carol),
                ]
                let statuses = try await withThrowingTaskGroup(of: (Bool, Int).self) { group in
                    for turn in 0..<6 {
                        // Whoever is asked first has the better chance.
                        let isReject = (turn + round) % 2 == 0
                        group.addTask {
                            isReject
                                ? (true, try await bank.send(.put, "/reject?row_id=\(row)", as: "bob").status)
                                : (false, try await bank.post("/admin/add/incoming", order, as: "bob").status)
                        }
                    }
                    return try await group.reduce(into: (rejects: [Int](), payments: [Int]())) { all, one in
                        if one.0 { all.rejects.append(one.1) } else { all.payments.append(one.1) }
                    }
                }
                let isRejected = statuses.rejects.contains(204)
                outcomes[isRejected ? "rejected" : "spent", default: 0] += 1
                #expect(Set(statuses.payments).subtracting([200, 406]) == [] && Set(statuses.rejects).subtracting([204, 400]) == [])
                #expect(statuses.payments.count { $0 == 200 } == (isRejected ? 0 : 1), "\(statuses)")
                #expect(try await bank.balance("bob") == "KUDOS:0")
                #expect((try await bank.balance("alice") == before.alice) != isRejected)
                #expect((try await bank.balance("carol") == before.carol) == isRejected)
                #expect(try await store.audit().findings == [])
            }
            print("crowd: a reject against a payment: \(outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
        }
    }

    @Test func manyRejectsOfOneTransferVoidItOnce() async throws {
        try await SocketBank.run { bank in
            try await bank.register("alice", "bob")
            let row = try await bank.pay("KUDOS:7", from: "alice", to: "bob")
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<Self.clients { group.addTask { try await bank.send(.put, "/reject?row_id=\(row)", as: "bob").status } }
                return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [204: Self.clients])
            #expect(try await bank.balance("alice") == "KUDOS:100")
            #expect(try await bank.balance("bob") == "KUDOS:100")
            #expect(try await bank.service.store.audit() == LedgerAudit(accounts: 4, transfers: 3, entries: 8))
        }
    }

    @Test func theSameOrderFromManyAtOnceIsCarriedOutOnce() async throws {
        try await SocketBank.run { bank in
            try await bank.register("alice", "shop")
            try await bank.pay("KUDOS:50", from: "alice", to: "exchange")
            let order = TransferRequest(
                requestUID: try HashCode([UInt8](repeating: 5, count: 64)), amount: try Amount("KUDOS:20"),
                exchangeBaseURL: "https://exchange.example/", transferID: try WireTransferID([UInt8](repeating: 6, count: 32)),
                creditAccount: bank.payto("shop"))
            let answers = try await withThrowingTaskGroup(of: TransferResponse.self) { group in
                for _ in 0..<Self.clients { group.addTask { try await bank.gateway().transfer(order) } }
                return try await group.reduce(into: [TransferResponse]()) { $0.append($1) }
            }
            #expect(Set(answers.map(\.rowID)).count == 1)
            #expect(try await bank.balance("shop") == "KUDOS:120")
            #expect(try await bank.service.store.audit().isSound)
        }
    }
}

/// Goes up once.
private final class Flag: Sendable {
    private let state = Atomic(false)
    var isUp: Bool { state.load(ordering: .relaxed) }
    func raise() { state.store(true, ordering: .relaxed) }
}
