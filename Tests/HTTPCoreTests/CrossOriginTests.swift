// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Testing

struct CrossOriginTests {
    private struct Inner: Handler {
        func handle(_ request: Request) async -> Response { Response(status: 418, fields: ["X-Inner": "1"]) }
    }

    @Test func everyAnswerMayBeReadByEveryOrigin() async throws {
        let answer = await CrossOrigin(Inner()).handle(try #require(Request(.post, "/")))
        #expect(answer.status == 418)
        #expect(answer.fields["X-Inner"] == "1")
        #expect(answer.fields["Access-Control-Allow-Origin"] == "*")
        #expect(answer.fields["Access-Control-Allow-Credentials"] == nil)
    }

    @Test func aPreflightIsAnsweredWithoutTheHandler() async throws {
        let request = try #require(Request(.options, "/", fields: ["Access-Control-Request-Headers": "content-type, x-own"]))
        let answer = await CrossOrigin(Inner()).handle(request)
        #expect(answer.status == 204)
        #expect(answer.fields["Access-Control-Allow-Headers"] == "content-type, x-own")
        #expect(answer.fields["Access-Control-Allow-Methods"]?.contains("POST") == true)
        #expect(answer.fields["Access-Control-Allow-Origin"] == "*")
    }
}
