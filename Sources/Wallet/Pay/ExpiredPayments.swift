// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import WalletStore

/// Ends payments that got no outcome before their contract expired, by what the exchange knows of their coins.
struct ExpiredPayments: Sendable {
    let store: WalletStore
    let sender: any Sender
    let clock: any WallClock
    let report: @Sendable (WalletStep) -> Void

    /// After the expiry no shop takes the payment any more; a backend that took it in time may still be delivering it. Coins that the
    /// exchange has not got yet are free, and melted next: then it can no longer accept them.
    /// - Returns: nil when the contract has not expired, or when the exchange does not tell.
    func end(_ purchase: StoredPurchase) async throws -> StoredPurchase? {
        guard purchase.state == .unresolved, let terms = try? purchase.contract.decode(as: OfferTerms.self),
            terms.expiry.time <= clock.now(), let exchange = try await store.exchange(at: purchase.exchangeURL)
        else { return nil }
        var deposited: Set<CoinPublicKey> = []
        let inquiry = CoinInquiry(sender: sender)
        for coin in try await store.coins(of: purchase) {
            do {
                let statement = try await inquiry.statement(of: coin, at: exchange)
                if statement.deposits.contains(purchase.contractHash) { deposited.insert(coin.coinPub) }
            } catch let error as WalletError {
                report(.notGivenUp(purchase.contractHash, reason: "\(error)"))
                return nil
            }
        }
        let ended = try await store.giveUp(
            purchase, deposited: deposited, reason: "expired without an outcome; the exchange has not got the coins", now: clock.now())
        report(deposited.isEmpty ? .givenUp(purchase.contractHash, freed: purchase.paid) : .wasPaid(purchase.contractHash))
        return ended
    }
}
