// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages

/// The checkout's form. A cart that cannot be ordered as it is leads back to the cart, which says why.
struct GetCheckout: ShopEndpoint {
    static let route = Route(.get, "/checkout")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await shop.visitor(request)
        let checkout = Checkout(shop: shop, visitor: visitor, review: try await shop.review(visitor.session, visitor.words))
        guard checkout.review.canCheckOut, let page = checkout.page() else { return Response.seeOther(shop.links.path("/cart")) }
        return try shop.answer(page, to: visitor, hasForm: true)
    }
}
