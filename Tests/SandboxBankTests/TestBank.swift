// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import Logging
import SandboxBank
import TalerWire
import TestSupport

/// A bank in memory with an exchange, and customers as a test asks for them.
struct TestBank {
    static let host = "bank.example:8082"
    static let exchangePayto = "payto://x-taler-bank/bank.example:8082/exchange?receiver-name=The%20Exchange"
    static let exchange = BankCredentials(username: "exchange", password: "x's password")

    let service: BankService
    let sender: InProcessSender
    let clock: FixedClock

    init(timer: any Clock<Duration> = StoppedTimer(), bonus: String? = "KUDOS:100", hasDefaultExchange: Bool = true) async throws {
        let currency = try Currency("KUDOS")
        let url = "http://\(Self.host)/"
        let settings = BankSettings(
            baseURL: url, currency: currency, registerBonus: try bonus.map { try Amount($0) },
            defaultExchange: hasDefaultExchange ? .init(url: "https://exchange.example/", account: "exchange") : nil,
            accounts: [
                .init(
                    name: "exchange", receiverName: "The Exchange", password: Self.exchange.password,
                    debtLimit: .zero(currency))
            ])
        clock = FixedClock(try Timestamp(seconds: 1_700_000_000))
        service = try await BankService.make(
            settings, store: try .inMemory(currency: currency), hasher: LegibleHasher(), clock: clock, timer: timer,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        sender = InProcessSender([(url, service.handler)])
    }

    var client: BankClient { BankClient(baseURL: "http://\(Self.host)/", sender: sender) }

    func gateway(_ credentials: BankCredentials = exchange) -> WireGatewayClient {
        WireGatewayClient(
            baseURL: "http://\(Self.host)/accounts/exchange/taler-wire-gateway/", credentials: credentials, sender: sender)
    }

    /// A customer with the starting balance.
    func customer(_ name: String = "alice") async throws -> BankCredentials {
        let credentials = BankCredentials(username: name, password: "\(name)'s password")
        try await client.register(credentials)
        return credentials
    }

    func account(_ name: String) async throws -> Account {
        guard let account = try await service.store.account(named: name) else { throw BankStoreError.unknownAccount }
        return account
    }

    func balance(_ name: String) async throws -> String { try await account(name).balance.description }

    /// A request with a JSON text as its body.
    func send(
        _ method: HTTPMethod, _ target: String, _ body: String = "", as credentials: BankCredentials? = nil, fields: HTTPFields = [:]
    ) async throws -> Response {
        var fields = fields
        for field in credentials?.bankFields.entries ?? [] { fields[field.name] = field.value }
        guard let request = Request(method, target, fields: fields, body: Array(body.utf8)) else {
            throw APIError(.genericParameterMalformed)
        }
        return await service.handler.handle(request)
    }
}

extension Response {
    /// `status / code`, after a look at the members that a BankError has.
    var refusal: String {
        guard let json = try? json(), let code = json["code"]?.integerValue, json["ec"]?.integerValue == code,
            json["error"]?.stringValue?.isEmpty == false
        else { return "\(status)" }
        return "\(status) / \(code)"
    }
}

/// Hashes that a test can read.
struct LegibleHasher: PasswordHasher {
    func hash(_ password: String) async throws -> String { "hash of \(password)" }
    func isValid(_ password: String, for hash: String) async -> Bool { hash == "hash of \(password)" }
}

/// A clock on which no time passes: it sleeps until it is cancelled.
struct StoppedTimer: Clock {
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

/// A clock on which every sleep is over at once.
struct HastyTimer: Clock {
    var now: StoppedTimer.Instant { .init() }
    var minimumResolution: Duration { .zero }
    func sleep(until deadline: StoppedTimer.Instant, tolerance: Duration?) async throws {}
}
