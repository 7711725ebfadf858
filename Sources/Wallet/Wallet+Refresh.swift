// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire
import WalletStore

/// What refreshing brought.
public struct Refreshed: Sendable, Equatable {
    /// How many coins were melted.
    public var melted = 0
    /// How many fresh ones there are instead.
    public var coins = 0
    /// What the fresh ones are worth, exchange by exchange that had something to refresh.
    public var value: [Amount] = []
    /// What stays as it is, because it is too little for the fees and a coin.
    public var tooSmall: [Amount] = []
    /// What did not come to its end, for people.
    public var failures: [String] = []
}

extension Wallet {
    /// Exchanges coins for fresh ones: those that have been in a payment and still have something, those that were refunded, those of
    /// payments that were given up, and those that cannot be spent for much longer. Asks first about coins that were set aside, and goes on
    /// with what was cut.
    public func refresh() async throws(WalletError) -> Refreshed {
        try await WalletError.wrapping {
            for exchange in try await store.exchanges() { try await judge.reconsider(exchange, report: report) }
            var totals = try await refresher.resume()
            for exchange in try await store.exchanges() { totals.add(try await refresher.refreshAll(of: exchange)) }
            return try Refreshed(totals)
        }
    }

    /// The same for what payments, given up ones too, and refunds have left of coins alone. Asks nobody when there is nothing of it.
    public func refreshRests() async throws(WalletError) -> Refreshed {
        try await WalletError.wrapping {
            var totals = RefreshTotals()
            for exchange in try await store.exchanges() {
                let known = try await store.knownCoins(of: exchange)
                let rests = try await store.coins(of: exchange).filter { known[$0.id] != nil }
                do {
                    totals.add(try await refresher.refreshAll(of: exchange, only: Set(rests.map(\.coinPub))))
                } catch let error as WalletError {
                    report(.notRefreshed(nil, reason: "\(error)"))
                    totals.failures.append("\(error)")
                }
            }
            return try Refreshed(totals)
        }
    }

    var refresher: Refresher { Refresher(store: store, sender: sender, clock: clock, trust: quietTrust, report: report) }
}

extension Refreshed {
    init(_ totals: RefreshTotals) throws {
        melted = totals.finished.count
        coins = totals.finished.reduce(0) { $0 + $1.denominations.count }
        value = try Dictionary(grouping: totals.finished, by: \.exchange.id).sorted { $0.key < $1.key }.map { _, refreshes in
            try Amount.sum(refreshes.map { try $0.value() }, in: refreshes[0].exchange.currency)
        }
        tooSmall = totals.tooSmall
        failures = totals.failures
    }
}
