// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

/// The lines of an order that came to nothing lie in the cart again, once, however often the button is pressed.
struct PostAgain: ShopEndpoint {
    static let route = Route(.post, "/order/:order/again")
    let shop: Shop

    /// - Throws: 403 / 44 for anybody but the browser that the order belongs to, and for a form that is not its own; 404 / 2005.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await shop.visitor(request)
        _ = try shop.form(request, visitor)
        guard case .owner(let order) = try await shop.access(path["order"], for: request) else {
            throw APIError(.genericForbidden, hint: "Only who made the order can make it again.")
        }
        guard order.state == .closed || order.state == .returned else { return Response.redirect(shop.links.order(order.id)) }
        try await shop.store.putBack(order.id, at: shop.clock.now())
        return Response.redirect(shop.links.cart)
    }
}
