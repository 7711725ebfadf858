// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopStore

/// What is said once above the cart, after a form; it stands in the address.
enum CartNotice: String {
    case added, addedMost, addedBeyond, updated, removed, adjusted, full, soldMeanwhile, changed

    /// The cart's address with this notice.
    func address(_ links: ShopLinks, product: String? = nil) -> String {
        links.path("/cart") + "?notice=\(rawValue)" + (product.map { "&product=\(PercentEncoding.encode($0))" } ?? "")
    }

    private var isGood: Bool {
        switch self {
        case .added, .addedMost, .updated, .removed, .adjusted: true
        case .addedBeyond, .full, .soldMeanwhile, .changed: false
        }
    }

    /// What is to be said of something that was added, as it lies in the cart now: there may not be so many, or no more can be ordered.
    func added(_ item: Purchase.Item) -> CartNotice {
        if item.problem != nil { return .addedBeyond }
        guard let product = item.product, product.highestInCart > 1, item.wanted.quantity >= product.highestInCart else { return .added }
        return .addedMost
    }

    /// - Parameter product: the title; nil for what is not sold any more.
    func notice(_ words: Words, product: String?) -> CartPage.Notice {
        CartPage.Notice(words: text(words, product), kind: isGood ? .good : .bad)
    }

    private func text(_ words: Words, _ product: String?) -> String {
        switch (self, product) {
        case (.full, _): words("cart.full", count: CartLine.maximumLines)
        case (.updated, _): words("cart.updated")
        case (.adjusted, _): words("cart.adjusted")
        case (.added, let product?): words("cart.added", ["product": product])
        case (.addedMost, let product?): words("cart.addedMost", ["product": product])
        case (.addedBeyond, let product?): words("cart.addedBeyond", ["product": product])
        case (.removed, let product?): words("cart.removed", ["product": product])
        case (.soldMeanwhile, let product?): words("cart.soldMeanwhile", ["product": product])
        case (.soldMeanwhile, nil), (.changed, _): words("cart.changed")
        case (.added, nil), (.addedMost, nil), (.addedBeyond, nil), (.removed, nil): words("cart.updated")
        }
    }
}
