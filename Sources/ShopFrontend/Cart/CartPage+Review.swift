// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopCatalog
import ShopStore

extension CartPage {
    /// - Parameter typed: quantities that are no numbers, by product.
    init(_ review: CartReview, _ shop: Shop, _ words: Words, typed: [String: String] = [:], notice: Notice? = nil, waiting: OrderID? = nil)
    {
        let maker = CartLineMaker(review: review, shop: shop, words: words, typed: typed)
        self.init(
            words: words, lines: review.purchase.items.map(maker.line), totals: review.canCheckOut ? Totals(review.purchase) : nil,
            notice: notice, waiting: waiting.map { shop.links.path("/order/\($0)") }, canCheckOut: review.canCheckOut && typed.isEmpty)
    }
}

/// Puts what is known of a cart's lines into words.
struct CartLineMaker {
    let review: CartReview
    let shop: Shop
    let words: Words
    let typed: [String: String]

    func line(_ item: Purchase.Item) -> CartPage.Line {
        let id = item.wanted.product
        let title = item.product?.title(words)
        var line = CartPage.Line(
            id: id, title: title?.text ?? id, language: title?.language == words.language ? nil : title?.language.code,
            address: item.product.map { shop.links.product($0.id) }, picture: item.product.map { shop.links.picture($0.picture) },
            each: item.product.map { each($0, item) } ?? "", subtotal: item.line.map { words.amount($0.amount) })
        line.bought = review.bought[id].map(shop.links.fulfillment)
        if line.bought == nil { line.complaint = complaint(item) }
        if let product = item.product, product.highestInCart > 1 || item.wanted.quantity > 1 {
            line.quantity = CartPage.Quantity(
                value: typed[id] ?? "\(item.wanted.quantity)", maximum: product.highestInCart, isInvalid: line.complaint != nil)
        }
        return line
    }

    private func each(_ product: Product, _ item: Purchase.Item) -> String {
        if product.isDonation { return words("cart.gift") }
        if !product.isRepeatable { return words("cart.once") }
        return words("cart.each", ["price": words.amount(product.price)])
    }

    private func complaint(_ item: Purchase.Item) -> CartPage.Complaint? {
        let id = item.wanted.product
        if typed[id] != nil { return CartPage.Complaint(words: words("cart.number")) }
        if review.paying.contains(id) { return CartPage.Complaint(words: words("cart.paying")) }
        guard let problem = item.problem else { return nil }
        var complaint = CartPage.Complaint(words: words(problem))
        switch problem {
        case .amount:
            complaint.link = CartPage.Link(address: shop.links.product(id), label: words("cart.choose"))
        case .soldOut:
            guard let order = review.held[id] else { break }
            complaint.words += " " + words("cart.held")
            complaint.link = CartPage.Link(address: shop.links.path("/order/\(order)"), label: words("cart.toOrder"))
        default: break
        }
        return complaint
    }
}

extension Product {
    /// How many of it lie in a cart at most: of what nobody needs twice, and of gifts, which have an amount, one.
    var highestInCart: Int { isRepeatable && !isDonation ? maximumQuantity : 1 }

    /// The title in the reader's language, or else in the product's own.
    func title(_ words: Words) -> Passage { text(in: words.language).title }
}

extension Words {
    /// Why a line of a cart cannot be ordered.
    func callAsFunction(_ problem: Purchase.Problem) -> String {
        switch problem {
        case .gone: self("cart.gone")
        case .quantity(let maximum): self("cart.atMost", count: maximum)
        case .soldOut(0): self("cart.soldOut")
        case .soldOut(let available): self("cart.left", count: available)
        case .amount(let minimum, let maximum): self("cart.amount", ["minimum": amount(minimum), "maximum": amount(maximum)])
        case .fixedPrice: self("cart.fixedPrice")
        case .notDelivered(let country):
            self("cart.notDelivered", ["country": Countries.name(country.code, language: language.code)])
        case .tooMuch: self("cart.tooMuch")
        }
    }
}
