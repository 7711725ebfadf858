// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire
import WalletStore

/// What the buyer agrees to pay.
public struct PriceLimit: Sendable {
    /// A higher price is refused.
    public var maximum: Amount?
    /// Asked with the price, what is bought, and of whom, before coins are signed away; false refuses.
    public var agrees: @Sendable (_ price: Amount, _ summary: String, _ merchant: String) async -> Bool

    public init(maximum: Amount? = nil, agrees: @escaping @Sendable (Amount, String, String) async -> Bool = { _, _, _ in true }) {
        self.maximum = maximum
        self.agrees = agrees
    }
}

extension Wallet {
    /// Buys a product: gets the shop's contract, checks it, pays it, and fetches what it leads to. What the payment leaves of a coin is
    /// refreshed then.
    ///
    /// When an earlier payment for the same wish has no outcome yet, that payment is sent again instead of a second one.
    /// - Parameters:
    ///   - amount: where the buyer chooses the price.
    ///   - limit: not asked about what was paid, or tried, before.
    public func pay(
        _ shop: String, product: String, amount: Amount? = nil, limit: PriceLimit = PriceLimit()
    ) async throws(WalletError) -> Purchase {
        try await WalletError.wrapping {
            try await resumeReserves(patience: .none)
            _ = try await refresher.resume()
            let address = try WebAddress.ofShop(shop)
            let wish = PurchaseWish(shopURL: address.text, product: product, amount: amount)
            var session = ShopSession(shop: address, sender: sender)
            let bought: Purchase
            if let open = try await store.unresolvedPurchase(of: wish) {
                report(.replay(open.contractHash))
                bought = try await cashier.send(open, isReplay: true, in: &session)
            } else {
                let offer = try await session.offer(product: product, amount: amount)
                bought = try await cashier.pay(offer, wish: wish, limit: limit, in: &session)
            }
            if refreshesRests, let purchase = try await store.livePurchase(bought.contractHash) { await refreshRests(of: purchase) }
            return bought
        }
    }

    /// Sends every payment without an outcome again, ends those that have expired by what the exchange knows of their coins, and goes on
    /// with every unfinished withdrawal and refresh.
    /// - Returns: what came of each payment, oldest first.
    public func retry() async throws(WalletError) -> [Retried] {
        try await WalletError.wrapping {
            try await resumeReserves(patience: patience)
            _ = try await refresher.resume()
            var results: [Retried] = []
            var givenUp: [StoredPurchase] = []
            for purchase in try await store.unresolvedPurchases() {
                report(.replay(purchase.contractHash))
                var outcome: Result<Purchase, WalletError>
                do {
                    var session = ShopSession(shop: try WebAddress.ofShop(purchase.wish.shopURL), sender: sender)
                    outcome = .success(try await cashier.send(purchase, isReplay: true, in: &session))
                } catch let error as WalletError { outcome = .failure(error) }
                if case .failure(.unresolved) = outcome, let ended = try await expired.end(purchase) {
                    givenUp.append(ended)
                    outcome = .failure(.givenUp(contract: ended.contractHash, isPaid: ended.state == .paid(fulfillmentURL: nil)))
                }
                results.append(Retried(contractHash: purchase.contractHash, outcome: outcome))
            }
            for purchase in givenUp { await refreshRests(of: purchase) }
            return results
        }
    }

    /// What is left of the coins of a payment. The payment is done, whatever comes of this.
    func refreshRests(of purchase: StoredPurchase) async {
        do {
            guard let exchange = try await store.exchange(at: purchase.exchangeURL) else { return }
            _ = try await refresher.refreshAll(of: exchange, only: Set(try await store.coins(of: purchase).map(\.coinPub)))
        } catch { report(.notRefreshed(nil, reason: "\(error)")) }
    }

    var judge: CoinJudge { CoinJudge(store: store, clock: clock, inquiry: CoinInquiry(sender: sender), trust: quietTrust) }

    var cashier: Cashier { Cashier(store: store, clock: clock, judge: judge, report: report) }

    private var expired: ExpiredPayments { ExpiredPayments(store: store, sender: sender, clock: clock, report: report) }
}
