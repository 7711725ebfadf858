// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Time that only goes forward, whatever is done to the computer's clock.
public protocol MonotonicTimer: Sendable {
    /// Since some moment in the past.
    func uptime() -> Duration
    /// - Throws: `CancellationError`.
    func sleep(for duration: Duration) async throws
}

/// The computer's time since its start, sleep included.
public struct SystemMonotonicTimer: MonotonicTimer {
    private let start = ContinuousClock.now

    public init() {}

    public func uptime() -> Duration { start.duration(to: .now) }
    public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
