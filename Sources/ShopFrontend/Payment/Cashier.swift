// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopCatalog
import ShopStore
import TalerWire

/// Makes lines of orders from what lies in carts: prices, taxes and texts are those of the catalog at that moment.
struct Cashier: Sendable {
    let catalog: Catalog
    let smallestUnit: Amount
    /// The language of the order.
    let words: Words

    /// - Parameters:
    ///   - stocks: of the products whose number is limited, by name: lines of which there are not enough get a problem. What counts in
    ///     the end is the store's own look when the order is made.
    ///   - country: where goods go; nil when that is not known yet.
    func purchase(of cart: [CartLine], stocks: [String: Stock] = [:], to country: CountryCode? = nil) -> Purchase {
        var left = stocks.mapValues(\.available)
        let items = cart.map { wanted in
            let item = item(wanted, left[wanted.product], country)
            if item.problem == nil, let available = left[wanted.product] { left[wanted.product] = available - wanted.quantity }
            return item
        }
        let delivery = deliveryFee(items)
        let amounts = items.map { $0.line?.amount } + [delivery?.amount].filter { $0 != nil }
        let total = amounts.contains(nil) ? nil : try? Amount.sum(amounts.compactMap(\.self), in: smallestUnit.currency)
        guard total == nil, !amounts.contains(nil) else { return Purchase(items: items, delivery: delivery, total: total) }
        return Purchase(items: items.map { $0.tooMuch }, delivery: delivery, total: nil)
    }

    /// Sent together, goods cost what the dearest of them costs to send, with that one's taxes.
    private func deliveryFee(_ items: [Purchase.Item]) -> OrderLine? {
        var fee = Amount.zero(smallestUnit.currency)
        var dearest: Product?
        for item in items where item.line != nil {
            guard let price = item.product?.delivery?.price, let isMore = try? fee.isLess(than: price), isMore else { continue }
            fee = price
            dearest = item.product
        }
        guard !fee.isZero, let taxes = try? dearest?.lineTaxes(in: fee, unit: smallestUnit) else { return nil }
        return OrderLine(
            product: "", number: 0, title: words("line.delivery"), kind: .delivery, quantity: 1, unitPrice: fee, amount: fee, taxes: taxes)
    }

    private func item(_ wanted: CartLine, _ available: Int?, _ country: CountryCode?) -> Purchase.Item {
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
            return item(line(product, 1, amount), wanted.quantity == 1 ? nil : .quantity(maximum: 1))
        }
        guard let count = UInt32(exactly: wanted.quantity), count > 0 else { return item(nil, .quantity(maximum: maximum)) }
        guard let amount = try? product.price.multiplied(by: count), let line = line(product, wanted.quantity, amount) else {
            return item(nil, .tooMuch)
        }
        if wanted.amount != nil { return item(line, .fixedPrice) }
        if wanted.quantity > maximum { return item(line, .quantity(maximum: maximum)) }
        if let available, available < wanted.quantity { return item(line, .soldOut(available: max(0, available))) }
        if let country, let terms = product.delivery, !terms.reaches(country) { return item(line, .notDelivered(country: country)) }
        return item(line, nil)
    }

    private func line(_ product: Product, _ quantity: Int, _ amount: Amount) -> OrderLine? {
        try? product.line(quantity: quantity, amount: amount, words, unit: smallestUnit)
    }
}

extension Purchase.Item {
    /// All together are more than an amount can be: each line says so that has no other problem.
    fileprivate var tooMuch: Purchase.Item {
        Purchase.Item(wanted: wanted, product: product, line: line, problem: problem ?? .tooMuch)
    }
}
