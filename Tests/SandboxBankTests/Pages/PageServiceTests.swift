// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import Configuration
import Foundation
import GRDB
import HTTPCore
import TalerWire
import TestSupport
import Testing
import WebSession

@testable import SandboxBank

@Suite struct PageServiceTests {
    private let text = """
        [bank]
        BASE_URL = http://127.0.0.1:8082/
        CURRENCY = KUDOS
        NAME = Bank of the Lamp
        TEST_MODE = yes
        BEHIND_PROXY = yes
        SESSION_TIME = 10 minutes
        [bank-account-exchange]
        PASSWORD = e
        [bank-account-shop]
        PASSWORD = s
        PUBLIC = yes
        [bank-exchange-one]
        BASE_URL = http://127.0.0.1:8081/
        ACCOUNT = exchange
        """

    @Test func theConfigurationSaysWhatThePagesNeed() throws {
        let configuration = try Configuration.parse(text, file: "bank.conf")
        let settings = try BankSettings(configuration)
        #expect(configuration.unusedKeys() == [])
        #expect(settings.name == "Bank of the Lamp" && settings.isTestMode && settings.isBehindProxy)
        #expect(settings.sessionLimits == SessionLimits(idle: 600, total: 43200))
        #expect(settings.exchanges == [.init(url: "http://127.0.0.1:8081/", account: "exchange")])
        #expect(settings.accounts.map(\.isPublic) == [nil, true])
        let plain = try BankSettings(.parse("[bank]\nBASE_URL = http://127.0.0.1:8082/\nCURRENCY = KUDOS\n", file: "bank.conf"))
        #expect(!plain.isTestMode && !plain.isBehindProxy && plain.name == "Sandbox Bank" && plain.exchanges.isEmpty)
    }

