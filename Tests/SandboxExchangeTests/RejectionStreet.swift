// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import ExchangeFixture
import ExchangeStore
import HTTPCore
import Logging
import SandboxBank
import SandboxExchange
import Synchronization
import TalerWire
import TestSupport

/// An exchange that knows its bank's interface of 2019, and the bank with alice and bob, who have 100 each.
struct RejectionStreet {
    static let login = BankCredentials(username: "exchange", password: "x's password")
    private static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    let clock = FixedClock(SharedKeys.start.advanced(bySeconds: 3600))
    let bank: BankService
    let toBank: FaultySender
    let books: ExchangeStore
    let exchange: ExchangeService
    /// Names a reserve.
    let key = String(repeating: "0", count: 52)

    var client: BankClient { BankClient(baseURL: "http://bank.test/", sender: toBank) }
    var gateway: WireGatewayClient {
        WireGatewayClient(baseURL: "http://bank.test/accounts/exchange/taler-wire-gateway/", credentials: Self.login, sender: toBank)
    }
    /// How often a rejection was asked for.
    var rejections: Int { toBank.finished.count { $0.url.hasSuffix("/reject") } }

    /// - Parameter path: a database file instead of memory.
    init(path: String? = nil) async throws {
        let settings = BankSettings(
            baseURL: "http://bank.test/", currency: SharedKeys.currency, registerBonus: amount("100"),
            accounts: [
                .init(name: "exchange", receiverName: "Exchange", password: Self.login.password, debtLimit: .zero(SharedKeys.currency))
            ])
        bank = try await BankService.make(
            settings, store: try .inMemory(currency: SharedKeys.currency), hasher: FreeHasher(), clock: clock, timer: StillTimer(),
            logger: Self.logger)
        toBank = FaultySender(bank.handler)
        books = try await Self.books(path)
        exchange = try await Self.exchange(books, toBank, clock)
        for name in ["alice", "bob"] { try await client.register(Self.customer(name)) }
    }

    /// The exchange again, over the books in a file.
    func restarted(path: String) async throws -> ExchangeService {
        try await Self.exchange(try .open(at: path, currency: SharedKeys.currency), toBank, clock)
    }

    /// - Returns: the bank's row.
    func pay(_ name: String, _ digits: String, _ subject: String) async throws -> Int64 {
        let (payer, exchange) = (try await account(name), try await account("exchange"))
        let transfer = try await bank.store.transfer(
            amount(digits), from: payer.number, to: exchange.number, subject: subject, at: clock.now())
        bank.announce(transfer)
        return transfer.rowID
    }

    func account(_ name: String) async throws -> Account {
        guard let account = try await bank.store.account(named: name) else { throw BankStoreError.unknownAccount }
        return account
    }

    func balance(_ name: String) async throws -> Amount {
        let text = try await account(name).balance.description
        return try Amount(text)
    }

    private static func customer(_ name: String) -> BankCredentials {
        BankCredentials(username: name, password: "the password of \(name)")
    }

    private static func books(_ path: String?) async throws -> ExchangeStore {
        let store =
            try path.map { try ExchangeStore.open(at: $0, currency: SharedKeys.currency) } ?? .inMemory(currency: SharedKeys.currency)
        try await store.bind(to: SharedKeys.masterPub)
        try await store.add(try await SharedKeys.records)
        return store
    }

    private static func exchange(_ store: ExchangeStore, _ sender: any Sender, _ clock: FixedClock) async throws -> ExchangeService {
        var configuration = Fixture.configuration()
        configuration.wireGateway = WireGatewayAccess(
            baseURL: "http://bank.test/accounts/exchange/taler-wire-gateway", credentials: login)
        configuration.bankURL = "http://bank.test/"
        return try await ExchangeService(configuration: configuration, store: store, sender: sender, clock: clock, logger: logger)
    }

    /// No time passes on it: who waits by it is woken by what happens, or cancelled.
    private struct StillTimer: Clock {
        struct Instant: InstantProtocol {
            var offset: Duration = .zero
            func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
            func duration(to other: Instant) -> Duration { other.offset - offset }
            static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
        }

        var now: Instant { Instant() }
        var minimumResolution: Duration { .zero }

        func sleep(until deadline: Instant, tolerance: Duration?) async throws {
            for await _ in AsyncStream(Never.self, { _ in }) {}
            try Task.checkCancellation()
        }
    }

    private struct FreeHasher: PasswordHasher {
        func hash(_ password: String) async throws -> String { "hash of \(password)" }
        func isValid(_ password: String, for hash: String) async -> Bool { hash == "hash of \(password)" }
    }
}

/// To a bank in the same process that can fail, before or after it has done what it was asked.
final class FaultySender: Sender {
    private let inner: InProcessSender
    private let state = Mutex(State())

    private struct State {
        var failures: [String: Int] = [:]
        var losses: [String: Int] = [:]
        var started: [OutgoingRequest] = []
        var finished: [OutgoingRequest] = []
    }

    init(_ handler: any Handler) { inner = InProcessSender([("http://bank.test/", handler)]) }

    /// The next `count` requests whose URL has that text do not reach the bank.
    func fail(_ text: String, _ count: Int) { state.withLock { $0.failures[text] = count } }

    /// The answers to the next `count` requests whose URL has that text are lost.
    func loseAnswers(_ text: String, _ count: Int) { state.withLock { $0.losses[text] = count } }

    /// What was asked and came to an end, well or not.
    var finished: [OutgoingRequest] { state.withLock { $0.finished } }

    /// Returns when such a request has been sent, for `PUT` when it has been answered.
    func waitFor(_ isWanted: @Sendable (OutgoingRequest) -> Bool) async {
        while !state.withLock({ state in (state.started.filter { $0.method == .get } + state.finished).contains(where: isWanted) }) {
            await Task.yield()
        }
    }

    func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        let (fails, loses) = state.withLock { state in
            state.started.append(request)
            return (Self.take(&state.failures, request.url), Self.take(&state.losses, request.url))
        }
        defer { state.withLock { $0.finished.append(request) } }
        if fails { throw .notSent("the bank is down") }
        let response = try await inner.send(request)
        if loses { throw .notSent("the answer is lost") }
        return response
    }

    private static func take(_ counts: inout [String: Int], _ url: String) -> Bool {
        guard let text = counts.keys.first(where: { url.contains($0) }), let count = counts[text], count > 0 else { return false }
        counts[text] = count - 1
        return true
    }
}
