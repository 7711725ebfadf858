// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPClient
import HTTPCore
import HTTPServer
import Synchronization
import TalerWire
import Testing

struct ClientTests {
    /// A port on which nobody listens: bound and given back.
    private func freePort() throws -> UInt16 { try ScriptedServer().port }

    private func error(_ client: any Sender, _ request: OutgoingRequest) async -> SendError? {
        do {
            _ = try await client.send(request)
            return nil
        } catch { return error }
    }

    private func isNotSent(_ error: SendError?) -> Bool { if case .notSent = error { true } else { false } }
    private func isNoAnswer(_ error: SendError?) -> Bool { if case .noAnswer = error { true } else { false } }

    @Test func aRefusedConnectionSentNothing() async throws {
        let client = CurlSender()
        #expect(isNotSent(await error(client, OutgoingRequest(.post, "http://127.0.0.1:\(try freePort())/", body: [1]))))
    }

    @Test(arguments: [
        "", "nonsense", "http://", "http://no-such-host.invalid/", "ftp://127.0.0.1/", "file:///etc/passwd", "http://127.0.0.1/a b",
        "http://127.0.0.1/\r\nX: y", "http://user:password@127.0.0.1:1/",
    ])
    func whatCannotBeSentIsSaidToBeNotSent(_ url: String) async {
        #expect(isNotSent(await error(CurlSender(), OutgoingRequest(.get, url))))
    }

    @Test(arguments: ["", "get", "GET /x HTTP/1.1\r\nX: y\r\n\r\nGET"]) func aMethodThatIsNoneIsNotSent(_ method: String) async {
        #expect(isNotSent(await error(CurlSender(), OutgoingRequest(HTTPMethod(rawValue: method), "http://127.0.0.1:1/"))))
    }

    @Test func aServerWithoutTLSWasSentNothing() async throws {
        try await withServer { server, client, _ in
            #expect(isNotSent(await error(client, OutgoingRequest(.post, "https://127.0.0.1:\(server.port)/", body: [1]))))
        }
    }

    @Test(arguments: ["PUT", "PATCH", "DELETE", "OPTIONS", "POST", "GET"]) func everyMethodMayHaveABody(_ name: String) async throws {
        try await withServer { _, client, base in
            let method = HTTPMethod(rawValue: name)
            let with = try await client.send(OutgoingRequest(method, base + "/", body: Array("abc".utf8)))
            #expect(try with.json()["method"] == .string(name))
            #expect(try with.json()["body"] == "abc")
            let without = try await client.send(OutgoingRequest(method, base + "/"))
            #expect(try without.json()["method"] == .string(name))
            #expect(try without.json()["bytes"] == 0)
        }
    }

