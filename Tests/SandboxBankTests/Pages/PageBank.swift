// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import Foundation
import HTTPCore
import Logging
import SandboxBank
import TalerWire
import TestSupport
import WebSession

/// A bank in memory with its pages, two exchanges, and browsers as a test asks for them.
struct PageBank {
    static let exchange = "https://exchange.example/"
    static let otherExchange = "https://other.example/taler/"

    let service: BankService
    let clock: FixedClock

    init(prepare: (inout BankSettings) throws -> Void = { _ in }) async throws {
        let currency = try Currency("KUDOS")
        var settings = BankSettings(
            baseURL: "http://\(TestBank.host)/", currency: currency, registerBonus: try Amount("KUDOS:100"),
            defaultExchange: .init(url: Self.exchange, account: "exchange"),
            accounts: ["exchange", "other"].map {
                .init(name: $0, receiverName: "The \($0)", password: "x's password", debtLimit: .zero(currency))
            })
        settings.exchanges = [.init(url: Self.otherExchange, account: "other")]
        try prepare(&settings)
        clock = FixedClock(try Timestamp(seconds: 1_700_000_000))
        service = try await BankService.make(
            settings, store: try .inMemory(currency: currency), pages: Self.files(), hasher: LegibleHasher(), clock: clock,
            timer: StoppedTimer(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// The repository's templates, with a secret of their own.
    static func files() throws -> BankPageFiles {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../bank-pages").path
        guard let signer = Signer(secretText: Array(Signer.newSecretText().utf8)) else { throw APIError(.genericInternalInvariantFailure) }
        return try BankPageFiles(templates: folder + "/templates", staticFiles: folder + "/static", signer: signer)
    }

    /// - Parameter address: nil for a UNIX socket.
    func browser(at address: String? = "192.0.2.1") -> PageBrowser { PageBrowser(handler: service.handler, address: address) }

    /// A browser in which somebody has opened an account.
    func customer(_ name: String = "alice", at address: String = "192.0.2.1") async throws -> PageBrowser {
        var browser = browser(at: address)
        try await browser.get("/open-account")
        try await browser.submit("/open-account", ["username": name, "password": "\(name)'s password"])
        return browser
    }

    func balance(_ name: String) async throws -> String? { try await service.store.account(named: name)?.balance.description }

    func isSound() async throws -> Bool { try await service.store.audit().isSound }
}

/// Keeps cookies and the page that it saw last.
struct PageBrowser {
    let handler: any Handler
    var address: String?
    var cookies: [String: String] = [:]
    var response = Response()

    var text: String { String(decoding: response.body, as: UTF8.self) }
    var location: String? { response.fields["Location"] }
    var formToken: String { value(of: "form_token") ?? "" }

    /// The value of the page's first field of that name.
    func value(of name: String) -> String? {
        guard let field = text.firstRange(of: "name=\"\(name)\""), let end = text[field.upperBound...].firstIndex(of: ">"),
            let value = text[field.upperBound..<end].firstRange(of: "value=\"")
        else { return nil }
        return String(text[value.upperBound...].prefix { $0 != "\"" })
    }

    mutating func send(
        _ method: HTTPMethod, _ target: String, _ body: String = "", accept: String = "text/html,*/*", more: HTTPFields = [:]
    ) async throws {
        var fields: HTTPFields = ["Accept": accept]
        if method == .post { fields["Content-Type"] = "application/x-www-form-urlencoded" }
        if !cookies.isEmpty { fields["Cookie"] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
        for field in more.entries { fields[field.name] = field.value }
        guard let request = Request(method, target, fields: fields, body: Array(body.utf8), peer: address) else {
            throw APIError(.genericParameterMalformed)
        }
        response = await handler.handle(request)
        for cookie in response.fields.all("Set-Cookie") {
            let parts = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { cookies[String(parts[0])] = String(parts[1]) }
        }
    }

    mutating func get(_ target: String, accept: String = "text/html,*/*") async throws { try await send(.get, target, accept: accept) }

    /// Sends a form with the hidden fields of the page that was seen last.
    mutating func submit(_ target: String, _ fields: [String: String], accept: String = "text/html,*/*") async throws {
        var all = fields
        if all["form_token"] == nil { all["form_token"] = formToken }
        if all["slip"] == nil, let slip = value(of: "slip") { all["slip"] = slip }
        try await send(.post, target, Self.encode(all), accept: accept)
    }

    static func encode(_ fields: [String: String]) -> String {
        fields.sorted { $0.key < $1.key }.map { "\(PercentEncoding.encode($0.key))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }

    // MARK: withdrawals

    static let reserve = (try? ReservePublicKey([UInt8](repeating: 7, count: 32)).base32) ?? ""

    /// Confirms a withdrawal and gives its callback's path, as a wallet finds it in the header fields.
    mutating func confirm(_ amount: String) async throws -> String {
        try await get("/account/withdraw")
        try await submit("/account/withdraw", ["amount": amount])
        let url = response.fields["X-Taler-Callback-Url"] ?? ""
        return String(url.dropFirst("http://\(TestBank.host)".count))
    }

    /// What a wallet makes of a callback's path.
    static func callback(_ path: String, _ changes: [String: String?] = [:]) -> String {
        var query: [String: String] = [
            "amount_value": "5", "amount_fraction": "25000000", "amount_currency": "KUDOS", "exchange": PageBank.exchange,
            "reserve_pub": reserve,
        ]
        for (name, value) in changes { query[name] = value }
        return path + "?" + encode(query)
    }

    /// What the page's question asks for.
    var answer: Int {
        guard let start = text.firstRange(of: "What is "), let end = text[start.upperBound...].firstIndex(of: "?") else { return -1 }
        let words = text[start.upperBound..<end].split(separator: " ").map(String.init)
        guard words.count == 3, words[1] == "plus", let first = Self.words.firstIndex(of: words[0]),
            let second = Self.words.firstIndex(of: words[2])
        else { return -1 }
        return first + second
    }

    private static let words = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
}
