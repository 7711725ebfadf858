// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
import TalerWire

/// Wakes those who wait for a reserve to be paid into.
final class ReserveSignal: Sendable {
    private struct State {
        var next = 0
        var waiting: [ReservePublicKey: [Int: AsyncStream<Void>.Continuation]] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    /// A place in the queue. What happens after it was taken is not missed, even before ``wait(_:for:)``.
    struct Ticket: Sendable {
        fileprivate let reserve: ReservePublicKey
        fileprivate let number: Int
        fileprivate let stream: AsyncStream<Void>
    }

    func ticket(for reserve: ReservePublicKey) -> Ticket {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.next += 1
            if state.isClosed {
                continuation.finish()
            } else {
                state.waiting[reserve, default: [:]][state.next] = continuation
            }
            return state.next
        }
        return Ticket(reserve: reserve, number: number, stream: stream)
    }

    /// Returns when the reserve was paid into, when the time is over, when all waiting ends, or when the task is cancelled.
    func wait(_ ticket: Ticket, for time: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in ticket.stream { return } }
            group.addTask { try? await Task.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Gives the place up; must follow every ``ticket(for:)``.
    func leave(_ ticket: Ticket) {
        state.withLock { state in
            state.waiting[ticket.reserve]?[ticket.number] = nil
            if state.waiting[ticket.reserve]?.isEmpty == true { state.waiting[ticket.reserve] = nil }
        }
    }

    func wake(_ reserves: some Sequence<ReservePublicKey>) {
        let continuations = state.withLock { state in reserves.flatMap { (state.waiting[$0] ?? [:]).values } }
        for continuation in continuations { continuation.yield() }
    }

    /// Ends all waiting, now and later.
    func close() {
        let continuations = state.withLock { state in
            state.isClosed = true
            return state.waiting.values.flatMap(\.values)
        }
        for continuation in continuations { continuation.finish() }
    }

    /// How many are waiting.
    var count: Int { state.withLock { $0.waiting.values.reduce(0) { $0 + $1.count } } }
}
