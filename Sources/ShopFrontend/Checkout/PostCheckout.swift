// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import Logging
import Pages
import ShopCatalog
import ShopStore
import TalerWire
import WebSession

/// Makes an order of the cart and reserves what is scarce: 303 to the order. The form's name makes one order of it, however often it comes.
/// What is wrong with the address is said beside its fields (422); what is wrong with the cart, in the cart.
struct PostCheckout: ShopEndpoint {
    static let route = Route(.post, "/checkout")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await shop.visitor(request)
        let form = try shop.form(request, visitor)
        guard let name = form["checkout"], OrderID(name) != nil else {
            throw APIError(.genericParameterMalformed, hint: "This was no form of the checkout.", detail: "checkout")
        }
        // The name of one browser's form says nothing about another's.
        let key = "\(visitor.name) \(name)"
        if let known = try await shop.store.order(checkout: key, session: visitor.name) {
            return Response.seeOther(shop.links.path("/order/\(known.id)"))
        }
        let typed = AddressForm { form[$0] }
        let country = CountryCode(typed[.country])
        let checkout = Checkout(shop: shop, visitor: visitor, review: try await shop.review(visitor.name, visitor.words))
        guard checkout.review.canCheckOut else {
            return Response.seeOther(checkout.review.isEmpty ? shop.links.path("/cart") : CartNotice.changed.address(shop.links))
        }
        var delivery: Delivery?
        if let destinations = checkout.destinations {
            let problems = typed.problems(destinations: destinations)
            delivery = typed.delivery(destinations: destinations)
            guard problems.isEmpty, delivery != nil else { return try again(checkout, typed, problems, name: name) }
        }
        guard form["seen"] == checkout.seen else {
            return try changed(checkout, typed)
        }
        let final = try await shop.review(visitor.name, visitor.words, to: country)
        guard final.canCheckOut,
            let wish = final.purchase.wish(
                session: visitor.name, network: shop.network(of: request), language: visitor.words.language, address: delivery)
        else { return Response.seeOther(CartNotice.changed.address(shop.links)) }
        // A cart that was changed between the two looks is not what the form has shown.
        guard final.cart == checkout.review.cart else {
            return try changed(Checkout(shop: shop, visitor: visitor, review: final), typed)
        }
        return try await order(wish, of: final.cart, key, checkout, typed)
    }

    private func order(_ wish: Wish, of cart: [CartLine], _ key: String, _ checkout: Checkout, _ typed: AddressForm) async throws
        -> Response
    {
        let words = checkout.visitor.words
        do {
            let order = try await shop.reserving(session: wish.session, words) {
                let now = shop.clock.now()
                return try await shop.store.checkOut(
                    wish, of: cart, checkout: key, at: now, heldUntil: now.advanced(bySeconds: shop.settings.offerTime))
            }
            shop.logger.info("order made", metadata: ["order": "\(order.id)", "amount": "\(order.amount)"])
            return Response.seeOther(shop.links.path("/order/\(order.id)"))
        } catch ShopStoreError.cartChanged {
            let review = try await shop.review(wish.session, words)
            guard review.canCheckOut else {
                return Response.seeOther(review.isEmpty ? shop.links.path("/cart") : CartNotice.changed.address(shop.links))
            }
            return try changed(Checkout(shop: shop, visitor: checkout.visitor, review: review), typed)
        } catch let error as APIError where error.code == .merchantPrivatePostProductsLockInsufficientStocks {
            return Response.seeOther(CartNotice.soldMeanwhile.address(shop.links, product: error.members["product"]?.stringValue))
        } catch let error as APIError where error.status == 429 {
            if error.detail == Shop.holdsOfNetwork {
                return try again(checkout, typed, notice: CheckoutPage.Notice(words: error.hint), status: 409)
            }
            let notice = CheckoutPage.Notice(
                words: words("checkout.tooManyHolds", ["count": words.number(ShopStore.maximumHolds)]), link: shop.links.path("/purchases"),
                label: words("checkout.toPurchases"))
            return try again(checkout, typed, notice: notice, status: 409)
        }
    }

    /// The form once more, as what it has shown is not what would be ordered.
    private func changed(_ checkout: Checkout, _ typed: AddressForm) throws -> Response {
        try again(checkout, typed, notice: CheckoutPage.Notice(words: checkout.visitor.words("checkout.changed")), status: 409)
    }

    /// The form once more, with what was typed.
    private func again(
        _ checkout: Checkout, _ typed: AddressForm, _ problems: [AddressForm.Problem] = [], notice: CheckoutPage.Notice? = nil,
        name: String? = nil, status: Int = 422
    ) throws -> Response {
        guard let page = checkout.page(typed, problems: problems, notice: notice, checkout: name) else {
            return Response.seeOther(shop.links.path("/cart"))
        }
        return try shop.answer(page, to: checkout.visitor, status: status, hasForm: true)
    }
}
