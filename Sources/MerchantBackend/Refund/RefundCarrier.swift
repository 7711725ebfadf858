// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import Logging
public import MerchantStore
import TalerWire

/// Carries open refunds to their exchanges until each has an outcome. One attempt at a time for each refund; those of one exchange one
/// after the other, and an exchange that does not answer is left alone for a while without holding up the others.
public actor RefundCarrier {
    private let attempt: RefundAttempt
    private let changes: ChangeBell<ContractHash>
    private let retryDelay: @Sendable (_ attempts: Int, _ isStuck: Bool) -> Duration
    private let logger: Logger

    private var running: [Int64: Task<RefundAttempt.Result, Never>] = [:]
    private var timers: [String: Task<Void, Never>] = [:]
    /// When a refund, or anything of an exchange, is to be tried again. What is not in here is due.
    private var dueRefunds: [Int64: ContinuousClock.Instant] = [:]
    private var dueExchanges: [String: ContinuousClock.Instant] = [:]
    /// How often in a row an exchange did not answer, or the database did not.
    private var silences: [String: Int] = [:]
    private var isStopped = false

    init(
        _ attempt: RefundAttempt, changes: ChangeBell<ContractHash>, logger: Logger,
        retryDelay: @escaping @Sendable (_ attempts: Int, _ isStuck: Bool) -> Duration
    ) {
        self.attempt = attempt
        self.changes = changes
        self.logger = logger
        self.retryDelay = retryDelay
    }

    /// Takes up every refund that a former process left open.
    /// - Returns: how many there are.
    @discardableResult
    public func resume() async throws -> Int {
        let open = try await attempt.store.openRefunds()
        Task { await self.carry(open) }
        return open.count
    }

    /// Nothing is tried again by itself any more; what is open is taken up by the next process.
    public func stop() {
        isStopped = true
        for timer in timers.values { timer.cancel() }
        timers = [:]
    }

    /// Tries each of these once now, whether due or not; what stays open is tried again by itself.
    /// - Parameter limit: after this time no attempt begins any more; the rest is tried at once, but not waited for.
    public func carry(_ refunds: [StoredRefund], limit: Duration = .seconds(1 << 40)) async {
        let end = ContinuousClock.now + limit
        let exchanges = Dictionary(grouping: refunds, by: \.exchangeURL)
        // Not children of this task: what is begun is ended even when nobody waits any more.
        let passes = exchanges.map { exchange, refunds in Task { await self.pass(refunds, at: exchange, until: end) } }
        for pass in passes { await pass.value }
    }

    private func pass(_ refunds: [StoredRefund], at exchange: String, until end: ContinuousClock.Instant) async {
        // What was tried least goes first: one that never gets an answer would keep all after it from being tried.
        for refund in refunds.sorted(by: { ($0.attempts, $0.id) < ($1.attempts, $1.id) }) {
            guard !isStopped, ContinuousClock.now < end else { break }
            if await result(of: refund) == .unreachable { break }
        }
        await schedule(exchange)
    }

    private func result(of refund: StoredRefund) async -> RefundAttempt.Result {
        let task = running[refund.id] ?? Task { await self.perform(refund) }
        running[refund.id] = task
        return await task.value
    }

    private func perform(_ refund: StoredRefund) async -> RefundAttempt.Result {
        let result: RefundAttempt.Result
        do { result = try await attempt.run(refund.id) } catch {
            if !isStopped {
                logger.error("a refund could not be worked on", metadata: ["refund": "\(refund.id)", "error": "\(error)"])
            }
            result = .unreachable
        }
        running[refund.id] = nil
        switch result {
        case .ended:
            dueRefunds[refund.id] = nil
            answered(refund.exchangeURL)
        case .doubtful(let attempts, let isStuck):
            dueRefunds[refund.id] = .now + retryDelay(attempts, isStuck)
            answered(refund.exchangeURL)
        case .unreachable:
            let count = (silences[refund.exchangeURL] ?? 0) + 1
            silences[refund.exchangeURL] = count
            dueExchanges[refund.exchangeURL] = .now + retryDelay(count, false)
        }
        changes.ring(refund.contractHash)
        return result
    }

    private func answered(_ exchange: String) {
        silences[exchange] = nil
        dueExchanges[exchange] = nil
    }

    /// Sets the exchange's timer to when the first of its open refunds is due.
    private func schedule(_ exchange: String) async {
        guard !isStopped else { return }
        let open: [StoredRefund]
        do { open = try await attempt.store.openRefunds(at: exchange) } catch {
            if !isStopped { logger.error("open refunds could not be read", metadata: ["error": "\(error)"]) }
            let count = (silences[exchange] ?? 0) + 1
            silences[exchange] = count
            return start(exchange, at: .now + retryDelay(count, false))
        }
        guard !isStopped else { return }
        guard let first = open.map({ dueRefunds[$0.id] ?? .now }).min() else {
            timers.removeValue(forKey: exchange)?.cancel()
            return
        }
        start(exchange, at: max(first, dueExchanges[exchange] ?? first))
    }

    private func start(_ exchange: String, at instant: ContinuousClock.Instant) {
        timers[exchange]?.cancel()
        timers[exchange] = Task {
            do { try await Task.sleep(until: instant, clock: .continuous) } catch { return }
            self.wake(exchange)
        }
    }

    private func wake(_ exchange: String) {
        timers[exchange] = nil
        guard !isStopped else { return }
        // Not in the timer's own task, which the next timer cancels.
        Task {
            let now = ContinuousClock.now
            let open = (try? await attempt.store.openRefunds(at: exchange)) ?? []
            await self.pass(open.filter { (dueRefunds[$0.id] ?? now) <= now }, at: exchange, until: now + .seconds(1 << 40))
        }
    }
}
