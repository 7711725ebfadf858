// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Synchronization
import TestSupport

/// A network that can be cut: from some request on nothing arrives any more.
final class FaultySender: Sender {
    /// What becomes of the first request after the cut.
    enum Cut: CaseIterable {
        /// It does not arrive, and the sender knows.
        case notSent
        /// It does not arrive, but it might have.
        case requestLost
        /// It arrives; the answer does not.
        case answerLost
    }

    private struct State {
        var passed = 0
        var cut: (after: Int, kind: Cut)?
        /// Answers instead of delivering, for requests whose URL holds the text; the last that fits.
        var stubs: [(text: String, response: Response)] = []
    }

    private let inner: InProcessSender
    private let state = Mutex(State())

    init(_ inner: InProcessSender) { self.inner = inner }

    /// Every request that was delivered, in order.
    var delivered: [OutgoingRequest] { inner.sent }

    func cut(after count: Int, _ kind: Cut) {
        state.withLock { state in
            state.passed = 0
            state.cut = (count, kind)
        }
    }

    func stub(_ text: String, _ response: Response) { state.withLock { $0.stubs.append((text, response)) } }

    /// - Returns: whether a request met the cut.
    @discardableResult
    func heal() -> Bool {
        state.withLock { state in
            defer { state = State() }
            return state.cut.map { state.passed > $0.after } ?? false
        }
    }

    func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        let (cut, stub): (Cut?, Response?) = state.withLock { state in
            if let stub = state.stubs.last(where: { request.url.contains($0.text) }) { return (nil, stub.response) }
            state.passed += 1
            guard let cut = state.cut, state.passed > cut.after else { return (nil, nil) }
            return (state.passed == cut.after + 1 ? cut.kind : .notSent, nil)
        }
        if let stub { return stub }
        switch cut {
        case nil: return try await inner.send(request)
        case .notSent: throw .notSent("the network is cut")
        case .requestLost: throw .timedOut
        case .answerLost:
            _ = try await inner.send(request)
            throw .noAnswer("the network was cut")
        }
    }
}
