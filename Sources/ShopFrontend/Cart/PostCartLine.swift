// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore

/// Changes the cart: `remove=PRODUCT`, `adjust=yes` (to what can be ordered), `product` and `quantity`, or `quantity-PRODUCT` for any
/// number of lines; 0 takes a line out.
struct PostCartLine: ShopEndpoint {
    static let route = Route(.post, "/cart/line")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await shop.visitor(request)
        let form = try shop.form(request, visitor)
        let session = visitor.name
        if let product = form["remove"] {
            try await shop.store.setCart(product, quantity: 0, session: session)
            return Response.seeOther(CartNotice.removed.address(shop.links, product: product))
        }
        if form["adjust"] != nil {
            try await adjust(visitor)
            return Response.seeOther(CartNotice.adjusted.address(shop.links))
        }
        var typed: [String: String] = [:]
        for line in try await shop.store.cart(session) {
            let text = form["product"] == line.product ? form["quantity"] : form[CartPage.field(line.product)]
            guard let text else { continue }
            if let quantity = Self.quantity(text) {
                if quantity != line.quantity { try await shop.store.setCart(line.product, quantity: quantity, session: session) }
            } else {
                typed[line.product] = text
            }
        }
        guard !typed.isEmpty else { return Response.seeOther(CartNotice.updated.address(shop.links)) }
        let review = try await shop.review(session, visitor.words)
        return try shop.answer(CartPage(review, shop, visitor.words, typed: typed), to: visitor, status: 422, hasForm: true)
    }

    /// A whole number in digits, spaces around it aside; what is larger than any cart's becomes the largest.
    static func quantity(_ text: String) -> Int? {
        let digits = text.utf8.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed()
        guard (1...9).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(String(decoding: Array(digits), as: UTF8.self))
        else { return nil }
        return min(number, CartLine.maximumQuantity)
    }

    /// Takes out what cannot be ordered, and lowers quantities to what can. A line may have one trouble behind another.
    private func adjust(_ visitor: Visitor) async throws {
        for _ in 0..<3 {
            let review = try await shop.review(visitor.name, visitor.words)
            guard !review.canCheckOut else { return }
            for item in review.purchase.items {
                let id = item.wanted.product
                let isSettled = review.bought[id] != nil || review.paying.contains(id)
                guard isSettled || item.problem != nil else { continue }
                let quantity = isSettled ? 0 : item.problem.map(Self.possible) ?? 0
                try await shop.store.setCart(id, quantity: quantity, session: visitor.name)
            }
        }
    }

    private static func possible(_ problem: Purchase.Problem) -> Int {
        switch problem {
        case .quantity(let maximum): maximum
        case .soldOut(let available): available
        case .gone, .amount, .fixedPrice, .notDelivered, .tooMuch: 0
        }
    }
}
