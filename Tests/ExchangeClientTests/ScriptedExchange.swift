// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import Synchronization
import TalerWire

/// Answers what a test puts up, by URL, and counts the requests.
final class ScriptedExchange: Sender {
    private let answers: Mutex<[String: Result<Response, SendError>]>
    private let log = Mutex<[OutgoingRequest]>([])

    init(_ answers: [String: Result<Response, SendError>] = [:]) { self.answers = Mutex(answers) }

    var urls: [String] { log.withLock { $0.map(\.url) } }
    var requests: [OutgoingRequest] { log.withLock { $0 } }

    func answer(_ url: String, _ result: Result<Response, SendError>) { answers.withLock { $0[url] = result } }

    /// `/keys` of an exchange whose keys the test has.
    func keys(_ baseURL: String, _ exchange: OwnExchange, fields: HTTPFields = HTTPFields()) throws {
        var response = Response(json: try JSONValue(encoding: exchange.keys()))
        for field in fields.entries { response.fields.append(field.name, field.value) }
        answer(baseURL + "keys", .success(response))
    }

    func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        log.withLock { $0.append(request) }
        guard let answer = answers.withLock({ $0[request.url] }) else { throw .notSent("nobody listens") }
        return try answer.get()
    }
}
