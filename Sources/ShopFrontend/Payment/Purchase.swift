// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopCatalog
import ShopStore
import TalerWire

/// What a cart comes to: the lines of an order, or what is wrong with each.
struct Purchase: Sendable {
    /// One for each line of the cart, in its order.
    let items: [Item]
    /// The fee for sending the goods: the highest that one of them asks for. Nil when nothing is sent, or for nothing.
    let delivery: OrderLine?
    /// Of all lines and the fee. Nil when a line has no price, or together they are more than an amount can be.
    let total: Amount?

    struct Item: Sendable {
        let wanted: CartLine
        /// Nil for what has left the catalog.
        let product: Product?
        /// As it would stand in the order. It may be there beside a problem, to be shown with its price.
        let line: OrderLine?
        let problem: Problem?
    }

    /// Why a line cannot be ordered as it is.
    enum Problem: Sendable, Equatable {
        /// The catalog does not have it any more.
        case gone
        /// So many cannot be ordered at once.
        case quantity(maximum: Int)
        /// There are not so many left; 0 when it is sold out.
        case soldOut(available: Int)
        /// A donation needs an amount from minimum to maximum, in whole numbers of the shop's smallest unit.
        case amount(minimum: Amount, maximum: Amount)
        /// A price that the buyer cannot choose was given.
        case fixedPrice
        /// It is not sent to that country.
        case notDelivered(country: CountryCode)
        /// More money than an amount can be.
        case tooMuch
    }

    /// Whether it can be ordered.
    var isGood: Bool { !items.isEmpty && total != nil && items.allSatisfy { $0.problem == nil && $0.line != nil } }

    /// What is wrong, with the places of the lines in the cart.
    var problems: [(index: Int, problem: Problem)] {
        items.enumerated().compactMap { index, item in item.problem.map { (index, $0) } }
    }

    /// Whether an address is needed.
    var hasGoods: Bool { items.contains { $0.line?.kind == .goods } }

    /// The wish to buy it all; nil when it is not ``isGood``.
    /// - Parameters:
    ///   - network: the buyer's, as ``Shop/network(of:)`` gives it.
    ///   - address: where goods go; left out of a wish without goods.
    func wish(session: String, network: String? = nil, language: Language, address: Delivery? = nil) -> Wish? {
        guard isGood, let total else { return nil }
        var wish = Wish(
            session: session, lines: items.compactMap(\.line) + [delivery].compactMap(\.self), amount: total,
            delivery: hasGoods ? address : nil, language: language.code)
        wish.network = network
        return wish
    }
}
