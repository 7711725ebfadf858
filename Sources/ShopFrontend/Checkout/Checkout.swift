// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog
import ShopStore
import TalerWire
import WebSession

/// A cart at the checkout.
struct Checkout: Sendable {
    let shop: Shop
    let visitor: Visitor
    let review: CartReview

    /// The countries that all goods of the cart are sent to, by their codes; nil when nothing is sent.
    var destinations: [String]? {
        let deliveries = review.purchase.items.compactMap { $0.product?.delivery }
        guard review.purchase.hasGoods else { return nil }
        return CountryCode.all.filter { country in deliveries.allSatisfy { $0.reaches(country) } }.map(\.code)
    }

    /// Changes with everything that the buyer agrees to.
    var seen: String {
        let lines = review.purchase.items.compactMap(\.line) + [review.purchase.delivery].compactMap(\.self)
        let text = lines.map { "\($0.product)\u{1F}\($0.title)\u{1F}\($0.quantity)\u{1F}\($0.amount)" }.joined(separator: "\u{1E}")
        return shop.links.signer.signature(of: text, for: Self.purpose)
    }

    private static let purpose = Signer.Purpose("checkout")

    /// - Parameters:
    ///   - form: what was typed before.
    ///   - problems: with that.
    ///   - checkout: the form's name, nil for a fresh one.
    func page(
        _ form: AddressForm = AddressForm(), problems: [AddressForm.Problem] = [], notice: CheckoutPage.Notice? = nil,
        checkout: String? = nil
    ) -> CheckoutPage? {
        guard let totals = Totals(review.purchase) else { return nil }
        let words = visitor.words
        let lines = review.purchase.items.compactMap { item in item.line.map { line($0, item) } }
        var page = CheckoutPage(
            words: words, lines: lines, totals: totals, notice: notice, checkout: checkout ?? SessionCookie.newSession(), seen: seen,
            minutesHeld: isScarce ? Int(clamping: max(1, shop.settings.offerTime / 60)) : nil)
        if let destinations {
            guard !destinations.isEmpty else {
                page.canBeSent = false
                page.notice = CheckoutPage.Notice(
                    words: words("checkout.nowhere"), link: shop.links.path("/cart"), label: words("checkout.back"))
                return page
            }
            page.address = CheckoutPage.Address(
                form: form, problems: problems, countries: Countries(destinations, language: words.language.code))
        }
        return page
    }

    private func line(_ line: OrderLine, _ item: Purchase.Item) -> CheckoutPage.Line {
        let language = item.product?.title(visitor.words).language
        return CheckoutPage.Line(
            title: line.title, language: language == visitor.words.language ? nil : language?.code, quantity: line.quantity,
            amount: visitor.words.amount(line.amount))
    }

    private var isScarce: Bool { review.purchase.items.contains { $0.product?.stock != nil } }
}
