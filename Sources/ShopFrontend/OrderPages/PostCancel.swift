// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

/// The buyer gives an order up. What is paid, or may be paid at this moment, stays as it is; the order's page shows what has come of it.
struct PostCancel: ShopEndpoint {
    static let route = Route(.post, "/order/:order/cancel")
    let shop: Shop

    /// - Throws: 403 / 44 for anybody but the browser that the order belongs to, and for a form that is not its own; 404 / 2005.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await shop.visitor(request)
        _ = try shop.form(request, visitor)
        guard case .owner(let order) = try await shop.access(path["order"], for: request) else {
            throw APIError(.genericForbidden, hint: "Only who made the order can end it.")
        }
        if order.state == .open { _ = try await shop.settlement.cancel(order) }
        return Response.redirect(shop.links.order(order.id))
    }
}
