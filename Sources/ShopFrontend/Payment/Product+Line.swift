// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopCatalog
import ShopStore
import TalerWire

extension Product {
    /// The product as a position of an order, frozen in the language of who buys it, as far as it is translated.
    /// - Parameters:
    ///   - amount: for the whole quantity.
    ///   - unit: taxes are whole numbers of it.
    /// - Throws: `AmountError/currencyMismatch`.
    func line(quantity: Int, amount: Amount, _ words: Words, unit: Amount) throws(AmountError) -> OrderLine {
        let text = text(in: words.language)
        let kind: OrderLine.Kind
        var file: String?
        var deliveryDate: String?
        switch self.kind {
        case .article: kind = .article
        case .download(let name): (kind, file) = (.download, name)
        case .donation: kind = .donation
        case .goods(let terms): (kind, deliveryDate) = (.goods, words.days(terms.days))
        }
        return OrderLine(
            product: id, number: number, title: text.title.text, kind: kind, quantity: quantity, unitPrice: isDonation ? amount : price,
            amount: amount, taxes: try lineTaxes(in: amount, unit: unit), file: file, deliveryDate: deliveryDate, text: text.sold,
            stock: stock)
    }

    /// The taxes within an amount that is asked for this product, as its order keeps them: those that come to nothing are left out.
    /// - Throws: `AmountError/currencyMismatch`.
    func lineTaxes(in amount: Amount, unit: Amount) throws(AmountError) -> [OrderLine.Tax] {
        zip(taxes, try taxes(in: amount, roundedTo: unit)).filter { !$1.amount.isZero }.map {
            OrderLine.Tax(name: $1.name, amount: $1.amount, rate: $0.percent)
        }
    }
}

extension ProductText {
    /// Nil when there is nothing to read.
    fileprivate var sold: SoldText? {
        guard !body.text.isEmpty else { return nil }
        return SoldText(language: body.language.code, teaser: teaser.text, body: body.text)
    }
}

extension Words {
    /// From the payment to the delivery: `2–5 days after the payment`.
    func days(_ days: ClosedRange<Int>) -> String {
        let first = number(days.lowerBound)
        return self(
            "product.days", count: days.upperBound,
            ["days": days.lowerBound == days.upperBound ? first : "\(first)–\(number(days.upperBound))"])
    }
}
