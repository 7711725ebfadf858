// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import HTTPServer
import Logging
import TalerWire
import Testing

struct RequestTests {
    @Test func aRequestReachesTheHandlerAndItsAnswerTheClient() async throws {
        try await withServer { _, client, base in
            let answer = try await client.send(OutgoingRequest(.post, base + "/a/b?x=1%262", body: Array("hello".utf8)))
            #expect(answer.status == 200)
            #expect(answer.fields["content-type"] == "application/json")
            let json = try answer.json()
            #expect(json["method"] == "POST")
            #expect(json["path"] == ["a", "b"])
            #expect(json["x"] == "1&2")
            #expect(json["body"] == "hello")
            #expect(json["local"] == false)
            #expect(json["peer"] == "127.0.0.1")
        }
    }

    @Test(arguments: [
        ("/a%2Fb", ["a/b"]), ("/a//b/", ["a", "", "b", ""]), ("/", []), ("//x/../y", ["", "x", "..", "y"]), ("/%C3%A9+", ["é+"]),
        ("http://other.example/p?x=1", ["p"]), ("http://other.example", []), ("/?x=/a", []),
    ])
    func pathsAreSplitBeforeTheyAreDecoded(_ target: String, _ path: [String]) async throws {
        try await withServer { server, _, _ in
            let socket = try RawSocket(port: server.port)
            socket.write("GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = await socket.readToEnd()
            let body = try #require(answer.range(of: "\r\n\r\n").map { String(answer[$0.upperBound...]) })
            #expect(try JSONParser.parse(Array(body.utf8))["path"] == .array(path.map { .string($0) }))
        }
    }

    @Test(arguments: [
        ("/%00", 29), ("/abc%00def", 29), ("/%FF", 29), ("/%4", 29), ("/%zz", 29), ("/a?x=%FF", 26), ("/a?x=%", 26), ("/a?%00=1", 26),
    ])
    func whatIsNotValidlyEncodedIsRefused(_ target: String, _ code: Int) async throws {
        try await withServer { server, _, _ in
            let socket = try RawSocket(port: server.port)
            socket.write("GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = await socket.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(answer.contains("\"code\":\(code),"))
        }
    }

