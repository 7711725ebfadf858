// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog
import ShopStore
import TalerWire
import WebSession

/// The offer that a page hands to the wallet: `?product=ID[&quantity=n][&amount=CUR:x]` or `?order=ID`.
/// 200 `{contract, sig, H_contract, pay_url, exec_url}`; the same contract for the same order until it expires. 409 / 2160 with
/// `fulfillment_url` for what this browser has paid already, without it while a payment may still settle.
struct GetContract: ShopEndpoint {
    static let route = Route(.get, "/taler/contract")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let session = shop.sessions.session(of: request)
        if let text = request.query["order"] {
            let order = try await shop.order(text)
            return try await answer(order, isOwner: order.session == session)
        }
        let known = session ?? SessionCookie.newSession()
        var response = try await answer(try await order(request, session: known), isOwner: true)
        shop.sessions.set(known, in: &response)
        return response
    }

    /// - Parameter isOwner: the order is this browser's. Others, who have its name, are not told where to find what was bought: the name
    ///   stands in receipts.
    private func answer(_ order: Order, isOwner: Bool) async throws -> Response {
        var response = try await offer(order, isOwner: isOwner)
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    private func offer(_ order: Order, isOwner: Bool) async throws -> Response {
        switch try await shop.offers.offer(for: order) {
        case .refusal(let response): return response
        case .underWay:
            throw APIError(.merchantPostOrdersIdPayAlreadyPaid, hint: "A payment for this is still under way. You will not pay twice.")
        case .paid(let order):
            throw APIError(
                .merchantPostOrdersIdPayAlreadyPaid, hint: "This is paid already.",
                members: isOwner ? ["fulfillment_url": .string(shop.links.absolute(shop.links.fulfillment(order.id)))] : [:])
        case .offer(let offer):
            guard let contract = try? JSONParser.parse(offer.contract) else {
                throw ShopStoreError.damaged("contract \(offer.transactionID)")
            }
            return Response(
                json: .object([
                    "contract": contract, "sig": offer.signature.json, "H_contract": offer.contractHash.json,
                    "pay_url": .string(shop.links.pay(offer.order)), "exec_url": .string(shop.links.execute(offer.order)),
                ]))
        }
    }

    /// The order of a click: what this browser has bought already or is paying, unless that may be bought again, or is about to buy.
    private func order(_ request: Request, session: String) async throws -> Order {
        guard let id = request.query["product"] else {
            throw APIError(.genericParameterMissing, hint: "Which product?", detail: "product")
        }
        let product = try shop.product(id)
        guard product.delivery == nil else {
            throw APIError(.genericParameterMalformed, hint: "This is sent to you: it can be bought by the cart only.", detail: "product")
        }
        let words = try await shop.visitor(request).words
        let quantity = try quantity(request, of: product, words)
        let amount = try amount(request, of: product, quantity: quantity, words)
        if !product.isRepeatable {
            for offer in try await shop.store.offersUnderWay(session: session, product: product.id) {
                _ = try await shop.settlement.reconcile(offer)
            }
        }
        let wish = Wish(session: session, lines: [product.line(quantity: quantity, amount: amount)], amount: amount)
        let now = shop.clock.now()
        return try await shop.store.order(
            for: wish, at: now, heldUntil: now.advanced(bySeconds: shop.settings.offerTime), isSoldOnce: !product.isRepeatable)
    }

    private func quantity(_ request: Request, of product: Product, _ words: Words) throws(APIError) -> Int {
        guard let text = request.query["quantity"] else { return 1 }
        guard let quantity = Int(text), (1...product.maximumQuantity).contains(quantity) else {
            throw APIError(.genericParameterMalformed, hint: words("amount.quantity"), detail: "quantity")
        }
        return quantity
    }

    private func amount(_ request: Request, of product: Product, quantity: Int, _ words: Words) throws(APIError) -> Amount {
        guard case .donation(let range) = product.kind else {
            guard let total = try? product.price.multiplied(by: UInt32(quantity)) else {
                throw APIError(.genericFailedComputeAmount, detail: "quantity")
            }
            guard request.query["amount"] == nil else {
                throw APIError(.genericParameterMalformed, hint: words("amount.fixed"), detail: "amount")
            }
            return total
        }
        guard let text = request.query["amount"] else { return product.price }
        guard let amount = try? Amount(text) else {
            throw APIError(.genericParameterMalformed, hint: words("amount.none"), detail: "amount")
        }
        guard amount.currency == shop.settings.currency else {
            throw APIError(
                .genericCurrencyMismatch, hint: words("amount.currency", ["currency": "\(shop.settings.currency)"]), detail: "amount")
        }
        guard range.contains(amount), amount.isMultiple(of: shop.settings.smallestUnit) else {
            throw APIError(
                .genericParameterMalformed,
                hint: words(
                    "amount.range",
                    [
                        "minimum": words.amount(range.minimum), "maximum": words.amount(range.maximum),
                        "step": words.amount(shop.settings.smallestUnit),
                    ]), detail: "amount")
        }
        return amount
    }
}
