// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
public import TalerWire
import WalletStore

/// What a wallet has of one exchange's money.
public struct Balance: Sendable, Equatable {
    public let exchangeURL: String
    /// In coins that can be spent, future deposit fees included.
    public let available: Amount
    /// How many such coins there are.
    public let coins: Int
    /// In payments whose outcome is not known.
    public let locked: Amount
    /// In withdrawals that are not at their end, as the bank was asked for it.
    public let onTheWay: Amount
    /// In withdrawals whose money the owner lets the bank pay; whether it did is not known.
    public let awaited: Amount
    /// In refreshes that are not at their end.
    public let refreshing: Amount
    /// In coins that were refused by name, or can no longer be spent.
    public let setAside: Amount
}

/// A withdrawal, a payment, a refund or a refresh, for people.
public struct HistoryEntry: Sendable, Equatable {
    public let time: Timestamp
    /// One line.
    public let text: String
    /// Indented below it.
    public let details: [String]
}

extension Wallet {
    /// One balance for each exchange, in the order in which they were first used. Asks nobody.
    public func balances() async throws(WalletError) -> [Balance] {
        try await WalletError.wrapping {
            let reserves = try await store.unfinishedReserves()
            let refreshes = try await store.unfinishedRefreshes()
            var balances: [Balance] = []
            for exchange in try await store.exchanges() {
                let coins = try await store.coins(of: exchange)
                let usable = coins.filter { $0.state == .fresh && clock.now() < $0.denomination.expireDeposit }
                func sum(_ coins: [StoredCoin]) throws -> Amount { try .sum(coins.map(\.remaining), in: exchange.currency) }
                let aside = coins.filter { $0.state == .refused || $0.state == .fresh && clock.now() >= $0.denomination.expireDeposit }
                balances.append(
                    Balance(
                        exchangeURL: exchange.baseURL, available: try sum(usable), coins: usable.count,
                        locked: try sum(coins.filter { $0.state == .locked }),
                        onTheWay: try await onTheWay(reserves.filter { $0.exchange == exchange && !$0.isAwaited }, exchange.currency),
                        awaited: try .sum(
                            reserves.filter { $0.exchange == exchange && $0.isAwaited }.map(\.amount), in: exchange.currency),
                        refreshing: try .sum(refreshes.filter { $0.exchange == exchange }.map { try $0.underWay() }, in: exchange.currency),
                        setAside: try sum(aside)))
            }
            return balances
        }
    }

    /// A planned reserve counts with its unsigned coins only: the signed ones are in the wallet.
    private func onTheWay(_ reserves: [StoredReserve], _ currency: Currency) async throws -> Amount {
        var total = Amount.zero(currency)
        for reserve in reserves {
            guard reserve.state == .planned else {
                total = try total.adding(reserve.amount)
                continue
            }
            let open = try await store.planchets(of: reserve).joined().map(\.denomination.value)
            total = try total.adding(.sum(open, in: currency))
        }
        return total
    }

    /// Every withdrawal, payment, refund and refresh, oldest first. Asks nobody.
    public func history() async throws(WalletError) -> [HistoryEntry] {
        try await WalletError.wrapping {
            let purchases = try await store.purchases()
            var entries = try await store.reserves().map(HistoryEntry.init) + purchases.map(HistoryEntry.init)
            for refund in try await store.refunds() {
                guard let purchase = purchases.first(where: { $0.id == refund.purchaseID }) else { continue }
                entries.append(HistoryEntry(refund, of: purchase))
            }
            entries += try await store.refreshes().map { try HistoryEntry($0) }
            // Stable, so that entries of one second keep their order.
            return entries.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
        }
    }
}

extension HistoryEntry {
    init(_ reserve: StoredReserve) {
        let state =
            switch reserve.state {
            case .made: "the bank was not asked yet"
            case .asked: "it is not known whether the bank has paid"
            case .transferred where reserve.isFilledByOwner: "left to you to confirm at the bank, nothing has arrived yet"
            case .transferred: "the bank has paid, the coins are not there yet"
            case .planned: "the coins are not all signed yet"
            case .withdrawn: "done"
            case .refused(let reason): "refused: \(reason)"
            }
        self.init(
            time: reserve.created, text: "\(reserve.created.words)  withdrew \(reserve.amount): \(state)",
            details: ["reserve \(reserve.reservePub)", "exchange \(reserve.exchange.baseURL)", "bank \(reserve.bankAccount.bankURL)"])
    }

    init(_ refund: StoredRefund, of purchase: StoredPurchase) {
        self.init(
            time: refund.created, text: "\(refund.created.words)  got \(refund.credited) back for \(purchase.summary)",
            details: [
                "H_contract \(purchase.contractHash)", "exchange \(purchase.exchangeURL)",
                "the shop gave \(refund.amount), refund fee included; coin \(refund.coinPub)",
            ])
    }

    init(_ refresh: StoredRefresh) throws {
        var details = ["coin \(refresh.coin.coinPub)", "exchange \(refresh.exchange.baseURL)", "the melt's fee \(refresh.fee)"]
        let state: String
        switch refresh.state {
        case .planned: state = "it is not known whether the coin is melted"
        case .melted: state = "the coin is melted, the fresh ones are not there yet"
        case .done:
            let count = refresh.denominations.count
            state = "\(count) fresh \(count == 1 ? "coin" : "coins") worth \(try refresh.value())"
        case .refused(let reason):
            state = "refused"
            details.append(reason)
        }
        self.init(
            time: refresh.created, text: "\(refresh.created.words)  refreshed \(refresh.amount) of \(refresh.reason.words): \(state)",
            details: details)
    }

    init(_ purchase: StoredPurchase) {
        var details = ["H_contract \(purchase.contractHash)", "exchange \(purchase.exchangeURL)"]
        let given = "\(purchase.paid), deposit fees \(purchase.fees)"
        let verb: String
        switch purchase.state {
        case .unresolved:
            verb = "tried to pay, outcome not known,"
            details.append("the coins would give \(given)")
            if let error = purchase.lastError { details.append(error) }
        case .paid(let url):
            verb = "paid"
            details.append("the coins gave \(given)")
            if let url { details.append(url) }
        case .refused(let reason):
            verb = "was refused paying"
            details.append(reason)
        }
        self.init(
            time: purchase.created, text: "\(purchase.created.words)  \(verb) \(purchase.amount) for \(purchase.summary)", details: details)
    }
}

extension StoredReserve {
    /// Its owner may have let the bank pay, or not.
    fileprivate var isAwaited: Bool { isFilledByOwner && state == .transferred }
}

extension StoredRefresh {
    /// What it holds: the whole coin until the exchange has melted it, what the fresh coins will be worth then.
    fileprivate func underWay() throws -> Amount {
        switch state {
        case .planned: coin.remaining
        case .melted: try value()
        case .done, .refused: .zero(amount.currency)
        }
    }
}
