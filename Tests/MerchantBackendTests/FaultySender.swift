// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Synchronization

/// Passes requests on, unless a fault is waiting for one whose URL ends like this.
final class FaultySender: Sender {
    enum Fault: Sendable {
        /// The request never gets there.
        case unreachable
        /// It gets there and is answered; the answer is lost.
        case answerLost
        case timeout
        /// This comes instead of an answer, and the request never gets there.
        case instead(Response)
        /// The answer is changed on its way.
        case changed(@Sendable (Response) -> Response)
        /// It waits until the gate opens, then it gets there.
        case held(Gate)
    }

    private let inner: any Sender
    private let faults = Mutex<[(suffix: String, fault: Fault)]>([])
    private let parts = Mutex<[(part: String, fault: Fault)]>([])
    private let counts = Mutex<[String: Int]>([:])

    init(_ inner: any Sender) { self.inner = inner }

    /// The next request to such a URL meets this fault.
    func plan(_ fault: Fault, for suffix: String = "/batch-deposit") { faults.withLock { $0.append((suffix, fault)) } }

    /// The next request whose URL has this in it meets this fault.
    func plan(_ fault: Fault, containing part: String) { parts.withLock { $0.append((part, fault)) } }

    /// How many requests to such a URL were begun.
    func count(_ suffix: String = "/batch-deposit") -> Int {
        counts.withLock { counts in counts.filter { $0.key.hasSuffix(suffix) }.values.reduce(0, +) }
    }

    /// How many requests were begun whose URL has this in it.
    func count(containing part: String) -> Int {
        counts.withLock { counts in counts.filter { $0.key.contains(part) }.values.reduce(0, +) }
    }

    func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        counts.withLock { $0[request.url, default: 0] += 1 }
        let fault =
            faults.withLock { faults in
                faults.firstIndex { request.url.hasSuffix($0.suffix) }.map { faults.remove(at: $0).fault }
            }
            ?? parts.withLock { parts in
                parts.firstIndex { request.url.contains($0.part) }.map { parts.remove(at: $0).fault }
            }
        switch fault {
        case nil: return try await inner.send(request)
        case .unreachable: throw .notSent("connection refused")
        case .answerLost:
            _ = try await inner.send(request)
            throw .noAnswer("connection reset")
        case .timeout: throw .timedOut
        case .instead(let response): return response
        case .changed(let change): return change(try await inner.send(request))
        case .held(let gate):
            await gate.wait()
            return try await inner.send(request)
        }
    }
}

/// Holds tasks until it is opened.
actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func wait() async {
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