    @Test(arguments: [
        ("ACCOUNT = exchange", "ACCOUNT = nobody", "[bank-exchange-one] ACCOUNT: "),
        ("http://127.0.0.1:8081/", "nowhere", "[bank-exchange-one] BASE_URL: "),
        ("TEST_MODE = yes", "TEST_MODE = perhaps", "[bank] TEST_MODE: "), ("PUBLIC = yes", "PUBLIC = x", "[bank-account-shop] PUBLIC: "),
        ("10 minutes", "soon", "[bank] SESSION_TIME: "),
    ])
    func aConfigurationThatIsWrongIsRefusedWithItsPlace(old: String, new: String, expected: String) throws {
        let configuration = try Configuration.parse(
            text.replacing(old, with: new), file: "bank.conf")
        #expect {
            _ = try BankSettings(configuration)
        } throws: { "\($0)".contains(expected) }
    }

    @Test func whatTheOwnerChoseStaysUnlessTheConfigurationSaysOtherwise() async throws {
        let store = try BankStore.inMemory(currency: Currency("KUDOS"))
        func provide(_ isPublic: Bool?) async throws -> Bool {
            let plan = try AccountPlan(
                name: "shop", receiverName: "Shop", passwordHash: nil, debtLimit: Amount("KUDOS:0"), isPublic: isPublic)
            return try await store.provide(plan, at: .zero).isPublic
        }
        #expect(try await provide(nil) == false)
        let number = try #require(try await store.account(named: "shop")?.number)
        try await store.setPublic(true, account: number)
        #expect(try await provide(nil) == true)
        #expect(try await provide(false) == false)
        #expect(try await store.publicAccounts().isEmpty)
        await #expect(throws: BankStoreError.unknownAccount) { try await store.setPublic(true, account: 99) }
    }

    @Test func booksFromBeforeThePagesAreOpenedAndStayPrivate() async throws {
        let path = NSTemporaryDirectory() + "bank-\(UUID().uuidString).sqlite"
        defer { for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) } }
        let currency = try Currency("KUDOS")
        let plan = AccountPlan(name: "alice", receiverName: "Alice", passwordHash: "h", debtLimit: .zero(currency))
        do {
            let store = try BankStore.open(at: path, currency: currency)
            _ = try await store.provide(plan, at: .zero)
        }
        do {
            // As the first version of the tables had it.
            let database = try DatabaseQueue(path: path)
            try await database.write { db in
                for table in ["session", "withdrawal", "slip"] { try db.execute(sql: "DROP TABLE \(table)") }
                try db.execute(sql: "ALTER TABLE account DROP COLUMN is_public")
                try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier IN ('2 pages', '3 sessions')")
            }
            try database.close()
        }
        let store = try BankStore.open(at: path, currency: currency)
        let alice = try #require(try await store.account(named: "alice"))
        #expect(!alice.isPublic && alice.passwordHash == "h")
        let key = HashCode(checked: [UInt8](repeating: 1, count: 64))
        let limits = SessionLimits(idle: 60, total: 60)
        _ = try await store.beginSession(key, of: alice.number, limits: limits, at: .zero)
        #expect(try await store.session(key, limits: limits, at: .zero)?.account == alice)
    }

    @Test func aWithdrawalOnThePagesWakesTheExchangeThatWaits() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let callback = PageBrowser.callback(try await alice.confirm("5.25"))
        try await alice.get(callback)
        let credentials = BankCredentials(username: "exchange", password: "x's password")
        let request = try #require(
            Request(
                .get, "/accounts/exchange/taler-wire-gateway/history/incoming?delta=5&long_poll_ms=60000", fields: credentials.basicFields))
        async let waiting = bank.service.handler.handle(request)
        try await eventually { bank.service.waitingRequests == 1 }
        try await alice.submit(callback, ["answer": "\(alice.answer)"])
        let history = try await waiting.json()
        #expect(history["incoming_transactions"]?.arrayValue?.first?["reserve_pub"]?.stringValue == PageBrowser.reserve)
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:4711", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8:0:0::/64"), ("[2001:DB8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80:0:0:0::/64"),
        ("::1", "0:0:0:0::/64"),
        ("::ffff:c000:201", "::ffff:c000:201"), ("1::2::3", "1::2::3"), ("1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8:9"), ("", ""), ("[", "["),
        (":", ""), ("::", "0:0:0:0::/64"), ("unknown", "unknown"),
    ])
    func anAddressIsCutToWhatOneClientHas(address: String, expected: String) {
        #expect(ClientNetwork.text(address) == expected)
    }

    @Test func whatWasConfirmedInASessionGoesWithIt() async throws {
        let store = try BankStore.inMemory(currency: Currency("KUDOS"))
        let limits = SessionLimits(idle: 60, total: 600)
        let plan = try AccountPlan(name: "alice", receiverName: "Alice", passwordHash: nil, debtLimit: Amount("KUDOS:9"))
        let alice = try await store.provide(plan, at: .zero)
        let first = HashCode(checked: [UInt8](repeating: 1, count: 64))
        let second = HashCode(checked: [UInt8](repeating: 2, count: 64))
        let session = try await store.beginSession(first, of: alice.number, limits: limits, at: .zero)
        let id = String(repeating: "w", count: 26)
        _ = try await store.confirmWithdrawal(
            id, of: Amount("KUDOS:1"), by: session, question: .random(), at: .zero, until: Timestamp(seconds: 600))
        #expect(try await store.withdrawal(id, of: session) != nil)
        _ = try await store.beginSession(second, of: alice.number, replacing: first, limits: limits, at: .zero)
        #expect(try await store.withdrawal(id, of: session) == nil)
    }

    @Test func theLimiterForgetsNeverMoreThanItMust() throws {
        let limiter = LoginLimiter()
        let start = try Timestamp(seconds: 1_700_000_000)
        func attempt(_ account: String, _ address: String) -> LoginLimiter.Attempt {
            .init(account: account, address: address, browser: nil)
        }
        for _ in 0..<LoginLimiter.perAccount { #expect(limiter.admit(attempt("alice", "a"), at: start) == nil) }
        #expect(limiter.admit(attempt("alice", "b"), at: start) == LoginLimiter.window)
        // A flood of other names does not free the one that is guessed at.
        for index in 0..<LoginLimiter.maximumCounters { _ = limiter.admit(attempt("x\(index)", "y\(index)"), at: start) }
        #expect(limiter.admit(attempt("alice", "c"), at: start.advanced(bySeconds: 899)) == 1)
        #expect(limiter.admit(attempt("alice", "c"), at: start.advanced(bySeconds: 900)) == nil)
    }
}
