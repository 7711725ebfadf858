// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopCatalog
import ShopStore
import TalerWire

/// Makes lines of orders from what lies in carts: prices, taxes and texts are those of the catalog at that moment.
struct Cashier: Sendable {
    let catalog: Catalog
    let smallestUnit: Amount
    /// Two letters: the language of the order.
    let language: String

    /// - Parameters:
    ///   - stocks: of the products whose number is limited, by name: lines of which there are not enough get a problem. What counts in
    ///     the end is the store's own look when the order is made.
    ///   - country: where goods go, two letters; nil when that is not known yet.
    func purchase(of cart: [CartLine], stocks: [String: Stock] = [:], to country: String? = nil) -> Purchase {
        let items = cart.map { item($0, stocks[$0.product], country) }
        let amounts = items.map { $0.line?.amount }
        let total = amounts.contains(nil) ? nil : try? Amount.sum(amounts.compactMap(\.self), in: smallestUnit.currency)
        return Purchase(items: items, delivery: nil, total: total)
    }

    private func item(_ wanted: CartLine, _ stock: Stock?, _ country: String?) -> Purchase.Item {
        guard let product = catalog[wanted.product] else {
            return Purchase.Item(wanted: wanted, product: nil, line: nil, problem: .gone)
        }
        func item(_ line: OrderLine?, _ problem: Purchase.Problem?) -> Purchase.Item {
            Purchase.Item(wanted: wanted, product: product, line: line, problem: problem)
        }
        let maximum = product.maximumQuantity
        if case .donation(let range) = product.kind {
            let amount = wanted.amount ?? product.price
            guard amount.currency == smallestUnit.currency, range.contains(amount), amount.isMultiple(of: smallestUnit) else {
                return item(nil, .amount(minimum: range.minimum, maximum: range.maximum))
            }
            return item(product.line(quantity: 1, amount: amount), wanted.quantity == 1 ? nil : .quantity(maximum: 1))
        }
        guard let count = UInt32(exactly: wanted.quantity), count > 0 else { return item(nil, .quantity(maximum: maximum)) }
        guard let amount = try? product.price.multiplied(by: count) else { return item(nil, .tooMuch) }
        let line = product.line(quantity: wanted.quantity, amount: amount)
        if wanted.amount != nil { return item(line, .fixedPrice) }
        if wanted.quantity > maximum { return item(line, .quantity(maximum: maximum)) }
        if let stock, stock.available < wanted.quantity { return item(line, .soldOut(available: stock.available)) }
        return item(line, nil)
    }
}
