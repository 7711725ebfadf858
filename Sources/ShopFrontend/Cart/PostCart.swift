// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog
import ShopStore
import TalerWire

/// Puts something into the cart: `product`, `quantity` (1 when it is left out) and for a donation `choice`, an amount or `own` with the
/// amount in `own` as it is typed; or `amount`. 303 to the cart; to the product's page when the amount cannot be taken, with what was
/// typed, and for what this browser has bought and nobody needs twice.
struct PostCart: ShopEndpoint {
    static let route = Route(.post, "/cart")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await shop.visitor(request)
        let form = try shop.form(request, visitor)
        let product = try shop.product(form["product"] ?? "")
        let page = shop.links.product(product.id)
        if !product.isRepeatable {
            let paid = try await shop.store.paidOrders(session: visitor.name, product: product.id)
            guard paid.allSatisfy(\.isWhollyRefunded) else { return Response.seeOther(page) }
        }
        guard let quantity = PostCartLine.quantity(form["quantity"] ?? "1"), quantity > 0 else {
            return Response.seeOther("\(page)?problem=quantity")
        }
        var line = CartLine(product: product.id, quantity: quantity)
        if case .donation(let range) = product.kind {
            let typed = typed(form)
            guard let amount = amount(typed, product), range.contains(amount), amount.isMultiple(of: shop.settings.smallestUnit) else {
                return Response.seeOther("\(page)?problem=amount&own=\(PercentEncoding.encode(typed.prefix(24)))")
            }
            line = CartLine(product: product.id, quantity: 1, amount: amount)
        }
        do {
            try await shop.store.addToCart(
                line, session: visitor.name, maximum: product.highestInCart, at: shop.clock.now())
        } catch ShopStoreError.cartFull {
            return Response.seeOther(CartNotice.full.address(shop.links))
        }
        return Response.seeOther(CartNotice.added.address(shop.links, product: product.id))
    }

    private func typed(_ form: Query) -> String {
        if let choice = form["choice"], choice != "own" { return choice }
        return form["own"] ?? form["amount"] ?? ""
    }

    /// As forms have it (`KUDOS:1.50`), or as somebody types it; the product's own price when nothing was.
    private func amount(_ text: String, _ product: Product) -> Amount? {
        guard !text.isEmpty else { return product.price }
        if let amount = try? Amount(text) { return amount.currency == shop.settings.currency ? amount : nil }
        return Words.amount(typed: text, shop.settings.currency)
    }
}
