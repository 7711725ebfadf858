// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

/// The execution page (`exec_url`): asks the wallet to pay an offer that it holds, or to pay it once more with the same coins.
struct GetExecute: ShopEndpoint {
    static let route = Route(.get, "/taler/execute")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        guard let text = request.query["order"] else { throw APIError(.genericParameterMissing, hint: "Which order?", detail: "order") }
        let order = try await shop.order(text)
        guard let ask = try await shop.question(order.id) else {
            throw APIError(.merchantGenericOrderUnknown, hint: "There is no offer for this order.")
        }
        let visitor = try await shop.visitor(request)
        return try shop.answer(
            ExecutePage(words: visitor.words, reason: .offer, question: ask, back: shop.links.order(order.id)), to: visitor)
    }
}

extension Shop {
    /// For somebody who has nothing but the order's name: no word of what it is about, but the wallet that paid it may say so. It sends the
    /// same coins again, and is answered with the signed link.
    /// - Returns: 403.
    func askWallet(_ access: OrderAccess, _ visitor: Visitor) async throws -> Response {
        guard case .stranger(let order) = access else { throw APIError(.genericForbidden) }
        let page = ExecutePage(
            words: visitor.words, reason: .stranger, question: try await question(order.id), back: settings.base + "/")
        return try answer(page, to: visitor, status: 403)
    }

    fileprivate func question(_ order: OrderID) async throws -> ExecutePage.Question? {
        try await store.currentOffer(of: order).map {
            ExecutePage.Question(contractHash: $0.contractHash.base32, payURL: links.pay(order))
        }
    }
}
