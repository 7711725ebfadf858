// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import WalletStore

/// Finds the exchange and the coins for an offer.
struct CoinPurse: Sendable {
    let store: WalletStore
    let clock: any WallClock

    struct Choice: Sendable {
        let exchange: StoredExchange
        let coins: [(coin: StoredCoin, contribution: Amount)]
        /// What the coins give, fees included.
        let paid: Amount
        /// The sum of the deposit fees.
        let fees: Amount
    }

    /// Of all exchanges that the offer lists with the key that the wallet has pinned, the one whose coins cost the buyer the least.
    /// - Throws: ``WalletError``: `noCommonExchange`, `insufficient`, `tooManyCoins`.
    func choose(for terms: OfferTerms) async throws -> Choice {
        let price = terms.amount.amount
        let known = try await store.exchanges()
        let common = known.filter { exchange in
            exchange.currency == price.currency
                && terms.mints.contains { $0.url.asBaseURL == exchange.baseURL && $0.masterPub == exchange.masterPub }
        }
        guard !common.isEmpty else {
            throw WalletError.noCommonExchange(shop: terms.mints.map(\.url.printable), wallet: known.map(\.baseURL))
        }
        var best: Choice?
        var failure: (error: WalletError, missing: UInt128)?
        for exchange in common {
            let all = try await store.coins(of: exchange)
            let usable = all.filter { $0.state == .fresh && clock.now() < $0.denomination.expireDeposit }
            do throws(CoinSelection.Shortfall) {
                let selection = try CoinSelection(
                    usable.map { .init(remaining: $0.remaining, depositFee: $0.denomination.feeDeposit) }, price: price,
                    maximumFee: terms.maximumFee.amount)
                if let best, (best.paid.units, best.fees.units) <= (selection.paid.units, selection.fees.units) { continue }
                best = Choice(
                    exchange: exchange, coins: selection.picks.map { (usable[$0.index], $0.contribution) }, paid: selection.paid,
                    fees: selection.fees)
            } catch {
                switch error {
                case .missing(let missing):
                    let locked = all.filter { $0.state == .locked }.map(\.remaining)
                    let refusal = WalletError.insufficient(
                        price: price, available: try Amount.sum(usable.map(\.remaining), in: price.currency), missing: missing,
                        locked: try Amount.sum(locked, in: price.currency))
                    if failure.map({ missing.units < $0.missing }) ?? true { failure = (refusal, missing.units) }
                case .tooManyCoins, .overflow: failure = (.tooManyCoins, 0)
                }
            }
        }
        if let best { return best }
        throw failure?.error ?? .tooManyCoins
    }
}
