// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization

/// Tells waiting requests, within this process, that something has changed: an account, a reserve, a contract.
public final class ChangeBell<Key: Hashable & Sendable>: Sendable {
    private struct State {
        var nextID: UInt64 = 0
        var isClosed = false
        var listeners: [Key: [UInt64: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// A stream that yields after each ring for one of those keys, several rings as one. It ends with ``Listener/end()`` and with
    /// ``close()``.
    func listen(to keys: [Key]) -> Listener {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id: UInt64? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.nextID += 1
            for key in keys { state.listeners[key, default: [:]][state.nextID] = continuation }
            return state.nextID
        }
        if let id {
            continuation.onTermination = { [weak self] _ in self?.remove(id, keys) }
        } else {
            continuation.finish()
        }
        return Listener(stream: stream, continuation: continuation)
    }

    struct Listener: Sendable {
        let stream: AsyncStream<Void>
        fileprivate let continuation: AsyncStream<Void>.Continuation

        func end() { continuation.finish() }
    }

    /// Wakes who waits for one of these. To be called when the change is committed.
    public func ring(_ keys: some Sequence<Key>) {
        let listeners = state.withLock { state in keys.flatMap { state.listeners[$0].map { Array($0.values) } ?? [] } }
        for listener in listeners { listener.yield() }
    }

    /// ``ring(_:)`` for one key.
    public func ring(_ key: Key) { ring(CollectionOfOne(key)) }

    /// Ends every wait, and those that come later: for a program that stops.
    public func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            return state.listeners.values.flatMap(\.values)
        }
        for listener in listeners { listener.finish() }
    }

    /// How many requests wait.
    public var listenerCount: Int { state.withLock { Set($0.listeners.values.flatMap(\.keys)).count } }

    private func remove(_ id: UInt64, _ keys: [Key]) {
        state.withLock { state in
            for key in keys {
                state.listeners[key]?[id] = nil
                if state.listeners[key]?.isEmpty == true { state.listeners[key] = nil }
            }
        }
    }
}
