// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import Logging
import Synchronization
import TalerWire

/// Pays merchants while the exchange serves: at each wire deadline, and again after a growing delay when the bank did not confirm.
final class PayoutLoop: Sendable {
    private let aggregator: Aggregator
    private let logger: Logger
    /// Waits; throws when cancelled.
    private let pause: @Sendable (Duration) async throws -> Void
    private let rings: AsyncStream<Void>
    private let ringer: AsyncStream<Void>.Continuation
    /// Until when nothing is due; nil while that is being found out.
    private let planned = Mutex<Timestamp?>(nil)
    /// A clock may be set, so that no wait is longer.
    private static let longestSleep: Int64 = 600

    init(
        _ aggregator: Aggregator, logger: Logger,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.aggregator = aggregator
        self.logger = logger
        self.pause = pause
        (rings, ringer) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// A deposit was taken that is to be paid then.
    func expect(_ deadline: Timestamp) {
        let isEarlier = planned.withLock { $0.map { deadline < $0 } ?? true }
        if isEarlier { ringer.yield() }
    }

    /// What kept payouts back may have ended.
    func wake() { ringer.yield() }

    /// Returns when the task is cancelled.
    func run() async {
        var backoff = Backoff()
        var ringing = rings.makeAsyncIterator()
        while !Task.isCancelled {
            planned.withLock { $0 = nil }
            var delay: Duration
            do {
                let now = aggregator.clock.now()
                let report = try await aggregator.round(dueBy: now)
                let next = try await aggregator.store.nextWireDeadline(after: now) ?? .never
                planned.withLock { $0 = next }
                delay = .seconds(min(Self.seconds(from: aggregator.clock.now(), to: next), Self.longestSleep))
                if report.openCount == 0 { backoff.reset() } else { delay = min(delay, backoff.next()) }
            } catch {
                if Task.isCancelled { return }
                logger.error("merchants cannot be paid", metadata: ["error": "\(error)"])
                delay = backoff.next()
            }
            let timer = Task { [pause, ringer] in
                do { try await pause(delay) } catch { return }
                ringer.yield()
            }
            let isOver = await ringing.next() == nil
            timer.cancel()
            if isOver { return }
        }
    }

    private static func seconds(from now: Timestamp, to time: Timestamp) -> Int64 {
        guard time > now, let from = now.seconds, let to = time.seconds else { return time > now ? .max : 0 }
        return Int64(clamping: to - from)
    }
}
