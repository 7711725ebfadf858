// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import Testing
import TestSupport
import WebSession

@testable import ShopFrontend

struct RateLimitTests {
    private let bench: ShopBench

    init() throws { bench = try ShopBench.scratch(stock: nil) }

    private func ask(_ peer: String?, _ target: String = "/taler/contract?product=essay", accept: String = "*/*", forwarded: String? = nil)
        async throws
        -> Response
    {
        var fields: HTTPFields = ["Accept": accept]
        fields["X-Forwarded-For"] = forwarded
        let request = try #require(Request(.get, target, fields: fields, peer: peer))
        return await bench.shop.handler.handle(request)
    }

    private static let burst = Int(RequestKind.order.ofNetwork.burst)

    @Test func oneAddressMakesSoManyOrdersAndThenWaits() async throws {
        for _ in 0..<Self.burst { #expect(try await ask("203.0.113.5").status == 200) }
        let refused = try await ask("203.0.113.5")
        #expect(refused.status == 429)
        #expect(refused.fields["Retry-After"] == "10")
        #expect(refused.fields["Cache-Control"] == "no-store")
        #expect(try refused.object["hint"]?.stringValue?.isEmpty == false)
        #expect(try await ask("203.0.113.6").status == 200, "others are not concerned")
        #expect(try await ask("203.0.113.5", "/").status == 200, "looking around is free")
        bench.clock.advance(bySeconds: 10)
        #expect(try await ask("203.0.113.5").status == 200)
    }

    @Test func whoAskedForAPageGetsAPage() async throws {
        let target = "/?q=tea"
        var response = Response()
        for _ in 0...RequestKind.search.ofNetwork.burst { response = try await ask("203.0.113.5", target, accept: "text/html") }
        #expect(response.status == 429)
        #expect(response.fields["Retry-After"] != nil)
        #expect(response.fields["Content-Type"] == "text/html; charset=utf-8")
        #expect(response.text.contains("That was a little fast"))
        let seconds = response.fields["Retry-After"] ?? "?"
        #expect(response.text.contains("Please try again in \(seconds) second\(seconds == "1" ? "" : "s")."))
        #expect(response.text.contains("href=\"/?q=tea&amp;lang=en\">Try again</a>"))
    }

    @Test func whoHasToWaitIsToldSoInTheirLanguage() async throws {
        let request = try #require(
            Request(.get, "/taler/contract?product=essay", fields: ["Accept-Language": "de"], peer: "203.0.113.5"))
        for _ in 0..<Self.burst { _ = await bench.shop.handler.handle(request) }
        let refused = await bench.shop.handler.handle(request)
        #expect(refused.status == 429)
        #expect(try refused.object["hint"]?.stringValue?.contains("in 10 Sekunden noch einmal") == true)
    }

    @Test func allAddressesOfOneNetworkCountTogether() async throws {
        for number in 0..<Self.burst { #expect(try await ask("2001:db8:1:2::\(String(number, radix: 16))").status == 200) }
        #expect(try await ask("2001:db8:1:2:ffff::1").status == 429)
        #expect(try await ask("2001:db8:1:3::1").status == 200)
    }

    @Test(arguments: ["127.0.0.1", "127.8.9.1", "::1"]) func theMachineItselfIsNotCounted(peer: String) async throws {
        for _ in 0...Self.burst { #expect(try await ask(peer).status == 200) }
    }

    @Test(arguments: ["127.0.0.1", "::1"]) func aProxyOfTheMachineIsBelievedThoughNobodyToldOfIt(peer: String) async throws {
        for number in 0..<Self.burst { #expect(try await ask(peer, forwarded: "198.51.100.\(number), 203.0.113.5").status == 200) }
        #expect(try await ask(peer, forwarded: "198.51.100.200, 203.0.113.5").status == 429)
        #expect(try await ask(peer, forwarded: "203.0.113.5, 198.51.100.200").status == 200)
        #expect(try await ask(peer).status == 200)
    }

    @Test func behindAProxyItsLastWordCounts() async throws {
        var settings = bench.shop.settings
        settings.isBehindProxy = true
        let limited = RateLimit(
            Nothing(), sessions: bench.shop.sessions, buckets: TokenBuckets(), isBehindProxy: true, clock: bench.clock,
            logger: bench.shop.logger)
        func ask(_ forwarded: String) async throws -> Int {
            let request = try #require(
                Request(.get, "/taler/contract?product=essay", fields: ["X-Forwarded-For": forwarded], peer: "127.0.0.1"))
            return await limited.handle(request).status
        }
        for number in 0..<Self.burst { #expect(try await ask("198.51.100.\(number), 203.0.113.5") == 200) }
        #expect(try await ask("198.51.100.200, 203.0.113.5") == 429)
        #expect(try await ask("203.0.113.5, 198.51.100.200") == 200)
    }

    @Test func aHeaderThatAnybodyCanSetCountsForNothing() async throws {
        for number in 0..<Self.burst { _ = try await ask("203.0.113.5", forwarded: "198.51.100.\(number)") }
        #expect(try await ask("203.0.113.5", forwarded: "198.51.100.250").status == 429)
    }

    @Test func oneSessionIsCountedWhereverItComesFrom() async throws {
        let browser = Browser(bench)
        for number in 0..<RequestKind.form.ofSession.burst {
            browser.peer = "203.0.113.\(number)"
            #expect(try await browser.submit("/cart", ["product": "card"]).status == 303)
        }
        #expect(try await browser.submit("/cart", ["product": "card"]).status == 429)
        #expect(try await browser.get("/cart").status == 200)
        #expect(try await Browser(bench).submit("/cart", ["product": "card"]).status == 303)
    }

    @Test(arguments: RequestKind.allCases) func aHouseholdMayDoMoreThanOneOfItsBrowsers(kind: RequestKind) {
        #expect(kind.ofNetwork.burst >= 2 * kind.ofSession.burst)
        #expect(kind.ofNetwork.perHour >= 2 * kind.ofSession.perHour)
    }

    @Test(arguments: ["/order/x", "/order/x/state", "/fulfillment/x?key=k", "/receipt/x?key=k", "/taler/refund?order=x"])
    func whatTheBackendIsAskedForIsCounted(target: String) throws {
        #expect(RequestKind(try #require(Request(.get, target))) == .question)
    }

    private struct Nothing: Handler {
        func handle(_ request: Request) async -> Response { Response() }
    }
}
