// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopCatalog
import ShopStore
import TalerWire
import WebSession

/// What was bought: for who has the signed link, or the browser that paid. Its `Link` field of the relation `taler-refund` (RFC 8288) is
/// where wallets ask for refunds.
struct GetFulfillment: ShopEndpoint {
    static let route = Route(.get, "/fulfillment/:order")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        guard let id = OrderID(path["order"]) else { throw APIError(.merchantGenericOrderUnknown, hint: "There is no such order.") }
        let hasKey = shop.links.isFulfillmentKey(request.query["key"], of: id)
        var order = try await shop.order(id, hasKey: hasKey, for: request)
        let product = try shop.product(order.lines.first?.product ?? "")
        if !order.isPaid, let offer = try await shop.store.currentOffer(of: id), offer.state == .paying {
            _ = try await shop.settlement.reconcile(offer)
            order = try await shop.store.order(id) ?? order
        }
        guard let paidAt = order.paidAt else {
            return Response(status: 303, fields: ["Location": shop.links.product(product.id), "Cache-Control": "no-store"])
        }
        let visitor = try await shop.visitor(request)
        var response = try shop.answer(
            FulfillmentPage(
                words: visitor.words, product: product, picture: shop.links.picture(product.picture), amount: order.amount, paidAt: paidAt,
                order: id.text, download: download(product, id)), to: visitor)
        response.fields["Link"] = "<\(shop.links.refund(id))>; rel=\"taler-refund\""
        return response
    }

    private func download(_ product: Product, _ order: OrderID) -> FulfillmentPage.Download? {
        guard case .download(let file) = product.kind else { return nil }
        return FulfillmentPage.Download(
            url: shop.links.download(order), fileName: file, byteCount: shop.catalog.files.contents(file)?.count ?? 0)
    }
}
