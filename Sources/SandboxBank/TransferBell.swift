// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization

/// Tells waiting requests that an account's history has grown, within this process.
final class TransferBell: Sendable {
    private struct State {
        var nextID: UInt64 = 0
        var isClosed = false
        var listeners: [Int64: [UInt64: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    /// A stream that yields after each ring of that account, several rings as one. It ends with ``Listener/end()`` and with ``close()``.
    func listen(to account: Int64) -> Listener {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id: UInt64? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.nextID += 1
            state.listeners[account, default: [:]][state.nextID] = continuation
            return state.nextID
        }
        if let id {
            continuation.onTermination = { [weak self] _ in self?.remove(id, account) }
        } else {
            continuation.finish()
        }
        return Listener(stream: stream, continuation: continuation)
    }

    struct Listener: Sendable {
        let stream: AsyncStream<Void>
        private let continuation: AsyncStream<Void>.Continuation

        fileprivate init(stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation) {
            self.stream = stream
            self.continuation = continuation
        }

        func end() { continuation.finish() }
    }

    /// Call it when the transfer is committed.
    func ring(_ accounts: Int64...) {
        let listeners = state.withLock { state in accounts.flatMap { state.listeners[$0].map { Array($0.values) } ?? [] } }
        for listener in listeners { listener.yield() }
    }

    /// Ends every wait, and those that come later.
    func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            return state.listeners.values.flatMap(\.values)
        }
        for listener in listeners { listener.finish() }
    }

    /// How many wait.
    var listenerCount: Int { state.withLock { $0.listeners.values.reduce(0) { $0 + $1.count } } }

    private func remove(_ id: UInt64, _ account: Int64) {
        state.withLock { state in
            state.listeners[account]?[id] = nil
            if state.listeners[account]?.isEmpty == true { state.listeners[account] = nil }
        }
    }
}
