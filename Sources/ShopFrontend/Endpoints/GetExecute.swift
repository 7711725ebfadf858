// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog
import ShopStore
import TalerWire

/// The execution page (`exec_url`): asks the wallet to pay an offer that it holds, or to pay it once more with the same coins.
struct GetExecute: ShopEndpoint {
    static let route = Route(.get, "/taler/execute")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        guard let text = request.query["order"] else { throw APIError(.genericParameterMissing, hint: "Which order?", detail: "order") }
        let order = try await shop.order(text)
        let product = try shop.product(order.lines.first?.product ?? "")
        guard let offer = try await shop.store.currentOffer(of: order.id) else {
            throw APIError(.merchantGenericOrderUnknown, hint: "There is no offer for this order.")
        }
        let visitor = try await shop.visitor(request)
        let page = ExecutePage(
            words: visitor.words, product: product.title, price: visitor.words.amount(order.amount),
            contractHash: offer.contractHash.base32, payURL: shop.links.pay(order.id), productURL: shop.links.product(product.id))
        return try shop.answer(page, to: visitor)
    }
}
