// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeClient
import Synchronization

/// Time that stands still until it is moved, and sleepers that wait for it.
public final class ManualTimer: MonotonicTimer {
    private struct State {
        var now = Duration.zero
        var sleepers: [Int: (end: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var next = 0
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())
    /// The length of each sleep as it begins.
    public let sleeps: AsyncStream<Duration>
    private let sleepBegins: AsyncStream<Duration>.Continuation

    public init() { (sleeps, sleepBegins) = AsyncStream.makeStream(of: Duration.self) }

    public func uptime() -> Duration { state.withLock { $0.now } }

    public func sleep(for duration: Duration) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    guard !state.cancelled.contains(id) else { return true }
                    state.sleepers[id] = (state.now + duration, continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) } else { sleepBegins.yield(duration) }
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
    public func waitForSleeper(of duration: Duration) async {
        while !state.withLock({ state in state.sleepers.values.contains { $0.end == state.now + duration } }) { await Task.yield() }
    }

    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now += duration
            let now = state.now
            let over = state.sleepers.filter { $0.value.end <= now }
            for id in over.keys { state.sleepers[id] = nil }
            return over.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }
}
