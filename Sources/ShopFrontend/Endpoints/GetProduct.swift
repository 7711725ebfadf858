// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopCatalog
import ShopStore
import WebSession

/// A product's page. A browser that has paid is shown the way to what it bought; a payment whose outcome is not known is asked about first.
struct GetProduct: ShopEndpoint {
    static let route = Route(.get, "/product/:id")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let product = try shop.product(path["id"])
        var bought: Order?
        var isUnderWay = false
        if let session = shop.sessions.session(of: request) {
            for offer in try await shop.store.offersUnderWay(session: session, product: product.id) {
                isUnderWay = try await shop.settlement.reconcile(offer) == .paying || isUnderWay
            }
            bought = try await shop.store.paidOrders(session: session, product: product.id).first
        }
        let visitor = try await shop.visitor(request)
        return try shop.answer(
            ProductPage(
                words: visitor.words, product: product, url: shop.links.product(product.id), picture: shop.links.picture(product.picture),
                contractURL: shop.links.contract(product: product.id), bought: bought.map { shop.links.fulfillment($0.id) },
                isUnderWay: isUnderWay), to: visitor)
    }
}
