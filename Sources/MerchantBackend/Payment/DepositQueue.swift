// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import Logging

/// The intents of one exchange that have no outcome yet, and when each is tried again.
///
/// Somebody's payment is tried at once. What is repeated by itself runs a few at a time; while the exchange leaves attempts without an
/// answer it is probed by one of them, with growing delays, and when it answers again the others follow at once.
actor DepositQueue {
    private let attempt: DepositAttempt
    private let pacing: DepositPacing
    private let logger: Logger
    /// What is repeated by itself.
    private var waiting = DueList()
    /// What somebody waits for, and is not under way yet.
    private var forced: [Int64: DueList.Item] = [:]
    private var running: [Int64: Task<Void, Never>] = [:]
    private var retriesRunning = 0
    private var waiters: [Int64: [Int: AsyncStream<Result<IntentOutcome, any Error>>.Continuation]] = [:]
    private var nextWaiter = 0
    /// Rounds of attempts in a row that the exchange left without an answer.
    private var silence = 0
    /// While the exchange is silent: when the next probe may begin.
    private var probeAt = Duration.zero
    private var alarm: Task<Void, Never>?
    private var isStopped = false
    private var idle: AsyncStream<Void>.Continuation?

    init(attempt: DepositAttempt, pacing: DepositPacing, logger: Logger) {
        self.attempt = attempt
        self.pacing = pacing
        self.logger = logger
    }

    /// Takes up intents that nobody waits for.
    func add(_ intents: [(id: Int64, attempts: Int)]) {
        let now = pacing.timer.uptime()
        for (id, attempts) in intents where running[id] == nil && forced[id] == nil && waiting[id] == nil {
            waiting[id] = DueList.Item(due: now, attempts: attempts)
        }
        pump()
    }

    /// The outcome of the attempt under way, or of one that begins now: at once, but no denser than the pacing allows.
    /// - Returns: nil when it did not come in time, or the queue was stopped. The attempt goes on.
    /// - Throws: what the database threw.
    func outcome(of id: Int64, attempts: Int, within limit: Duration) async throws -> IntentOutcome? {
        guard !isStopped else { return nil }
        let (stream, continuation) = AsyncStream.makeStream(of: Result<IntentOutcome, any Error>.self)
        nextWaiter += 1
        let waiter = nextWaiter
        waiters[id, default: [:]][waiter] = continuation
        let end = Task { [timer = pacing.timer] in
            try? await timer.sleep(for: limit)
            continuation.finish()
        }
        defer {
            end.cancel()
            waiters[id]?[waiter] = nil
            if waiters[id]?.isEmpty == true { waiters[id] = nil }
        }
        force(id, attempts)
        for await result in stream { return try result.get() }
        return nil
    }

    /// Begins nothing any more and gives what is under way a moment; then breaks it off.
    func stop() async {
        isStopped = true
        alarm?.cancel()
        waiting.removeAll()
        forced = [:]
        if !running.isEmpty {
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
            idle = continuation
            let end = Task { [pacing] in
                try? await pacing.timer.sleep(for: pacing.stopWithin)
                continuation.finish()
            }
            for await _ in stream {}
            end.cancel()
        }
        for task in running.values { task.cancel() }
        for continuation in waiters.values.flatMap(\.values) { continuation.finish() }
    }

    // MARK: When

    private func force(_ id: Int64, _ attempts: Int) {
        guard running[id] == nil, forced[id] == nil else { return }
        let now = pacing.timer.uptime()
        var item = waiting[id] ?? DueList.Item(due: now, attempts: attempts)
        item.due = max(now, item.lastEnd.map { $0 + pacing.repeatInterval } ?? now)
        waiting[id] = nil
        forced[id] = item
        pump()
    }

    /// Begins what is due, and sets the alarm for what comes next.
    private func pump() {
        alarm?.cancel()
        alarm = nil
        while !isStopped {
            let now = pacing.timer.uptime()
            var next: Duration?
            // Whom somebody waits for goes first, and needs no place among the retries.
            if let (id, item) = forced.min(by: { $0.value.due < $1.value.due }) {
                if item.due <= now {
                    forced[id] = nil
                    begin(id, item, isRetry: false)
                    continue
                }
                next = item.due
            }
            let isSilent = silence > 0
            if retriesRunning < (isSilent ? 1 : pacing.concurrentRetries), let (id, item) = waiting.first() {
                let due = isSilent ? probeAt : item.due
                if due <= now {
                    waiting[id] = nil
                    begin(id, item, isRetry: true)
                    continue
                }
                next = min(next ?? due, due)
            }
            if let next { wake(at: next, now: now) }
            return
        }
    }

    private func wake(at time: Duration, now: Duration) {
        alarm = Task { [timer = pacing.timer] in
            do { try await timer.sleep(for: time - now) } catch { return }
            self.pump()
        }
    }

    // MARK: Attempts

    private func begin(_ id: Int64, _ item: DueList.Item, isRetry: Bool) {
        if isRetry { retriesRunning += 1 }
        running[id] = Task { [attempt] in
            let result: Result<IntentOutcome, any Error>
            do { result = .success(try await attempt.run(id)) } catch { result = .failure(error) }
            self.ended(id, item, result, isRetry: isRetry)
        }
    }

    private func ended(_ id: Int64, _ item: DueList.Item, _ result: Result<IntentOutcome, any Error>, isRetry: Bool) {
        running[id] = nil
        if isRetry { retriesRunning -= 1 }
        if running.isEmpty { idle?.finish() }
        var item = item
        item.attempts += 1
        item.lastEnd = pacing.timer.uptime()
        if let delay = delay(&item, id, result), !isStopped {
            item.due = pacing.timer.uptime() + delay
            waiting[id] = item
        }
        for continuation in waiters[id]?.values.map({ $0 }) ?? [] {
            continuation.yield(result)
            continuation.finish()
        }
        pump()
    }

    /// How long the intent rests now; nil when it has ended.
    private func delay(_ item: inout DueList.Item, _ id: Int64, _ result: Result<IntentOutcome, any Error>) -> Duration? {
        item.isSilent = false
        switch result {
        case .success(.accepted(isConfirmed: true)), .success(.refused):
            exchangeAnswered()
            return nil
        case .success(.accepted(isConfirmed: false)):
            exchangeAnswered()
            return pacing.doubtDelay(item.attempts)
        case .success(.unknown(let doubt, _)):
            switch doubt {
            case .refusedAfterDoubt:
                exchangeAnswered()
                return pacing.doubtDelay(item.attempts)
            case .nonsense:
                probeLater()
                return pacing.retryDelay(item.attempts)
            case .timedOut, .unreachable, .failing:
                item.isSilent = true
                exchangeIsSilent()
                return pacing.retryDelay(item.attempts)
            }
        case .failure(let error):
            logger.error("an intent could not be worked on", metadata: ["intent": "\(id)", "error": "\(error)"])
            probeLater()
            return pacing.retryDelay(item.attempts)
        }
    }

    /// What ends without an answer while the exchange is known to be silent says nothing new.
    private func exchangeIsSilent() {
        let now = pacing.timer.uptime()
        guard silence == 0 || now >= probeAt else { return }
        silence += 1
        probeAt = now + pacing.retryDelay(silence)
    }

    /// A probe that told nothing: the next one keeps the same distance.
    private func probeLater() {
        guard silence > 0 else { return }
        probeAt = max(probeAt, pacing.timer.uptime() + pacing.retryDelay(silence))
    }

    private func exchangeAnswered() {
        guard silence > 0 else { return }
        silence = 0
        let now = pacing.timer.uptime()
        // An intent that stays without an answer while others get theirs has had its turn: it keeps its own delay.
        for (id, item) in waiting.all(where: { $0.isSilent && !$0.wasReleased && $0.due > now }) {
            var item = item
            item.due = now
            item.wasReleased = true
            waiting[id] = item
        }
    }
}
