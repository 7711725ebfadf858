// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import SandboxBank
import TalerWire
import TestSupport
import Testing

/// A bank behind a real server on a port of the system's choice, and a real client.
struct SocketBank {
    static let host = "bank.example:8082"
    static let exchangePayto = "payto://x-taler-bank/bank.example:8082/exchange?receiver-name=The%20Exchange"

    let service: BankService
    let clock: FixedClock
    let sender: CurlSender
    /// Without a slash at its end.
    let base: String

    /// - Parameters:
    ///   - store: the books; nil for ones in memory.
    ///   - hasPages: whether browsers are served.
    static func run(
        bonus: String? = "KUDOS:100", debtLimit: String = "KUDOS:0", store: BankStore? = nil, hasPages: Bool = false,
        _ body: (SocketBank) async throws -> Void
    ) async throws {
        var logger = Logger(label: "bank")
        logger.logLevel = .critical
        let currency = try Currency("KUDOS")
        let settings = BankSettings(
            baseURL: "http://\(host)/", currency: currency, debtLimit: try Amount(debtLimit),
            registerBonus: try bonus.map { try Amount($0) },
            defaultExchange: .init(url: "https://exchange.example/", account: "exchange"),
            accounts: [
                .init(
                    name: "exchange", receiverName: "The Exchange", password: "exchange's password", token: "the exchange's token",
                    debtLimit: .zero(currency))
            ])
        let clock = FixedClock(try Timestamp(seconds: 1_700_000_000))
        let service = try await BankService.make(
            settings, store: try store ?? .inMemory(currency: currency), pages: hasPages ? try PageBank.files() : nil,
            hasher: LegibleHasher(), clock: clock, logger: logger)
        let server = try Server.start(
            ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), errorStyle: .bank), handler: service.handler, logger: logger)
        let sender = CurlSender()
        let bank = SocketBank(service: service, clock: clock, sender: sender, base: "http://127.0.0.1:\(server.port)")
        var failure: (any Error)?
        do { try await body(bank) } catch { failure = error }
        service.stopWaiting()
        sender.shutdown()
        await server.stop()
        if let failure { throw failure }
    }

    var client: BankClient { BankClient(baseURL: base, sender: sender) }
    var gatewayPath: String { "/accounts/exchange/taler-wire-gateway/" }

    func gateway() -> WireGatewayClient {
        WireGatewayClient(baseURL: base + gatewayPath, credentials: login("exchange"), sender: sender)
    }

    /// A browser that nobody has logged in with.
    func browser() -> PageBrowser { PageBrowser(handler: SocketHandler(base: base, sender: sender), address: "127.0.0.1") }

    /// The credentials of any account of these tests.
    func login(_ name: String) -> BankCredentials { BankCredentials(username: name, password: "\(name)'s password") }

    func payto(_ name: String) -> String { "payto://x-taler-bank/\(Self.host)/\(name)?receiver-name=\(name)" }

    func register(_ names: String...) async throws {
        for name in names { try await client.register(login(name)) }
    }

    func number(_ name: String) async throws -> Int64 {
        guard let account = try await service.store.account(named: name) else { throw BankStoreError.unknownAccount }
        return account.number
    }

    func balance(_ name: String) async throws -> String? { try await service.store.account(named: name)?.balance.description }

    /// Pays with the subject `SUBJECT u`.
    @discardableResult
    func pay(_ amount: String = "KUDOS:1", from: String, to: String, subject: String = "s") async throws -> Int64 {
        let request = BankDepositRequest(
            amount: try Amount(amount), exchangeURL: "u", subject: subject, creditAccount: try await number(to))
        return try await client.pay(request, credentials: login(from)).rowID
    }

    func get(_ target: String, as name: String? = nil) async throws -> Response { try await send(.get, target, as: name) }

    func post(_ target: String, _ json: JSONValue, as name: String? = nil) async throws -> Response {
        try await send(.post, target, json.serialized(), as: name)
    }

    /// - Parameters:
    ///   - name: the account that logs in by the fields of the 2019 interface.
    ///   - fields: more header fields.
    func send(
        _ method: HTTPMethod, _ target: String, _ body: [UInt8] = [], as name: String? = nil, fields: HTTPFields = [:]
    ) async throws -> Response {
        var all = fields
        if let name {
            all["X-Taler-Bank-Username"] = name
            all["X-Taler-Bank-Password"] = login(name).password
        }
        return try await sender.send(OutgoingRequest(method, base + target, fields: all, body: body, timeout: .seconds(120)))
    }
}

extension [UInt8] {
    /// These bytes as a zlib stream of stored blocks (RFC 1950, 1951): what `Content-Encoding: deflate` names.
    var deflated: [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var rest = self[...]
        repeat {
            let piece = rest.prefix(0xFFFF)
            rest = rest.dropFirst(piece.count)
            let count = UInt16(piece.count)
            out += [rest.isEmpty ? 1 : 0, UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8)]
            out += piece
        } while !rest.isEmpty
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in self {
            low = (low + UInt32(byte)) % 65521
            high = (high + low) % 65521
        }
        let check = high << 16 | low
        return out + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: check >> $0) }
    }
}

/// Passes requests on over the network. A dead connection is a status that no server sends.
private struct SocketHandler: Handler {
    let base: String
    let sender: CurlSender

    func handle(_ request: Request) async -> Response {
        do {
            return try await sender.send(
                OutgoingRequest(request.method, base + request.target, fields: request.fields, body: request.body))
        } catch { return Response(status: 599, type: "text/plain", text: "\(error)") }
    }
}
