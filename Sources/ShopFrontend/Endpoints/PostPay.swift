// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// A wallet's deposit permission, of any content type: it is authenticated by its coins. Success is a 301 to the signed fulfillment page, or
/// 200 `{fulfillment_url}` for programs; failures are the backend's.
struct PostPay: ShopEndpoint {
    static let route = Route(.post, "/taler/pay")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        var named: OrderID?
        if let text = request.query["order"] {
            guard let id = OrderID(text) else {
                throw APIError(.genericParameterMalformed, hint: "There is no such order.", detail: "order")
            }
            named = id
        }
        guard case .object(let permission) = try request.json() else {
            throw APIError(.genericJsonInvalid, detail: "an object is needed")
        }
        var response: Response
        switch try await shop.payments.pay(permission, named: named) {
        case .refusal(let refusal): response = refusal
        case .closed(let order): throw shop.closed(order, try await shop.visitor(request).words)
        case .paid(let order) where order.isWhollyRefunded:
            // So that a wallet that is offered the same thing again does not take this payment for one that still holds.
            throw APIError(.merchantPostOrdersIdPayRefunded, hint: "The money for this order was given back.")
        case .paid(let order):
            // Who paid an order that was closed is told that the money goes back.
            let link = order.isPaid ? shop.links.fulfillment(order.id) : shop.links.order(order.id)
            response =
                request.wantsJSON
                ? Response(json: .object(["fulfillment_url": .string(shop.links.absolute(link))]))
                : Response(status: 301, fields: ["Location": shop.links.location(link, for: request)])
        }
        response.fields["Cache-Control"] = "no-store"
        return response
    }
}
