// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopCatalog
import ShopStore

/// A product's page. A browser that has paid is shown the way to what it bought; a payment whose outcome is not known is asked about first.
/// `?problem=quantity` and `?problem=amount&own=TEXT` say what was wrong with the form, and keep what was typed.
struct GetProduct: ShopEndpoint {
    static let route = Route(.get, "/product/:id")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let product = try shop.product(path["id"])
        let visitor = try await shop.visitor(request)
        var bought: Order?
        var isUnderWay = false
        if let session = visitor.session {
            for offer in try await shop.store.offersUnderWay(session: session, product: product.id) {
                isUnderWay = try await shop.settlement.reconcile(offer) == .paying || isUnderWay
            }
            bought = try await shop.store.paidOrders(session: session, product: product.id).first { !$0.isWhollyRefunded }
        }
        let available = product.stock == nil ? nil : try await shop.store.stock(product.id)?.available
        let page = ProductPage(
            words: visitor.words, product: product, links: shop.links, smallestUnit: shop.settings.smallestUnit,
            chosen: visitor.chosenLanguage, available: available, bought: bought.map { shop.links.fulfillment($0.id) },
            isUnderWay: isUnderWay, problem: problem(request))
        return try shop.answer(page, to: visitor, hasForm: page.isForSale)
    }

    private func problem(_ request: Request) -> ProductPage.Problem? {
        switch request.query["problem"] {
        case "quantity": .quantity
        case "amount": .amount(typed: String(String.UnicodeScalarView((request.query["own"] ?? "").unicodeScalars.prefix(24))))
        default: nil
        }
    }
}
