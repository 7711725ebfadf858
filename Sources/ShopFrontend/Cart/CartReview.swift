// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopCatalog
import ShopStore

/// A cart as it stands at this moment: what it comes to, and what its browser has to know about the things in it.
struct CartReview: Sendable {
    let purchase: Purchase
    /// Of what nobody needs twice: the order by which this browser has it already, by product.
    var bought: [String: OrderID] = [:]
    /// Of what nobody needs twice: those whose payment may still settle.
    var paying: Set<String> = []
    /// Unpaid orders of this browser that have reserved what is missing, by product.
    var held: [String: OrderID] = [:]

    var isEmpty: Bool { purchase.items.isEmpty }
    /// What it was made of.
    var cart: [CartLine] { purchase.items.map(\.wanted) }
    var canCheckOut: Bool { purchase.isGood && bought.isEmpty && paying.isEmpty }
}

extension Shop {
    /// - Parameters:
    ///   - session: nil for a browser without one, whose cart is empty.
    ///   - country: where goods are to go, when that is known.
    func review(_ session: String?, _ words: Words, to country: CountryCode? = nil) async throws -> CartReview {
        guard let session else { return CartReview(purchase: cashier(words).purchase(of: [])) }
        let cart = try await store.cart(session)
        let stocks = try await store.stocks(cart.map(\.product))
        var review = CartReview(purchase: cashier(words).purchase(of: cart, stocks: stocks, to: country))
        for item in review.purchase.items {
            let id = item.wanted.product
            if let product = item.product, !product.isRepeatable {
                for offer in try await store.offersUnderWay(session: session, product: id)
                where try await settlement.reconcile(offer) == .paying {
                    review.paying.insert(id)
                }
                let paid = try await store.paidOrders(session: session, product: id).first { !$0.isWhollyRefunded }
                if let paid { review.bought[id] = paid.id }
            }
            if case .soldOut = item.problem { review.held[id] = try await openOrder(of: id, session) }
        }
        return review
    }

    /// An unpaid order of the browser that has reserved some of the product; looked for among its newest.
    private func openOrder(of product: String, _ session: String) async throws -> OrderID? {
        try await store.orders(session: session, limit: 20)
            .first { order in order.state == .open && order.lines.contains { $0.product == product && $0.takesStock } }?.id
    }

    private func cashier(_ words: Words) -> Cashier {
        Cashier(catalog: catalog, smallestUnit: settings.smallestUnit, words: words)
    }
}
