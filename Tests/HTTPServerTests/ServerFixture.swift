// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import TalerWire

/// Answers by a closure.
struct ClosureHandler: Handler {
    let answer: @Sendable (Request) async -> Response

    init(_ answer: @escaping @Sendable (Request) async -> Response) { self.answer = answer }

    func handle(_ request: Request) async -> Response { await answer(request) }
}

/// Tells what arrived: method, path segments, query, body length.
let echo = ClosureHandler { request in
    Response(json: [
        "method": .string(request.method.rawValue), "path": .array(request.path.map { .string($0) }),
        "x": request.query["x"].map { .string($0) } ?? .null, "body": .string(String(decoding: request.body.prefix(64), as: UTF8.self)),
        "bytes": .integer(Int64(request.body.count)), "local": .bool(request.isLocalSocket),
        "peer": request.peer.map { .string($0) } ?? .null,
    ])
}

/// A server on a free port for one test, and a client for it.
func withServer(
    _ handler: any Handler = echo, limits: ServerLimits = ServerLimits(), style: ErrorStyle = .modern,
    _ body: (Server, any Sender, String) async throws -> Void
) async throws {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let server = try Server.start(
        ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), errorStyle: style, limits: limits), handler: handler, logger: logger)
    let client = CurlSender()
    do { try await body(server, client, "http://127.0.0.1:\(server.port)") } catch {
        client.shutdown()
        await server.stop()
        throw error
    }
    client.shutdown()
    await server.stop()
}
