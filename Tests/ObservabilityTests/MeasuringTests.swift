// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import Observability
import Synchronization
import TalerWire
import Testing
import TestSupport

struct MeasuringTests {
    private struct Hello: Endpoint {
        static let route = Route(.get, "/hello/:name")
        func answer(_ request: Request, _ path: PathParameters) async throws -> Response { Response(status: 202) }
    }

    private struct Answering: Sender {
        let answer: @Sendable () throws(SendError) -> Response
        func send(_ request: OutgoingRequest) async throws(SendError) -> Response { try answer() }
    }

    @Test func requestsAreCountedByRouteAndStatusNotByAddress() async throws {
        let registry = MetricsRegistry()
        let router = Router([Hello()], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let handler = MeasuringHandler(router, router: router, registry: registry, prefix: "shop")
        for target in ["/hello/ann", "/hello/bob", "/nowhere", "/else"] {
            _ = await handler.handle(try #require(Request(.get, target)))
        }
        _ = await handler.handle(try #require(Request(.post, "/hello/ann")))
        #expect(registry.value("shop_requests_total", "GET /hello/:name", "202") == 2)
        #expect(registry.value("shop_requests_total", "none", "404") == 2)
        #expect(registry.value("shop_requests_total", "none", "405") == 1)
        #expect(registry.value("shop_request_seconds", "GET /hello/:name") == 2)
        #expect(registry.value("shop_requests_under_way") == 0)
    }

    @Test func whatIsAskedOfAnExchangeIsCountedByItsOutcome() async throws {
        let registry = MetricsRegistry()
        let clock = FixedClock(try Timestamp(seconds: 784_111_777 - 90))
        let fields: HTTPFields = ["Date": "Sun, 06 Nov 1994 08:49:37 GMT"]
        let key = String(repeating: "A", count: 52)
        let answering = MeasuringSender(
            Answering { Response(status: 200, fields: fields) }, parties: ["http://x/"], clock: clock, registry: registry, prefix: "ex")
        #expect(answering.clockSkew(of: "http://x/") == nil)
        for url in ["http://x/keys?a=b", "http://x/coins/\(key)/refund", "http://x/deposits/\(key)/\(key)", "http://y/keys"] {
            _ = try await answering.send(OutgoingRequest(.get, url))
        }
        #expect(registry.value("ex_requests_total", "http://x/", "keys", "200") == 1)
        #expect(registry.value("ex_requests_total", "http://x/", "coins refund", "200") == 1)
        #expect(registry.value("ex_requests_total", "http://x/", "deposits", "200") == 1)
        #expect(registry.value("ex_requests_total", "other", "other", "200") == 1)
        #expect(answering.clockSkew(of: "http://x/") == 90)
        let silent = MeasuringSender(
            Answering { () throws(SendError) in throw .timedOut }, parties: ["http://x/"], clock: clock, registry: registry, prefix: "ex")
        await #expect(throws: SendError.timedOut) { try await silent.send(OutgoingRequest(.get, "http://x/keys")) }
        #expect(registry.value("ex_requests_total", "http://x/", "keys", "timed out") == 1)
        #expect(silent.silence(of: "http://x/") == .timedOut)
        #expect(answering.silence(of: "http://x/") == nil)
    }

    @Test func aServerThatAnswersAgainIsNotSilentAnyMore() async throws {
        let isAway = Mutex(true)
        let sender = MeasuringSender(
            Answering { () throws(SendError) in
                if isAway.withLock({ $0 }) { throw .notSent("refused") }
                return Response(status: 503)
            }, parties: ["http://x/"], clock: FixedClock(.zero), registry: MetricsRegistry(), prefix: "ex")
        await #expect(throws: SendError.self) { try await sender.send(OutgoingRequest(.get, "http://x/keys")) }
        #expect(sender.silence(of: "http://x/") == .notSent("refused"))
        isAway.withLock { $0 = false }
        _ = try await sender.send(OutgoingRequest(.get, "http://x/keys"))
        #expect(sender.silence(of: "http://x/") == nil)
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777 as UInt64?), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Fri, 31 Dec 2100 00:00:00 GMT", 4_133_894_400),
        ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 25:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("", nil),
    ])
    func datesOfAnswersAreRead(_ text: String, _ seconds: UInt64?) {
        #expect(HTTPDate.parse(text)?.seconds == seconds)
    }
}
