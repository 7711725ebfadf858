// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import TalerWire

/// A handler behind a real socket, and a client that speaks to it through one.
struct LiveServer {
    private let server: Server
    private let sender = CurlSender()

    init(_ handler: any Handler) throws {
        var limits = ServerLimits()
        // As `sandbox exchange serve` has it.
        limits.bodyBytes = 4 << 20
        server = try Server.start(
            ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), limits: limits), handler: handler,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Ends the server and the client's thread.
    func stop() async {
        sender.shutdown()
        await server.stop()
    }

    func send(_ method: HTTPMethod, _ target: String, fields: HTTPFields = HTTPFields(), body: [UInt8] = []) async throws -> Response {
        try await sender.send(
            OutgoingRequest(method, "http://127.0.0.1:\(server.port)\(target)", fields: fields, body: body, timeout: .seconds(120)))
    }
}
