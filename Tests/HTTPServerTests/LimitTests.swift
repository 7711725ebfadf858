// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import HTTPServer
import TalerWire
import Testing

struct LimitTests {
    private func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = ServerLimits()
        change(&limits)
        return limits
    }

    /// Asks until the answer is a good one: with limits as short as here, a busy machine may miss them.
    private func untilServed(_ client: any Sender, _ base: String) async {
        while (try? await client.send(OutgoingRequest(.get, base + "/")).status / 100) != 2 {}
    }

    @Test func aBodyOfTenMegabytesIsRefusedAndTheNextRequestServed() async throws {
        try await withServer { _, client, base in
            let answer = try await client.send(OutgoingRequest(.post, base + "/", body: [UInt8](repeating: 0x20, count: 10 << 20)))
            #expect(answer.status == 413)
            #expect(try answer.json()["code"] == 32)
            #expect(try await client.send(OutgoingRequest(.get, base + "/")).status == 200)
        }
    }

    @Test func theConnectionGoesOnAfterABodyThatWasTooLarge() async throws {
        try await withServer(limits: limits { $0.bodyBytes = 10 }) { server, _, _ in
            let socket = try RawSocket(port: server.port)
            socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n12345678901")
            #expect(await socket.readAnswer().hasPrefix("HTTP/1.1 413 "))
            socket.write("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n")
            #expect(await socket.readAnswer().hasPrefix("HTTP/1.1 413 "))
            socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n1234567890")
            #expect(await socket.readAnswer().contains("\"bytes\":10"))
        }
    }

    @Test func whoWaitsForASignBeforeTheBodyIsRefusedWithoutSendingIt() async throws {
        try await withServer(limits: limits { $0.bodyBytes = 10 }) { server, _, _ in
            let socket = try RawSocket(port: server.port)
            socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n")
            #expect(await socket.readToEnd().hasPrefix("HTTP/1.1 413 "))
            let other = try RawSocket(port: server.port)
            other.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            #expect(await other.readHeader().hasPrefix("HTTP/1.1 100 "))
            other.write("four")
            #expect(await other.readAnswer().contains("\"body\":\"four\""))
        }
    }

    @Test func aBodyThatIsFarTooLargeEndsTheConnection() async throws {
        try await withServer(
            limits: limits {
                $0.bodyBytes = 10
                $0.discardedBytes = 100
            }
        ) { server, client, base in
            let told = try RawSocket(port: server.port)
            told.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n")
            #expect(await told.readToEnd().hasPrefix("HTTP/1.1 413 "))
            let untold = try RawSocket(port: server.port)
            untold.write("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            while untold.write("5\r\n12345\r\n") {}
            #expect(try await client.send(OutgoingRequest(.get, base + "/")).status == 200)
        }
    }

    @Test func aQueryOfManyPairsIsServed() async throws {
        try await withServer { server, _, _ in
            for count in [1000, 4000, 12_000] {
                let socket = try RawSocket(port: server.port)
                socket.write("GET /?\(String(repeating: "a&", count: count)) HTTP/1.1\r\nHost: a\r\n\r\n")
                let answer = await socket.readAnswer()
                #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(count)")
            }
        }
    }

    @Test func oneAddressHasSoManyConnections() async throws {
        try await withServer(limits: limits { $0.connectionsPerAddress = 2 }) { server, _, _ in
            var open: [RawSocket] = []
            for _ in 0..<2 {
                let socket = try RawSocket(port: server.port)
                socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await socket.readAnswer().hasPrefix("HTTP/1.1 200 "))
                open.append(socket)
            }
            let third = try RawSocket(port: server.port)
            third.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await third.readToEnd().isEmpty)
            withExtendedLifetime(open) {}
        }
    }

    @Test func aHeaderThatIsTooLargeIsRefused() async throws {
        try await withServer(limits: limits { $0.headerBytes = 2000 }) { server, client, base in
            let inJSON = try await client.send(
                OutgoingRequest(.get, base + "/", fields: ["X-Long": String(repeating: "x", count: 2000)]))
            #expect(inJSON.status == 431)
            #expect(try inJSON.json()["code"] == 23)
            let huge = try RawSocket(port: server.port)
            huge.write("GET / HTTP/1.1\r\nHost: a\r\nX-Long: \(String(repeating: "x", count: 60000))\r\n\r\n")
            let answer = await huge.readToEnd()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 431 "))
            #expect(try await client.send(OutgoingRequest(.get, base + "/")).status == 200)
        }
    }

    @Test(arguments: [
        "G", "GET / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    ])
    func whoStopsInTheMiddleOfARequestIsCutOff(_ start: String) async throws {
        let limits = limits {
            $0.requestTime = .milliseconds(50)
            $0.idleTime = .milliseconds(50)
        }
        try await withServer(limits: limits) { server, client, base in
            let socket = try RawSocket(port: server.port)
            socket.write(start)
            let answer = await socket.readToEnd()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 408 "))
            await untilServed(client, base)
        }
    }

    /// Without letting them go, these would take all places for half a minute, longer than the client waits.
    @Test func whoLeavesInTheMiddleOfARequestTakesNoPlace() async throws {
        try await withServer(limits: limits { $0.connections = 4 }) { server, client, base in
            for _ in 0..<20 {
                let socket = try RawSocket(port: server.port)
                socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc")
            }
            let answer = try await client.send(OutgoingRequest(.get, base + "/", timeout: .seconds(25)))
            #expect(answer.status == 200)
        }
    }

    @Test func whoSendsByteByByteIsCutOff() async throws {
        let limits = limits { $0.requestTime = .milliseconds(50) }
        try await withServer(limits: limits) { server, _, _ in
            let socket = try RawSocket(port: server.port)
            socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
            // Ends when the server has closed, long before the millionth byte.
            let sent = await onThread {
                var sent = 0
                while sent < 1_000_000, socket.write("x") { sent += 1 }
                return sent
            }
            #expect(sent < 1_000_000)
        }
    }

    @Test func aHandlerThatTakesTooLongIsCancelledAndAnsweredFor() async throws {
        let cancelled = Gate()
        let handler = ClosureHandler { _ in
            await waitForCancellation()
            cancelled.open()
            return .noContent
        }
        try await withServer(handler, limits: limits { $0.handlerTime = .milliseconds(50) }) { _, client, base in
            let answer = try await client.send(OutgoingRequest(.get, base + "/"))
            #expect(answer.status == 500)
            #expect(try answer.json()["code"] == 11)
            await cancelled.wait()
        }
    }

    @Test func aHandlerThatDoesNotListenIsAnsweredForToo() async throws {
        let gate = Gate()
        let handler = ClosureHandler { request in
            if request.path == ["stuck"] { await gate.wait() }
            return .noContent
        }
        try await withServer(handler, limits: limits { $0.handlerTime = .milliseconds(50) }) { _, client, base in
            let stuck = try await client.send(OutgoingRequest(.get, base + "/stuck"))
            #expect(stuck.status == 500)
            await untilServed(client, base)
            gate.open()
        }
    }

    @Test func errorsOfTheServerHaveTheStyleOfItsInterface() async throws {
        try await withServer(style: .bank) { _, client, base in
            let answer = try await client.send(OutgoingRequest(.get, base + "/%00"))
            let json = try answer.json()
            #expect(json["ec"] == 29)
            #expect(json["error"] == json["hint"])
        }
    }
}