    @Test func theHeaderHoldsWhatWasAskedForAndNoMore() async throws {
        let server = try ScriptedServer()
        let client = CurlSender()
        var request = OutgoingRequest(.post, "http://127.0.0.1:\(server.port)/p?q=%20", fields: ["X-A": "1", "X-Empty": ""], body: [0x61])
        request.fields.append("X-A", "2")
        request.fields.append("Content-Length", "99")
        async let answer = client.send(request)
        let connection = await server.accept()
        let header = await connection.readHeader()
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(try await answer.status == 200)
        let lines = header.split(separator: "\r\n").map(String.init)
        #expect(lines.first == "POST /p?q=%20 HTTP/1.1")
        #expect(
            Set(lines.dropFirst()) == [
                "Host: 127.0.0.1:\(server.port)", "User-Agent: taler-merchant", "Accept: */*", "Accept-Encoding: deflate, gzip",
                "Content-Length: 1", "X-A: 1", "X-A: 2", "X-Empty:",
            ])
    }

    private final class Count: Sendable {
        let value = Atomic(0)
    }

    /// The first request is answered and the connection kept; the second is read and not answered; others are answered.
    private func answerAllButTheSecond(_ connection: RawSocket, _ count: Count) async {
        while await !connection.readHeader().isEmpty {
            _ = await connection.readByte()
            let number = count.value.add(1, ordering: .relaxed).newValue
            if number == 2 { return }
            connection.write("HTTP/1.1 \(number == 1 ? 200 : 409) X\r\nContent-Length: 0\r\n\r\n")
        }
    }

    @Test func whatNeedsAFreshConnectionIsNeverSentASecondTime() async throws {
        let server = try ScriptedServer()
        let client = CurlSender()
        var request = OutgoingRequest(.post, "http://127.0.0.1:\(server.port)/", body: [0x61])
        request.needsFreshConnection = true
        let count = Count()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { await answerAllButTheSecond(server.accept(), count) } }
            let first = try await client.send(request)
            #expect(first.status == 200)
            #expect(isNoAnswer(await error(client, request)))
            #expect(count.value.load(ordering: .relaxed) == 2)
            client.shutdown()
        }
    }

    @Test func aRedirectIsAnAnswer() async throws {
        let handler = ClosureHandler { _ in Response(status: 302, fields: ["Location": "http://127.0.0.1:1/"]) }
        try await withServer(handler) { _, client, base in
            let answer = try await client.send(OutgoingRequest(.get, base + "/"))
            #expect(answer.status == 302)
            #expect(answer.fields["Location"] == "http://127.0.0.1:1/")
        }
    }

    @Test func aCompressedAnswerArrivesInflated() async throws {
        let body = hex("78dacbcc4bcb492c4955c84db552481c05a360148c8251300a46c19007003408fa1e")
        let handler = ClosureHandler { _ in Response(fields: ["Content-Encoding": "deflate"], body: body) }
        try await withServer(handler) { _, client, base in
            let answer = try await client.send(OutgoingRequest(.get, base + "/"))
            #expect(answer.body.count == 2012)
            #expect(answer.fields["Content-Encoding"] == nil)
            #expect(answer.fields["Content-Length"] == nil)
            let exact = OutgoingRequest(.get, base + "/", maximumAnswer: 2012)
            #expect(try await client.send(exact).body.count == 2012)
            let tooLarge = OutgoingRequest(.get, base + "/", maximumAnswer: 2011)
            #expect(await error(client, tooLarge) == .noAnswer("the answer is larger than 2011 bytes"))
        }
    }

    @Test func onlyTheLastOfSeveralHeadersCounts() async throws {
        let server = try ScriptedServer()
        let client = CurlSender()
        async let answer = client.send(OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/"))
        let connection = await server.accept()
        _ = await connection.readHeader()
        connection.write("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nX-Late:  2 \r\nContent-Length: 2\r\n\r\nok")
        #expect(try await answer == Response(status: 200, fields: ["X-Late": "2"], body: Array("ok".utf8)))
    }

    @Test func aServerThatDoesNotAnswerMayHaveTheRequest() async throws {
        let gate = Gate()
        let handler = ClosureHandler { _ in
            await gate.wait()
            return .noContent
        }
        try await withServer(handler) { _, client, base in
            #expect(await error(client, OutgoingRequest(.get, base + "/", timeout: .milliseconds(50))) == .timedOut)
            gate.open()
        }
    }

    @Test func aCancelledTaskEndsItsTransfer() async throws {
        let (began, gate) = (Gate(), Gate())
        let handler = ClosureHandler { _ in
            began.open()
            await gate.wait()
            return .noContent
        }
        try await withServer(handler) { _, client, base in
            let task = Task { await error(client, OutgoingRequest(.get, base + "/")) }
            await began.wait()
            task.cancel()
            #expect(await task.value == .noAnswer("cancelled"))
            gate.open()
        }
    }

    @Test func aTaskThatIsAlreadyCancelledSendsNothing() async throws {
        try await withServer { _, client, base in
            let gate = Gate()
            let task = Task {
                await gate.wait()
                return await error(client, OutgoingRequest(.get, base + "/"))
            }
            task.cancel()
            gate.open()
            #expect(await task.value == .notSent("cancelled"))
        }
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "what is this\r\n\r\n"])
    func aConnectionThatBreaksLeavesADoubt(_ answer: String) async throws {
        let server = try ScriptedServer()
        let client = CurlSender()
        async let result = error(client, OutgoingRequest(.post, "http://127.0.0.1:\(server.port)/", body: [1]))
        await serve(server, answer)
        #expect(isNoAnswer(await result))
    }

    /// One connection: reads the header, writes, closes.
    private func serve(_ server: ScriptedServer, _ answer: String) async {
        let connection = await server.accept()
        // The byte of the body too, or closing would reset the connection.
        _ = await connection.readHeader()
        _ = await connection.readByte()
        connection.write(answer)
    }

    @Test func aKeptConnectionThatTheServerClosedIsReplaced() async throws {
        let server = try ScriptedServer()
        let client = CurlSender()
        let request = OutgoingRequest(.post, "http://127.0.0.1:\(server.port)/", body: [1])
        for _ in 0..<2 {
            async let answer = client.send(request)
            await serve(server, "HTTP/1.1 204 No Content\r\n\r\n")
            #expect(try await answer.status == 204)
        }
    }

    @Test func anAnswerWithAnEndlessHeaderIsNone() async throws {
        let server = try ScriptedServer()
        let client = CurlSender()
        async let result = error(client, OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/"))
        let connection = await server.accept()
        _ = await connection.readHeader()
        connection.write("HTTP/1.1 200 OK\r\n")
        _ = await onThread { while connection.write("X-Again: \(String(repeating: "x", count: 1000))\r\n") {} }
        #expect(isNoAnswer(await result))
    }

    @Test func afterTheEndNothingIsSent() async throws {
        let (began, gate) = (Gate(), Gate())
        let handler = ClosureHandler { _ in
            began.open()
            await gate.wait()
            return .noContent
        }
        try await withServer(handler) { _, _, base in
            let client = CurlSender()
            async let running = error(client, OutgoingRequest(.get, base + "/"))
            await began.wait()
            client.shutdown()
            #expect(await running == .noAnswer("the sender was shut down"))
            #expect(isNotSent(await error(client, OutgoingRequest(.get, base + "/"))))
            gate.open()
        }
    }
}
