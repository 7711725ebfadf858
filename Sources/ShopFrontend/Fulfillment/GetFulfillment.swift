// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// What was bought: for who has the signed link, or the browser that paid. Several things are a list, of which each has a page. The
/// `Link` field of the relation `taler-refund` (RFC 8288) is where wallets ask for refunds.
struct GetFulfillment: ShopEndpoint {
    static let route = Route(.get, "/fulfillment/:order")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try await shop.bought(path["order"], request) { order, frame in
            let positions = order.partPositions
            if positions.count == 1, let part = shop.part(positions[0], of: order, for: frame.words) {
                return FulfillmentPage(frame: frame, part: part)
            }
            return PartsPage(
                frame: frame,
                parts: positions.compactMap { position in
                    shop.part(position, of: order, for: frame.words).map { ($0, shop.links.fulfillment(order.id, position: position)) }
                })
        }
    }
}

/// One of several things that were bought with one order.
struct GetFulfillmentPart: ShopEndpoint {
    static let route = Route(.get, "/fulfillment/:order/:position")
    let shop: Shop

    /// - Throws: 404 / 21 for a position that the order does not have.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try await shop.bought(path["order"], request) { order, frame in
            guard let position = Int(path["position"]), order.partPositions.contains(position),
                let part = shop.part(position, of: order, for: frame.words)
            else { throw APIError(.genericEndpointUnknown, hint: "The order has no such part.") }
            var frame = frame
            if order.partPositions.count > 1 { frame.parts = shop.links.fulfillment(order.id) }
            return FulfillmentPage(frame: frame, part: part)
        }
    }
}

extension Shop {
    /// A page of a paid order; others are led to the order's page, strangers to their wallet.
    /// - Throws: 404 / 2005.
    func bought(_ name: String, _ request: Request, _ page: (Order, BoughtFrame) throws -> any Page) async throws -> Response {
        let access = try await access(name, for: request)
        let visitor = try await visitor(request)
        guard var order = access.order else { return try await askWallet(access, visitor) }
        if !order.isPaid { order = try await settlement.refresh(order) }
        guard order.isPaid else {
            if case .owner = access { return Response.redirect(links.order(order.id)) }
            return Response.redirect(links.sharedOrder(order.id))
        }
        let (known, refunds) = try await refunds(of: order)
        let frame = BoughtFrame(
            words: visitor.words, order: known, refunds: RefundRecord(refunds, of: known, links: links, words: visitor.words),
            receipt: links.receipt(known.id), link: links.absolute(links.fulfillment(known.id)))
        var response = try answer(try page(known, frame), to: visitor)
        response.fields["Link"] = "<\(links.refund(known.id))>; rel=\"taler-refund\""
        return response
    }
}