    @Test func bytesThatAreNotUTF8AreRefusedInThePath() async throws {
        try await withServer { server, client, base in
            let socket = try RawSocket(port: server.port)
            socket.write(Array("GET /".utf8) + [0xFF, 0xFE] + Array(" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8))
            #expect(await socket.readToEnd().hasPrefix("HTTP/1.1 400 "))
            #expect(try await client.send(OutgoingRequest(.get, base + "/")).status == 200)
        }
    }

    @Test func severalRequestsUseOneConnection() async throws {
        try await withServer { server, _, _ in
            let socket = try RawSocket(port: server.port)
            for number in 0..<3 {
                socket.write("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await socket.readAnswer().contains("\"path\":[\"\(number)\"]"))
            }
        }
    }

    @Test func requestsSentAtOnceAreAnsweredInTheirOrder() async throws {
        try await withServer { server, _, _ in
            let socket = try RawSocket(port: server.port)
            socket.write((0..<5).map { "POST /\($0) HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok" }.joined())
            for number in 0..<5 { #expect(await socket.readAnswer().contains("\"path\":[\"\(number)\"]")) }
        }
    }

    @Test func aChunkedBodyIsPutTogether() async throws {
        try await withServer { server, _, _ in
            let socket = try RawSocket(port: server.port)
            socket.write("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
            #expect(await socket.readAnswer().contains("\"body\":\"abcde\",\"bytes\":5"))
        }
    }

    @Test func anAnswerToHeadHasTheLengthButNoBody() async throws {
        try await withServer { server, client, base in
            let answer = try await client.send(OutgoingRequest(.head, base + "/a"))
            #expect(answer.status == 200)
            #expect(answer.body.isEmpty)
            let socket = try RawSocket(port: server.port)
            socket.write("HEAD /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let raw = await socket.readToEnd()
            #expect(raw.contains("Content-Length: ") && !raw.contains("Content-Length: 0"))
            #expect(raw.hasSuffix("\r\n\r\n"))
        }
    }

    @Test(arguments: [204, 304]) func anAnswerWithoutContentHasNoBody(_ status: Int) async throws {
        try await withServer(ClosureHandler { _ in Response(status: status, type: "text/plain", text: "forbidden here") }) { server, _, _ in
            let socket = try RawSocket(port: server.port)
            socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = await socket.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func aLineBreakInAHeaderFieldMakesNoSecondField() async throws {
        let handler = ClosureHandler { _ in
            var response = Response(type: "text/plain", text: "x")
            response.fields.append("X-One", "a\r\nX-Two: b")
            response.fields.append("Set-Cookie", "a=1")
            response.fields.append("Set-Cookie", "b=2")
            return response
        }
        try await withServer(handler) { _, client, base in
            let answer = try await client.send(OutgoingRequest(.get, base + "/"))
            #expect(answer.fields["X-One"] == "a  X-Two: b")
            #expect(answer.fields["X-Two"] == nil)
            #expect(answer.fields.all("Set-Cookie") == ["a=1", "b=2"])
        }
    }

    @Test func aHandlersOwnLengthAndConnectionFieldsAreLeftOut() async throws {
        let handler = ClosureHandler { _ in
            Response(fields: ["Content-Length": "7", "Transfer-Encoding": "chunked", "Connection": "close"], body: Array("four".utf8))
        }
        try await withServer(handler) { server, _, _ in
            let socket = try RawSocket(port: server.port)
            for _ in 0..<2 {
                socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                let answer = await socket.readAnswer()
                #expect(answer.contains("Content-Length: 4\r\n"))
                #expect(!answer.contains("chunked"))
            }
        }
    }

    @Test func aStatusThatIsNoneBecomes500() async throws {
        try await withServer(ClosureHandler { _ in Response(status: 99) }) { _, client, base in
            let answer = try await client.send(OutgoingRequest(.get, base + "/"))
            #expect(answer.status == 500)
        }
    }

    @Test func aHandlerCanCloseTheConnectionWithoutAnAnswer() async throws {
        let silent = ClosureHandler { request in
            var response = request.path == ["silent"] ? Response.unanswered : Response(type: "text/plain", text: "here")
            response.fields["X-Added"] = "on the way"
            return response
        }
        try await withServer(silent) { _, client, base in
            var request = OutgoingRequest(.post, base + "/silent", body: Array("hello".utf8))
            request.needsFreshConnection = true
            do {
                let answer = try await client.send(request)
                Issue.record("answered with \(answer.status)")
            } catch SendError.noAnswer {
                // As it must be.
            }
            #expect(try await client.send(OutgoingRequest(.get, base + "/")).body == Array("here".utf8))
        }
    }

    @Test func unknownPathsAndMethodsAreAnsweredInJSON() async throws {
        try await withServer(Router([GetThing()], logger: Logger(label: "test"))) { _, client, base in
            let missing = try await client.send(OutgoingRequest(.get, base + "/nothing"))
            #expect(missing.status == 404)
            #expect(try missing.json()["code"] == 21)
            let wrong = try await client.send(OutgoingRequest(.delete, base + "/thing"))
            #expect(wrong.status == 405)
            #expect(try wrong.json()["code"] == 20)
            #expect(wrong.fields["Allow"] == "GET, HEAD")
            #expect(try await client.send(OutgoingRequest(.get, base + "/thing")).status == 204)
        }
    }

    private struct GetThing: Endpoint {
        static let route = Route(.get, "/thing")
        func answer(_ request: Request, _ path: PathParameters) async throws -> Response { .noContent }
    }

    @Test func twoHundredHandlersWaitAtOnce() async throws {
        let gate = Gate()
        let arrived = Arrivals(200, then: gate)
        let handler = ClosureHandler { _ in
            await arrived.next()
            return .noContent
        }
        try await withServer(handler) { _, client, base in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 { group.addTask { try await client.send(OutgoingRequest(.get, base + "/\(number)")).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == [Int](repeating: 204, count: 200))
        }
    }
}
