// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog
import ShopStore
import TalerWire

/// A wish to buy one product at once, as an address has it: `?product=ID[&quantity=n][&amount=CUR:x]`.
struct Click {
    let product: Product
    let wanted: CartLine
    /// What the buyer reads.
    let words: Words
    /// The buyer's, as ``Shop/network(of:)`` gives it.
    let network: String?

    /// - Throws: ``APIError``: 400 / 25, 26, 30 for an address that names nothing to buy; 404 / 2006.
    init(_ request: Request, _ shop: Shop, _ words: Words) throws(APIError) {
        self.words = words
        network = shop.network(of: request)
        guard let id = request.query["product"] else {
            throw APIError(.genericParameterMissing, hint: "Which product?", detail: "product")
        }
        product = try shop.product(id)
        var quantity = 1
        if let text = request.query["quantity"] {
            guard let number = Int(text), number > 0 else {
                throw APIError(.genericParameterMalformed, hint: Self.quantity(product, words), detail: "quantity")
            }
            quantity = number
        }
        var amount: Amount?
        if let text = request.query["amount"] {
            guard let chosen = try? Amount(text) else {
                throw APIError(.genericParameterMalformed, hint: words("amount.none"), detail: "amount")
            }
            guard chosen.currency == shop.settings.currency else {
                throw APIError(
                    .genericCurrencyMismatch, hint: words("amount.currency", ["currency": "\(shop.settings.currency)"]), detail: "amount")
            }
            amount = chosen
        }
        wanted = CartLine(product: product.id, quantity: quantity, amount: amount)
    }

    /// What this browser has bought already or is paying, unless that may be bought again, or is about to buy.
    /// - Throws: ``APIError``: 400 / 26 for what cannot be ordered so, 410 / 2670, 429 / 44.
    func order(session: String, _ shop: Shop) async throws -> Order {
        let cashier = Cashier(catalog: shop.catalog, smallestUnit: shop.settings.smallestUnit, words: words)
        let purchase = cashier.purchase(of: [wanted])
        if let problem = purchase.problems.first?.problem { throw refusal(problem, shop) }
        guard !purchase.hasGoods, let wish = purchase.wish(session: session, network: network, language: words.language) else {
            throw APIError(
                .genericParameterMalformed, hint: words("offer.needsAddress"), detail: "product")
        }
        if !product.isRepeatable {
            for offer in try await shop.store.offersUnderWay(session: session, product: product.id) {
                _ = try await shop.settlement.reconcile(offer)
            }
        }
        return try await shop.reserving(session: session, words) {
            let now = shop.clock.now()
            return try await shop.store.order(
                for: wish, at: now, heldUntil: now.advanced(bySeconds: shop.settings.offerTime), isSoldOnce: !product.isRepeatable)
        }
    }

    private static func quantity(_ product: Product, _ words: Words) -> String {
        words("amount.quantity", ["maximum": words.number(product.maximumQuantity)])
    }

    private func refusal(_ problem: Purchase.Problem, _ shop: Shop) -> APIError {
        switch problem {
        case .gone, .notDelivered: APIError(.merchantGenericProductUnknown, hint: words("offer.gone"))
        case .quantity: APIError(.genericParameterMalformed, hint: Self.quantity(product, words), detail: "quantity")
        case .soldOut(let available): .soldOut(product.id, available: available, words)
        case .amount(let minimum, let maximum):
            APIError(
                .genericParameterMalformed,
                hint: words(
                    "amount.range",
                    [
                        "minimum": words.amount(minimum), "maximum": words.amount(maximum),
                        "step": words.amount(shop.settings.smallestUnit),
                    ]), detail: "amount")
        case .fixedPrice: APIError(.genericParameterMalformed, hint: words("amount.fixed"), detail: "amount")
        case .tooMuch: APIError(.genericFailedComputeAmount, detail: "quantity")
        }
    }
}
