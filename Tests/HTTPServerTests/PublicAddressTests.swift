// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPClient
import HTTPCore
import HTTPServer
import Synchronization
import TalerWire
import Testing

/// Requests that may only go to public addresses. Everything here is loopback, so all of them must fail.
struct PublicAddressTests {
    private func outcome(_ client: any Sender, _ url: String, _ change: (inout OutgoingRequest) -> Void = { _ in }) async -> SendError? {
        var request = OutgoingRequest(.post, url, body: Array("secret".utf8))
        request.publicAddressesOnly = true
        change(&request)
        do {
            _ = try await client.send(request)
            return nil
        } catch { return error }
    }

    private static let refused = SendError.notSent("its address is not one of the public internet")

    @Test(arguments: ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0.0.0.0", "[::ffff:127.0.0.1]", "[::1]"])
    func loopbackIsRefusedBeforeAConnectionIsMade(_ host: String) async throws {
        let server = try ScriptedServer()
        let client = CurlSender()
        #expect(await outcome(client, "http://\(host):\(server.port)/") == Self.refused)
        // The next connection that the server sees is the one that may be made.
        async let answer = client.send(OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/allowed"))
        let connection = await server.accept()
        #expect(await connection.readHeader().hasPrefix("GET /allowed "))
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(try await answer.status == 200)
    }

    @Test func aKeptConnectionToLoopbackIsNotUsedEither() async throws {
        let paths = Mutex<[String]>([])
        let handler = ClosureHandler { request in
            paths.withLock { $0.append(contentsOf: request.path) }
            return Response(json: [:])
        }
        try await withServer(handler) { _, client, base in
            _ = try await client.send(OutgoingRequest(.get, base + "/first"))
            #expect(await outcome(client, base + "/second") == Self.refused)
            _ = try await client.send(OutgoingRequest(.get, base + "/third"))
        }
        #expect(paths.withLock { $0 } == ["first", "third"])
    }

    @Test func aSocketFileIsNoPublicAddress() async throws {
        let client = CurlSender(unixSocket: "/nonexistent/socket")
        #expect(await outcome(client, "http://example.org/") == Self.refused)
    }
}
