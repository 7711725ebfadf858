// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import HTTPServer
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
        }
    }
}
