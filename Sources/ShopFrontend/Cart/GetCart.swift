// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopCatalog
import ShopStore

/// The cart, with what is wrong beside each line. `?notice=` says what has just happened.
struct GetCart: ShopEndpoint {
    static let route = Route(.get, "/cart")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await shop.visitor(request)
        let review = try await shop.review(visitor.session, visitor.words)
        let waiting = review.isEmpty ? try await waiting(visitor) : nil
        let page = CartPage(review, shop, visitor.words, notice: notice(request, visitor, review), waiting: waiting)
        return try shop.answer(page, to: visitor, hasForm: !review.isEmpty)
    }

    private func notice(_ request: Request, _ visitor: Visitor, _ review: CartReview) -> CartPage.Notice? {
        guard var notice = request.query["notice"].flatMap(CartNotice.init) else { return nil }
        let product = request.query["product"].flatMap { shop.catalog[$0] }
        let item = review.purchase.items.first { $0.wanted.product == product?.id }
        if notice == .added, let item { notice = notice.added(item) }
        return notice.notice(visitor.words, product: product?.title(visitor.words).text)
    }

    /// The browser's newest order, when it is not paid yet.
    private func waiting(_ visitor: Visitor) async throws -> OrderID? {
        guard let session = visitor.session, let newest = try await shop.store.orders(session: session, limit: 1).first else { return nil }
        return newest.state == .open && newest.heldUntil > shop.clock.now() ? newest.id : nil
    }
}
