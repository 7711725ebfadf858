// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// An order's page: for the browser that it belongs to, and for whoever has the signed link (`?key=`), so that another device can pay it.
/// The state of the payment is the backend's; a paid order leads to what was bought.
struct GetOrder: ShopEndpoint {
    static let route = Route(.get, "/order/:order")
    let shop: Shop

    /// - Throws: 404 / 2005.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let access = try await shop.access(path["order"], for: request)
        let visitor = try await shop.visitor(request)
        guard let known = access.order else { return try await shop.askWallet(access, visitor) }
        let order = try await shop.settlement.refresh(known)
        let phase = try await shop.phase(of: order)
        if phase.isBought { return Response.redirect(shop.links.fulfillment(order.id)) }
        let (_, refunds) = order.state == .open ? (order, Refunds(order.amount.currency)) : try await shop.refunds(of: order)
        var isOwner = false
        if case .owner = access { isOwner = true }
        let page = OrderPage(
            words: visitor.words, order: order, phase: phase, isOwner: isOwner, addresses: addresses(of: order, isOwner: isOwner),
            refunds: RefundRecord(refunds, of: order, links: shop.links, words: visitor.words))
        return try shop.answer(page, to: visitor, hasForm: isOwner)
    }

    private func addresses(of order: Order, isOwner: Bool) -> OrderPage.Addresses {
        let links = shop.links
        return OrderPage.Addresses(
            page: isOwner ? links.order(order.id) : links.sharedOrder(order.id), state: links.orderState(order.id),
            contract: links.contract(order: order.id), cancel: links.cancel(order.id), again: links.again(order.id),
            otherDevice: links.absolute(links.sharedOrder(order.id)))
    }
}

extension Response {
    /// 303, to be asked for again each time.
    static func redirect(_ path: String) -> Response {
        Response(status: 303, fields: ["Location": path, "Cache-Control": "no-store"])
    }
}
