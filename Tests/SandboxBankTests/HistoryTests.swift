// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import GRDB
import HTTPCore
import ProgramFixture
import SandboxBank
import TalerWire
import TestSupport
import Testing

@Suite struct HistoryTests {
    /// Alice with her gift and three payments to bob, ten seconds apart; the second is rejected.
    private func scene() async throws -> (bank: TestBank, alice: BankCredentials, bob: BankCredentials, rows: [Int64]) {
        let bank = try await TestBank()
        let (alice, bob) = (try await bank.customer(), try await bank.customer("bob"))
        let number = try await bank.account("bob").number
        var rows: [Int64] = []
        for index in 1...3 {
            bank.clock.advance(bySeconds: 10)
            let request = BankDepositRequest(
                amount: try Amount("KUDOS:\(index)"), exchangeURL: "u", subject: "s\(index)", creditAccount: number)
            rows.append(try await bank.client.pay(request, credentials: alice).rowID)
        }
        try await bank.client.reject(row: rows[1], credentials: bob)
        return (bank, alice, bob, rows)
    }

    @Test func bothSidesSeeTheirSignsAndTheRejectedRow() async throws {
        let (bank, alice, bob, _) = try await scene()
        #expect(try await bank.client.history(delta: 10, credentials: alice).map(\.sign.rawValue) == ["+", "-", "cancel-", "-"])
        #expect(try await bank.client.history(delta: 10, credentials: bob).map(\.sign.rawValue) == ["+", "+", "cancel+", "+"])
        let omitted = try await bank.client.history(delta: 10, showsCancelled: false, credentials: bob)
        #expect(omitted.map(\.subject) == ["Welcome", "s1 u", "s3 u"])
    }

    @Test func deltaAndStartChooseRowsAndOrder() async throws {
        let (bank, alice, _, rows) = try await scene()
        func subjects(_ start: Int64?, _ delta: Int, _ direction: String = "both") async throws -> [String] {
            try await bank.client.history(start: start, delta: delta, direction: direction, credentials: alice).map(\.subject)
        }
        #expect(try await subjects(nil, 2) == ["Welcome", "s1 u"])
        #expect(try await subjects(nil, -2) == ["s3 u", "s2 u"])
        #expect(try await subjects(rows[0], 5) == ["s2 u", "s3 u"])
        #expect(try await subjects(rows[1], -5) == ["s1 u", "Welcome"])
        #expect(try await subjects(nil, 5, "credit") == ["Welcome"])
        #expect(try await subjects(nil, -1, "debit") == ["s3 u"])
        #expect(try await subjects(rows[2], 5) == [])
        #expect(try await subjects(.min, 1) == ["Welcome"])
    }

    @Test func noneIs204WithoutBody() async throws {
        let bank = try await TestBank(bonus: nil)
        let alice = try await bank.customer()
        let response = try await bank.send(.get, "/history?auth=basic&delta=5&account_number=77", as: alice)
        #expect(response.status == 204 && response.body.isEmpty)
    }

    @Test(arguments: [
        ("", "400 / 25"), ("delta=0", "400 / 26"), ("delta=x", "400 / 26"), ("delta=99999999999999999999", "400 / 26"),
        ("delta=1&start=x", "400 / 26"), ("delta=1&direction=up", "400 / 26"), ("delta=1&cancelled=maybe", "400 / 26"),
        ("delta=1&long_poll_ms=-1", "400 / 26"), ("delta=1&auth=token", "400 / 26"),
    ])
    func aBadQueryIs400(query: String, expected: String) async throws {
        let bank = try await TestBank()
        #expect(try await bank.send(.get, "/history?\(query)", as: bank.customer()).refusal == expected)
    }

    @Test func aBadLoginIs401() async throws {
        let bank = try await TestBank()
        #expect(try await bank.send(.get, "/history?delta=1").refusal == "401 / 40")
        #expect(try await bank.send(.get, "/history-range?start=0&end=1").refusal == "401 / 40")
    }

