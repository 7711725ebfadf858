// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import MerchantStore
import Observability
import TalerWire

/// What is looked up at the moment when somebody asks: the database's figures, the exchanges' keys, the process.
struct MerchantGauges: Sendable {
    private let store: MerchantStore
    private let finder: FactFinder
    private let files: BackendFiles?
    private let clock: any WallClock
    private let registry: MetricsRegistry

    init(registry: MetricsRegistry, store: MerchantStore, finder: FactFinder, files: BackendFiles?, clock: any WallClock) {
        self.registry = registry
        self.store = store
        self.finder = finder
        self.files = files
        self.clock = clock
        gauge("start_time_seconds", "When the backend started, in seconds since 1970.").set(Double(clock.now().seconds ?? 0))
    }

    func update() async {
        let now = clock.now()
        if let figures = try? await finder.figures(of: store) { update(figures, now) }
        await updateExchanges(now)
        if let bytes = try? await store.byteCount() {
            gauge("database_bytes", "Size of the database without its log.").set(Double(bytes))
        }
        if let disk = files?.disk() {
            gauge("disk_free_bytes", "What is left on the disk with the database.").set(Double(disk.freeBytes))
        }
        updateProcess()
    }

    private func update(_ figures: StoreFigures, _ now: Timestamp) {
        gauge("contracts", "Contracts that were made.").set(Double(figures.contracts))
        gauge("contracts_paid", "Contracts that are paid.").set(Double(figures.paidContracts))
        let intents = gauge(
            "open_intents", "Payments without the exchange's word (open) or its signature (unconfirmed).", ["exchange", "state"])
        let ages = gauge("oldest_open_intent_seconds", "Age of the oldest of them.", ["exchange", "state"])
        intents.clear()
        ages.clear()
        for (state, waiting) in [("open", figures.open), ("unconfirmed", figures.unconfirmed)] {
            for entry in waiting {
                intents.set(Double(entry.count), entry.exchangeURL, state)
                ages.set(seconds(from: entry.since, to: now), entry.exchangeURL, state)
            }
        }
        let refunds = gauge("refunds", "Refunds of coins, by state: open, accepted, failed.", ["state"])
        for state in ["open", "accepted", "failed"] { refunds.set(Double(figures.refunds[state] ?? 0), state) }
        gauge("transfers_overdue", "Paid orders whose transfer should have been made days ago.").set(Double(figures.overdueTransfers))
        gauge("credits_missing", "Transfers that the exchange signed and the bank account has not received.")
            .set(Double(figures.missingCredits))
        gauge("transfer_conflicts", "Transfers and credits that do not agree with the books.").set(Double(figures.transferConflicts))
        let needs = gauge("identification_needed", "1 for an exchange that wants to know who owns the account.", ["exchange"])
        needs.clear()
        for need in figures.identifications { needs.set(1, need.exchangeURL) }
    }

    private func updateExchanges(_ now: Timestamp) async {
        let up = gauge("exchange_up", "1 when the exchange's keys are held, and it answered when it was asked last.", ["exchange"])
        let age = gauge("exchange_keys_age_seconds", "Age of the list of keys that is held.", ["exchange"])
        let deposit = gauge("exchange_deposit_expiry_seconds", "Time until the last denomination is accepted no more.", ["exchange"])
        let signing = gauge("exchange_signing_expiry_seconds", "Time until the last signing key ends.", ["exchange"])
        let skew = gauge("exchange_clock_skew_seconds", "By how much the exchange's clock is ahead of ours.", ["exchange"])
        for exchange in await finder.exchanges() {
            up.set(exchange.keys != nil && exchange.error == nil ? 1 : 0, exchange.baseURL)
            if let seconds = exchange.clockSkew { skew.set(Double(seconds), exchange.baseURL) }
            guard let keys = exchange.keys else { continue }
            age.set(seconds(from: keys.issued, to: now), exchange.baseURL)
            deposit.set(seconds(from: now, to: keys.depositableUntil), exchange.baseURL)
            signing.set(seconds(from: now, to: keys.signingUntil), exchange.baseURL)
        }
    }

    /// What Linux says of this process.
    private func updateProcess() {
        if let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first,
            let count = Double(pages)
        {
            registry.gauge("process_resident_memory_bytes", "Memory that the process occupies.").set(
                count * Double(sysconf(Int32(_SC_PAGESIZE))))
        }
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            registry.gauge("process_open_fds", "Files and sockets that the process has open.").set(Double(open.count))
        }
    }

    private func gauge(_ name: String, _ help: String, _ labels: [String] = []) -> Metric {
        registry.gauge("\(MerchantMetrics.prefix)_\(name)", help, labels: labels)
    }

    /// Negative when the second is the earlier; "never" is infinite.
    private func seconds(from: Timestamp, to: Timestamp) -> Double {
        guard let from = from.seconds else { return -.infinity }
        guard let to = to.seconds else { return .infinity }
        return Double(to) - Double(from)
    }
}
