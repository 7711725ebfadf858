// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import Synchronization

/// Time that stands still until it is moved, and sleepers that wait for it.
final class HandTimer: MonotonicTimer {
    private struct State {
        var now = Duration.zero
        var next = 0
        var sleepers: [Int: (end: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    func uptime() -> Duration { state.withLock { $0.now } }

    func sleep(for duration: Duration) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let isCancelled = state.withLock { state in
                    if state.cancelled.contains(id) { return true }
                    state.sleepers[id] = (state.now + duration, continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(id)
                return state.sleepers.removeValue(forKey: id)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Returns once somebody sleeps until exactly that long from now.
    func waitForSleeper(of duration: Duration) async {
        while !state.withLock({ state in state.sleepers.values.contains { $0.end == state.now + duration } }) { await Task.yield() }
    }

    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now += duration
            let over = state.sleepers.filter { $0.value.end <= state.now }
            for id in over.keys { state.sleepers[id] = nil }
            return over.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }
}

/// Repeats a look until it shows what is waited for.
func eventually(_ holds: () async throws -> Bool) async throws {
    while try await !holds() { await Task.yield() }
}