    @Test func aRangeHasItsEndsAndItsOrder() async throws {
        let (bank, alice, _, _) = try await scene()
        func subjects(_ query: String) async throws -> [String] {
            let response = try await bank.send(.get, "/history-range?\(query)", as: alice)
            if response.status == 204 { return [] }
            return try response.json().decode(as: BankTransactions.self).data.map(\.subject)
        }
        #expect(try await subjects("start=1700000010&end=1700000030") == ["s3 u", "s2 u", "s1 u"])
        #expect(try await subjects("start=1700000010&end=1700000020&ordering=ascending") == ["s1 u", "s2 u"])
        #expect(try await subjects("start=1700000011&end=1700000029&cancelled=omit") == [])
        #expect(try await subjects("start=0&end=1700000030&direction=credit") == ["Welcome"])
        for query in ["end=1", "start=1", "start=-1&end=5", "start=0&end=1&ordering=sideways", "start=0&end=99999999999999999"] {
            #expect(try await bank.send(.get, "/history-range?\(query)", as: alice).status == 400)
        }
    }

    @Test func rejectingAnswers204TwiceAnd404ForRowsOfOthers() async throws {
        let (bank, alice, bob, rows) = try await scene()
        #expect(try await bank.send(.put, "/reject", #"{"auth": {"type": "basic"}, "row_id": \#(rows[0])}"#, as: bob).status == 204)
        #expect(try await bank.send(.put, "/reject?auth=basic&row_id=\(rows[0])&account_number=1", as: bob).status == 204)
        #expect(try await bank.send(.post, "/reject?row_id=\(rows[2])", as: bob).status == 204)
        #expect(try await bank.send(.put, "/reject?row_id=\(rows[0])", as: alice).refusal == "404 / 5107")
        #expect(try await bank.send(.put, "/reject?row_id=4711", as: bob).refusal == "404 / 5107")
        #expect(try await bank.send(.put, "/reject", as: bob).refusal == "400 / 25")
        #expect(try await bank.send(.put, "/reject?auth=none&row_id=1", as: bob).refusal == "400 / 26")
        #expect(try await bank.send(.put, "/reject?row_id=1").refusal == "401 / 40")
        #expect(try await bank.balance("alice") == "KUDOS:100")
        #expect(try await bank.service.store.audit().isSound)
    }

    @Test func rejectingSpentMoneyIs400() async throws {
        let (bank, _, bob, rows) = try await scene()
        _ = try await bank.client.withdraw(Amount("KUDOS:104"), to: ReservePublicKey([UInt8](1...32)), credentials: bob)
        #expect(try await bank.send(.put, "/reject?row_id=\(rows[0])", as: bob).refusal == "400 / 5102")
    }

    @Test func aRejectedRowLeavesTheGatewaysHistory() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        _ = try await bank.client.withdraw(Amount("KUDOS:1"), to: ReservePublicKey([UInt8](1...32)), credentials: alice)
        let row = try #require(try await bank.gateway().incoming(delta: 1)?.transactions.first?.rowID)
        try await bank.client.reject(row: row, credentials: TestBank.exchange)
        #expect(try await bank.gateway().incoming(delta: 1) == nil)
    }

    @Test func aRangeWithTooManyRowsIsRefusedAndNotCut() async throws {
        let folder = try PrivateFolder("range")
        let path = folder.path + "/bank.sqlite"
        let store = try BankStore.open(at: path, currency: Currency("KUDOS"))
        let now = try Timestamp(seconds: 100)
        var numbers: [Int64] = []
        for name in ["a", "b"] {
            let plan = AccountPlan(name: name, receiverName: name, passwordHash: nil, debtLimit: try Amount("KUDOS:10"))
            numbers.append(try await store.provide(plan, at: now).number)
        }
        let queue = try DatabaseQueue(path: path)
        func rows() async throws -> Int {
            try await store.history(of: numbers[0], direction: .both, showsCancelled: true, from: now, to: now, isRising: true).count
        }
        for (more, expected) in [(8192, 8192), (1, nil)] as [(Int, Int?)] {
            try await queue.write { [numbers] db in
                try db.execute(
                    sql: """
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                        INSERT INTO transfer (debit_account, credit_account, amount, subject, made_at) SELECT ?, ?, 1, '', 100 FROM n
                        """, arguments: [more, numbers[0], numbers[1]])
            }
            if let expected {
                #expect(try await rows() == expected)
            } else {
                await #expect(throws: BankStoreError.rangeTooLong) { try await rows() }
            }
        }
    }
}
