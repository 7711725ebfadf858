// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import HTTPCore
import SandboxExchange
import TalerWire

/// A fixture behind a real socket.
struct LiveExchange {
    let fixture: Fixture
    private let server: LiveServer

    /// - Parameter path: a database file instead of memory.
    init(path: String? = nil) async throws {
        fixture = try await Fixture(path: path)
        server = try LiveServer(fixture.service.handler)
    }

    /// Ends what waits, too.
    func stop() async {
        fixture.service.stop()
        await server.stop()
    }

    func send(_ method: HTTPMethod, _ target: String, fields: HTTPFields = HTTPFields(), body: [UInt8] = []) async throws -> Response {
        try await server.send(method, target, fields: fields, body: body)
    }

    func get(_ target: String, fields: HTTPFields = HTTPFields()) async throws -> Response { try await send(.get, target, fields: fields) }

    func post(_ target: String, _ message: some Encodable) async throws -> Response {
        let body = try JSONValue(encoding: message).serialized()
        return try await send(.post, target, fields: ["Content-Type": "application/json"], body: body)
    }

    func deposit(_ request: BatchDepositRequest) async throws -> Response { try await post("/batch-deposit", request) }
}
