// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import TalerWire
import Testing

struct RouterTests {
    private struct GetItem: Endpoint {
        static let route = Route(.get, "/items/:id")
        func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
            Response(type: "text/plain", text: "\(request.method) \(path["id"])")
        }
    }

    private struct PutItem: Endpoint {
        static let route = Route(.put, "/items/:id")
        func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
            throw APIError(.genericJsonInvalid, hint: "Not so.", detail: "x", fields: ["X-Why": "y"])
        }
    }

    private struct PostSecret: Endpoint {
        static let route = Route(.post, "/secret")
        struct Failure: Error { let secret = "the password is 1234" }
        func answer(_ request: Request, _ path: PathParameters) async throws -> Response { throw Failure() }
    }

    private func handle(_ method: HTTPMethod, _ target: String, style: ErrorStyle = .modern) async throws -> Response {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let router = Router([GetItem(), PutItem(), PostSecret()], style: style, logger: logger)
        return await router.handle(try #require(Request(method, target, id: "r-1")))
    }

    @Test func theEndpointOfTheRouteAnswers() async throws {
        #expect(try await handle(.get, "/items/a%2Fb?x=1").body == Array("GET a/b".utf8))
    }

    @Test func headIsAnsweredByGet() async throws {
        #expect(try await handle(.head, "/items/7").body == Array("HEAD 7".utf8))
        #expect(try await handle(.head, "/secret").status == 405)
    }

    @Test func anUnknownPathIs404() async throws {
        let answer = try await handle(.get, "/items")
        #expect(answer.status == 404)
        #expect(try answer.json()["code"] == 21)
    }

    @Test func anotherMethodIs405AndTellsWhichAreAllowed() async throws {
        let answer = try await handle(.delete, "/items/7")
        #expect(answer.status == 405)
        #expect(try answer.json()["code"] == 20)
        #expect(answer.fields["Allow"] == "GET, PUT, HEAD")
        #expect(try await handle(.get, "/secret").fields["Allow"] == "POST")
    }

    @Test func aThrownErrorIsTheAnswer() async throws {
        let answer = try await handle(.put, "/items/7")
        #expect(answer.status == 400)
        #expect(answer.fields["X-Why"] == "y")
        #expect(try answer.json() == ["code": 22, "hint": "Not so.", "detail": "x"])
    }

    @Test func anotherErrorIsA500ThatTellsNothing() async throws {
        let answer = try await handle(.post, "/secret")
        #expect(answer.status == 500)
        #expect(!String(decoding: answer.body, as: UTF8.self).contains("1234"))
        #expect(try answer.json()["detail"] == "request r-1")
    }

    @Test func theStyleAddsItsMembers() async throws {
        #expect(
            try await handle(.put, "/items/7", style: .classic).json() == [
                "code": 22, "hint": "Not so.", "detail": "x", "error": "Not so.",
            ])
        #expect(
            try await handle(.put, "/items/7", style: .bank).json() == [
                "code": 22, "hint": "Not so.", "detail": "x", "error": "Not so.", "ec": 22,
            ])
    }
}
