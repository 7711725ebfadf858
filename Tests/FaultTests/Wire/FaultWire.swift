// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Synchronization

/// The way from one process to the exchanges, without a socket. When the process is dead, nothing comes through.
final class FaultWire: Sender {
    private let inner: any Sender
    private let engine: FaultEngine
    private let dead = Mutex(false)

    init(_ inner: any Sender, _ engine: FaultEngine) {
        self.inner = inner
        self.engine = engine
    }

    var isDead: Bool { dead.withLock { $0 } }

    /// The process that sends through this is killed now.
    func die() { dead.withLock { $0 = true } }

    func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        guard !isDead, let target = Self.target(request.url) else { throw .notSent("nobody there") }
        let passing = Passing(method: request.method, target: target, fields: request.fields, body: request.body)
        let delivery = await engine.pass(passing) { passing throws(SendError) in
            // What waited on the way of a process that has died meanwhile was still in its memory.
            guard !self.isDead else { throw .notSent("the process is gone") }
            var forwarded = request
            forwarded.body = passing.body
            return try await inner.send(forwarded)
        } kill: {
            self.die()
        }
        guard !isDead else { throw .noAnswer("the process is gone") }
        switch delivery {
        case .answer(let response): return response
        case .notConnected: throw .notSent("connection refused")
        case .closed: throw .noAnswer("connection reset")
        case .short: throw .noAnswer("transfer closed with outstanding data")
        case .endless: throw .noAnswer("the answer is too large")
        case .slow: throw .timedOut
        }
    }

    /// Path and query.
    private static func target(_ url: String) -> String? {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count == 4 ? "/" + parts[3] : nil
    }
}
