// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import Testing

struct StopTests {
    private func start(_ handler: any Handler, grace: Duration = .seconds(60)) throws -> Server {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        var limits = ServerLimits()
        limits.stopGrace = grace
        return try Server.start(
            ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), limits: limits), handler: handler, logger: logger)
    }

    @Test func aRunningHandlerMayFinish() async throws {
        let (began, mayEnd) = (Gate(), Gate())
        let server = try start(
            ClosureHandler { _ in
                began.open()
                await mayEnd.wait()
                return Response(type: "text/plain", text: "done")
            })
        let client = try RawSocket(port: server.port)
        client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await began.wait()
        async let stopped: Void = server.stop()
        mayEnd.open()
        let answer = await client.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        #expect(answer.hasSuffix("done"))
        await stopped
    }

    @Test func aHandlerThatWaitsOnIsCancelledAndItsClientAnswered() async throws {
        let began = Gate()
        let server = try start(
            ClosureHandler { _ in
                began.open()
                await waitForCancellation()
                return .noContent
            }, grace: .milliseconds(20))
        let client = try RawSocket(port: server.port)
        client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await began.wait()
        await server.stop()
        #expect(await client.readToEnd().hasPrefix("HTTP/1.1 503 "))
    }

    @Test func aHandlerThatNeverEndsDoesNotHoldTheServer() async throws {
        let (began, never) = (Gate(), Gate())
        let server = try start(
            ClosureHandler { _ in
                began.open()
                await never.wait()
                return .noContent
            }, grace: .zero)
        let client = try RawSocket(port: server.port)
        client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await began.wait()
        await server.stop()
        #expect(await client.readToEnd().hasPrefix("HTTP/1.1 503 "))
        // The late answer finds the connection gone, and harms nobody.
        never.open()
    }

    @Test func idleConnectionsAreClosedAndNewOnesRefused() async throws {
        let server = try start(echo)
        let port = server.port
        let idle = try RawSocket(port: port)
        let used = try RawSocket(port: port)
        used.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = await used.readAnswer()
        await server.stop()
        #expect(await idle.readToEnd() == "")
        #expect(await used.readToEnd() == "")
        #expect(throws: RawSocket.Failure.self) { _ = try RawSocket(port: port) }
    }

    @Test func aHalfSentRequestDoesNotHoldTheServer() async throws {
        let server = try start(echo, grace: .milliseconds(20))
        let client = try RawSocket(port: server.port)
        client.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        await server.stop()
        #expect(await client.readToEnd() == "")
    }

    @Test func everybodyMayStopIt() async throws {
        let server = try start(echo)
        await withTaskGroup(of: Void.self) { group in for _ in 0..<10 { group.addTask { await server.stop() } } }
        await server.stop()
    }

    @Test func aServerThatNobodyHoldsEnds() async throws {
        var server: Server? = try start(echo)
        let client = try RawSocket(port: try #require(server).port)
        server = nil
        #expect(await client.readToEnd() == "")
    }

    @Test func stoppingUnderLoadAnswersOrClosesEveryConnection() async throws {
        let half = Arrivals(50, then: Gate())
        let server = try start(
            ClosureHandler { _ in
                await half.next()
                return .noContent
            }, grace: .milliseconds(10))
        let base = "http://127.0.0.1:\(server.port)/"
        let client = CurlSender()
        let results = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    do { return [204, 503].contains(try await client.send(OutgoingRequest(.get, base)).status) } catch { return true }
                }
            }
            group.addTask {
                await server.stop()
                return true
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.allSatisfy { $0 })
        client.shutdown()
    }
}
