// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeClient
public import HTTPCore
public import Logging
import MerchantCore
public import MerchantStore
public import TalerWire

/// Carries intents to their exchanges until it is known what became of them. One attempt at a time for each intent: everybody who asks
/// for its outcome meanwhile gets the same one. Each exchange has its own queue, so that one that does not answer delays no other's.
public actor Depositor {
    private let store: MerchantStore
    private let attempt: DepositAttempt
    private let pacing: DepositPacing
    private let logger: Logger
    private var queues: [String: DepositQueue] = [:]
    private var isStopped = false

    /// How many intents are read at a time when a process takes up what another left.
    static let pageSize = 500

    public init(
        identity: MerchantIdentity, store: MerchantStore, directory: ExchangeDirectory, sender: any Sender, clock: any WallClock,
        changes: ChangeBell<ContractHash>, logger: Logger, trace: any PaymentTrace = NoTrace(), pacing: DepositPacing = DepositPacing()
    ) {
        self.store = store
        self.pacing = pacing
        self.logger = logger
        attempt = DepositAttempt(
            identity: identity, store: store, directory: directory, sender: sender,
            policy: identity.fetchPolicy, clock: clock, changes: changes, trace: trace, logger: logger)
    }

    /// Takes up every intent that a former process left without an outcome, or without a signed one.
    /// - Returns: how many there are.
    @discardableResult
    public func resume() async throws -> Int {
        var count = 0
        var last: Int64 = 0
        while true {
            let page = try await store.unsettledIntents(after: last, limit: Self.pageSize)
            guard let end = page.last else { return count }
            for (exchange, intents) in Dictionary(grouping: page, by: \.exchangeURL) {
                await queue(exchange).add(intents.map { ($0.id, $0.attempts) })
            }
            count += page.count
            last = end.id
        }
    }

    /// Begins nothing any more; what is open is taken up by the next process. Attempts under way are given a moment.
    public func stop() async {
        isStopped = true
        await withTaskGroup(of: Void.self) { group in
            for queue in queues.values { group.addTask { await queue.stop() } }
        }
    }

    /// The outcome of the attempt under way, or of one that begins now.
    /// - Returns: unknown when it did not come within the pacing's limit. The attempt goes on by itself.
    /// - Throws: `MerchantStoreError`.
    public func outcome(of intent: StoredIntent) async throws -> IntentOutcome {
        switch intent.state {
        case .accepted: return .accepted(isConfirmed: true)
        case .unconfirmed: return .accepted(isConfirmed: false)
        case .refused(let status, let answer): return .refused(.init(status: status, answer: answer), exchangeURL: intent.exchangeURL)
        case .open: break
        }
        let late = IntentOutcome.unknown(.timedOut, exchangeURL: intent.exchangeURL)
        guard !isStopped else { return late }
        return try await queue(intent.exchangeURL).outcome(of: intent.id, attempts: intent.attempts, within: pacing.answerWithin) ?? late
    }

    private func queue(_ exchange: String) -> DepositQueue {
        if let queue = queues[exchange] { return queue }
        let queue = DepositQueue(attempt: attempt, pacing: pacing, logger: logger)
        queues[exchange] = queue
        return queue
    }
}
