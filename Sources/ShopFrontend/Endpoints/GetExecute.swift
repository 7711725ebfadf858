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
        let visitor = try await shop.visitor(request)
        guard order.state == .open || order.isPaid else { throw shop.closed(order, visitor.words) }
        guard let offer = try await shop.store.currentOffer(of: order.id) else {
            throw APIError(.merchantGenericOrderUnknown, hint: "There is no offer for this order.")
        }
        let product = order.lines.count == 1 ? shop.catalog[order.lines.first?.product ?? ""] : nil
        let page = ExecutePage(
            words: visitor.words, product: order.summary, price: visitor.words.amount(order.amount),
            contractHash: offer.contractHash.base32, payURL: shop.links.pay(order.id),
            productURL: product.map { shop.links.product($0.id) } ?? shop.links.order(order.id))
        return try shop.answer(page, to: visitor)
    }
}
