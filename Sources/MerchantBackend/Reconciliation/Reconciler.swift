// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import Logging
import MerchantCore
public import MerchantStore
import TalerWire

/// Finds for each order the transfer that brought its money: reads the bank's credits, asks the exchanges that they name, and asks the
/// others once a wire deadline has passed. All that it knows is in the store, so it goes on after a restart where it was.
public struct Reconciler: Sendable {
    let settings: ReconciliationSettings
    let store: MerchantStore
    let directory: ExchangeDirectory
    let deposits: DepositTracker
    let transfers: TransferTracker
    let clock: any WallClock
    let changes: ChangeBell<ContractHash>
    let logger: Logger
    /// Waits; throws when cancelled.
    var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Works until the task is cancelled.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            for account in settings.accounts { group.addTask { await self.read(feed(of: account)) } }
            group.addTask { await self.lookAround() }
        }
    }

    /// What is missing, wrong or in contradiction now.
    public func report() async throws(MerchantStoreError) -> ReconciliationReport {
        try await store.reconciliationReport(now: clock.now(), grace: settings.grace, expectsBank: settings.expectsBank)
    }

    func feed(of account: ReconciliationSettings.RevenueAccount) -> RevenueFeed {
        RevenueFeed(
            account: account, store: store, exchangeURLs: directory.entries.map(\.baseURL), changes: changes, longPoll: settings.longPoll,
            page: settings.page)
    }

    /// Reads one account. A bank that is down is asked again with growing delays, and complained about once.
    private func read(_ feed: RevenueFeed) async {
        var failures = 0
        while !Task.isCancelled {
            var idle = Duration.zero
            do {
                let rows = try await feed.step()
                if failures > 0 { logger.notice("the bank answers again") }
                failures = 0
                // A bank that does not keep questions open is not asked without end.
                if rows == 0 { idle = .seconds(1) } else { await workOnCredits() }
            } catch {
                if Task.isCancelled { return }
                if failures == 0 { logger.warning("the bank's credits cannot be read", metadata: ["error": "\(error)"]) }
                failures = min(failures + 1, 6)
                idle = .seconds(1 << failures)
            }
            do { if idle > .zero { try await pause(idle) } } catch { return }
        }
    }

    private func lookAround() async {
        while !Task.isCancelled {
            await workOnCredits()
            await inquire()
            do { try await pause(settings.interval) } catch { return }
        }
    }

    // MARK: Credits

    /// Asks the exchanges about the credits that are due. An exchange that does not answer is asked nothing more this time.
    func workOnCredits() async {
        do {
            var silent: Set<String> = []
            for credit in try await store.dueCredits(now: clock.now(), limit: settings.questions) { try await work(on: credit, &silent) }
            if Task.isCancelled { return }
        } catch { logger.error("credits could not be worked on", metadata: ["error": "\(error)"]) }
    }

    private func work(on credit: StoredCredit, _ silent: inout Set<String>) async throws {
        guard let id = credit.credit.transferID else { return }
        let candidates = credit.credit.exchangeURL.map { [$0] } ?? directory.entries.map(\.baseURL)
        var failure: TrackingFailure?
        for exchangeURL in candidates where !silent.contains(exchangeURL) {
            do {
                _ = try await transfers.track(id, exchangeURL: exchangeURL)
                let state = try await store.credit(account: credit.account, rowID: credit.credit.rowID)?.state
                if state == .new {
                    try await store.finish(credit, .conflict, error: "the exchange paid another account of ours with this transfer")
                }
                return
            } catch let error as TrackingFailure {
                if error.isSilence { silent.insert(exchangeURL) }
                if case .conflict(let conflict, _) = error {
                    // Somebody else's transfer is no contradiction: anybody may write its number into a subject.
                    let isOurs = conflict.reason != .otherAccount || conflict.deposit != nil
                    try await store.finish(credit, isOurs ? .conflict : .unknown, error: "\(conflict)")
                    return
                }
                // What may change counts before what was heard from an exchange that does not know it.
                if failure?.isUnknownThere ?? true { failure = error }
            }
        }
        let isOld = credit.credit.date.advanced(bySeconds: settings.grace) < clock.now()
        if let failure, failure.isUnknownThere, isOld, silent.isDisjoint(with: candidates) {
            try await store.finish(credit, .unknown, error: "\(failure)")
        } else {
            let wait = InquiryDelay.seconds(after: credit.attempts + 1)
            try await store.postpone(
                credit, error: failure.map { "\($0)" } ?? "its exchange does not answer", until: clock.now().advanced(bySeconds: wait))
        }
    }

    // MARK: Deadlines

    /// Asks every exchange that owes a transfer, each in its own time.
    func inquire() async {
        do {
            let now = clock.now()
            try await store.closeContractsWithoutCoins(deadline: now)
            let exchanges = try await store.awaitedExchanges(deadline: now.advanced(bySeconds: -settings.patience))
            await withTaskGroup(of: Void.self) { group in
                for exchangeURL in exchanges { group.addTask { await self.inquire(exchangeURL) } }
            }
        } catch { logger.error("what is awaited cannot be read", metadata: ["error": "\(error)"]) }
    }

    /// Asks one exchange about coins whose wire deadline has passed, a limited number at a time.
    func inquire(_ exchangeURL: String) async {
        do {
            let now = clock.now()
            let deadline = now.advanced(bySeconds: -settings.patience)
            for inquiry in try await store.dueInquiries(exchangeURL: exchangeURL, deadline: deadline, now: now, limit: settings.questions) {
                if Task.isCancelled { return }
                guard try await inquire(inquiry) else { return }
            }
        } catch { logger.error("an exchange could not be asked", metadata: ["exchange": "\(exchangeURL)", "error": "\(error)"]) }
    }

    /// Asks about an intent's coins until each is in a transfer or one is not.
    /// - Returns: false when the exchange is silent.
    private func inquire(_ inquiry: WireInquiry) async throws -> Bool {
        let intent = inquiry.intent
        let account = try await store.account(id: inquiry.accountID)
        let wait = InquiryDelay.seconds(after: inquiry.attempts + 1)
        let later = clock.now().advanced(bySeconds: wait)
        var awaited = Set(inquiry.coins.map(\.coinPub))
        for coin in inquiry.coins where awaited.contains(coin.coinPub) {
            do {
                let word: StoredIntent.Wire
                if let stored = coin.wire {
                    word = stored
                } else {
                    switch try await deposits.ask(coin, of: intent, account: account) {
                    case .wired(let wire): word = wire
                    case .pending(let pending, let json):
                        let planned = min(pending.executionTime, clock.now().advanced(bySeconds: 86_400))
                        try await store.postpone(
                            inquiry, after: coin.coinPub, pending: json, error: nil, until: max(later, planned))
                        return true
                    }
                }
                // The list that one coin leads to has most of the others.
                awaited = try await follow(word, coin, intent)
            } catch let failure as TrackingFailure {
                try await store.postpone(inquiry, after: coin.coinPub, pending: nil, error: "\(failure)", until: later)
                return !failure.isSilence
            }
        }
        return true
    }

    /// The exchange has named the transfer: its list must have the coin.
    /// - Returns: the intent's coins that are awaited still.
    private func follow(
        _ word: StoredIntent.Wire, _ coin: StoredIntent.Coin, _ intent: StoredIntent
    ) async throws -> Set<CoinPublicKey> {
        do {
            let transfer = try await transfers.track(word.transferID, exchangeURL: intent.exchangeURL)
            let awaited = try await store.traces(of: intent).filter { $0.transfer == nil && !$0.isRefundedWhole }.map(\.coin.coinPub)
            guard awaited.contains(coin.coinPub) else { return Set(awaited) }
            throw TrackingFailure.conflict(TransferConflict(.notListed), answer: TransactionTracker.claims(word, transfer))
        } catch TrackingFailure.conflict(let conflict, let answer) where [.notListed, .otherAccount].contains(conflict.reason) {
            if conflict.deposit == nil {
                try await transfers.keep(conflict, of: word.transferID, exchangeURL: intent.exchangeURL, answer: answer)
            }
            throw TrackingFailure.conflict(conflict, answer: answer)
        }
    }
}
