// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopStore
import TalerWire
import Testing
import TestSupport

@testable import ShopFrontend

struct CartTests {
    private let bench: ShopBench
    private let browser: Browser

    init() async throws {
        bench = try ShopBench.scratch()
        try await bench.store.setCatalogStock(["mug": 3])
        browser = Browser(bench)
    }

    private func cart() async throws -> [String: Int] {
        Dictionary(uniqueKeysWithValues: try await bench.store.cart(browser.session).map { ($0.product, $0.quantity) })
    }

    @Test func anEmptyCartSaysSoAndHasNoForm() async throws {
        let page = try await browser.page("/cart")
        #expect(page.text.contains("Your cart is empty."))
        #expect(!page.elements.contains { $0.name == "form" })
    }

    @Test func whatIsAddedLiesInTheCartWithItsPriceAndTheTotal() async throws {
        try await browser.add("essay")
        try await browser.add("mug", quantity: 2)
        let page = try await browser.page("/cart?notice=added&product=mug")
        #expect(page.text.contains("mug: now in your cart."))
        #expect(page.text.contains("KUDOS each"))
        #expect(page.text.contains("8.40 KUDOS"), "2.50 + 2 × 2.50 + 0.90")
        #expect(page.text.contains("of which 19% VAT"))
        #expect(page.elements.contains { $0["href"] == "/checkout" })
        #expect(page.text.contains("3 items"))
        #expect(page.elements.first { $0["name"] == "quantity-mug" }?["value"] == "2")
        #expect(!page.elements.contains { $0["name"] == "quantity-essay" }, "nobody needs it twice")
    }

    @Test(arguments: ["/cart", "/checkout"])
    func taxesAreCalledByTheirNamesInTheReadersLanguage(target: String) async throws {
        let german = Browser(bench, language: "de")
        try await german.add("mug", quantity: 2)
        let page = try await german.page(target).text.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
        #expect(page.contains("darin 19 % MwSt."))
        // 5.00 × 0.19 ÷ 1.19 = 0.798…, 0.90 × 0.19 ÷ 1.19 = 0.143…
        #expect(page.contains("0,94 KUDOS"), "the fee for sending has the tax of what is sent")
        #expect(!page.contains("VAT"))
    }

    @Test func quantitiesAddUpToWhatOneOrderMayHave() async throws {
        try await browser.add("mug", quantity: 5)
        try await browser.add("mug", quantity: 8)
        try await browser.add("essay", quantity: 4)
        try await browser.add("essay")
        #expect(try await cart() == ["mug": 9, "essay": 1])
    }

    @Test func quantitiesAreChangedTogetherAndZeroTakesOut() async throws {
        try await browser.add("mug")
        try await browser.add("card")
        let response = try await browser.submit("/cart/line", ["quantity-mug": "2", "quantity-card": " 0 "])
        #expect(response.status == 303)
        #expect(response.fields["Location"] == "/cart?notice=updated")
        #expect(try await cart() == ["mug": 2])
        _ = try await browser.submit("/cart/line", ["product": "mug", "quantity": "3"])
        #expect(try await cart() == ["mug": 3])
        let removed = try await browser.submit("/cart/line", ["remove": "mug"])
        #expect(removed.fields["Location"] == "/cart?notice=removed&product=mug")
        #expect(try await cart().isEmpty)
    }

    @Test(arguments: ["", "two", "-1", "1.5", "1e3", "９", "99999999999999999999"])
    func whatIsNoQuantityIsKeptAndComplainedAboutBesideTheField(text: String) async throws {
        try await browser.add("mug")
        try await browser.add("card")
        let response = try await browser.submit("/cart/line", ["quantity-mug": text, "quantity-card": "5"])
        #expect(response.status == 422)
        let page = try StrictHTML(response.text)
        let field = try #require(page.elements.first { $0["name"] == "quantity-mug" })
        #expect(field["value"] == text)
        #expect(field["aria-invalid"] == "true")
        #expect(page.elements.contains { $0["id"] == field["aria-describedby"] })
        #expect(page.text.contains("Please write a whole number"))
        #expect(try await cart() == ["mug": 1, "card": 5], "the others are taken")
    }

    @Test func moreThanThereIsIsPointedOutAndCanBeAdjusted() async throws {
        try await browser.add("mug", quantity: 5)
        let page = try await browser.page("/cart")
        #expect(page.text.contains("Only 3 are left."))
        let notice = try await browser.page("/cart?notice=added&product=mug").text
        #expect(notice.contains("mug: now in your cart, but it cannot be ordered like this."))
        #expect(notice.contains("5 items"))
        #expect(!page.elements.contains { $0["href"] == "/checkout" })
        #expect(try await browser.get("/checkout").fields["Location"] == "/cart")
        let adjusted = try await browser.submit("/cart/line", ["adjust": "yes"])
        #expect(adjusted.fields["Location"] == "/cart?notice=adjusted")
        #expect(try await cart() == ["mug": 3])
    }

    @Test func whatHasLeftTheCatalogIsNamedAndTakenOut() async throws {
        try await bench.store.addToCart(CartLine(product: "gone", quantity: 1), session: browser.session, at: bench.clock.now())
        try await browser.add("card")
        #expect(try await browser.page("/cart").text.contains("This is not sold any more."))
        _ = try await browser.submit("/cart/line", ["adjust": "yes"])
        #expect(try await cart() == ["card": 1])
    }

    @Test func whatWasBoughtAndNobodyNeedsTwiceIsFoundByItsLink() async throws {
        try await browser.add("essay")
        let wish = try #require(
            try await bench.shop.review(browser.session, bench.shop.texts.words(.english)).purchase.wish(
                session: browser.session, language: .english))
        let order = try await bench.store.order(for: wish, at: bench.clock.now(), heldUntil: bench.clock.now().advanced(bySeconds: 3600))
        let offer = try await bench.offer(order)
        _ = try await bench.store.settle(offer, at: bench.clock.now())
        let page = try await browser.page("/cart")
        #expect(page.text.contains("You have bought this before"))
        #expect(page.elements.contains { $0["href"] == bench.shop.links.fulfillment(order.id) })
        #expect(!page.elements.contains { $0["href"] == "/checkout" })
        let again = try await browser.submit("/cart", ["product": "essay"])
        #expect(again.fields["Location"] == "/product/essay")
        _ = try await browser.submit("/cart/line", ["adjust": "yes"])
        #expect(try await cart().isEmpty)
    }

    @Test func aGiftIsWhatTheBuyerChose() async throws {
        for (form, amount) in [("KUDOS:1", "KUDOS:1"), ("own", "KUDOS:2.5")] {
            let response = try await browser.submit("/cart", ["product": "gift", "choice": form, "own": "2,50"])
            #expect(response.fields["Location"] == "/cart?notice=added&product=gift")
            #expect(try await bench.store.cart(browser.session).first?.amount == (try Amount(amount)))
        }
    }

    @Test(arguments: ["0.01", "51", "much", "KUDOS:-1", "EUR:1", "0.105", "KUDOS:1e3"]) func anAmountThatCannotBeGivenLeadsBack(
        text: String
    ) async throws {
        let response = try await browser.submit("/cart", ["product": "gift", "choice": "own", "own": text])
        #expect(response.status == 303)
        #expect(response.fields["Location"] == "/product/gift?problem=amount&own=\(PercentEncoding.encode(text))")
        #expect(try await cart().isEmpty)
    }

    @Test func anUnknownProductIs404() async throws {
        #expect(try await browser.submit("/cart", ["product": "nothing"]).status == 404)
        #expect(try await browser.submit("/cart", [:]).status == 404)
    }

    @Test func aCartLivesNinetyDaysAfterItWasTouchedLast() async throws {
        try await browser.add("card")
        bench.clock.advance(bySeconds: Shop.cartTime - 1)
        try await browser.add("mug")
        bench.clock.advance(bySeconds: Shop.cartTime)
        await bench.shop.dropOldCarts()
        #expect(try await cart() == ["card": 1, "mug": 1])
        bench.clock.advance(bySeconds: 1)
        await bench.shop.dropOldCarts()
        #expect(try await cart().isEmpty)
    }

    @Test func aFullCartSaysSo() async throws {
        for number in 0..<CartLine.maximumLines {
            try await bench.store.addToCart(CartLine(product: "p\(number)", quantity: 1), session: browser.session, at: bench.clock.now())
        }
        let response = try await browser.submit("/cart", ["product": "mug"])
        #expect(response.fields["Location"] == "/cart?notice=full")
        #expect(try await browser.page("/cart?notice=full").text.contains("50 different things"))
    }

    @Test func anUnpaidOrderIsShownToWhoFindsTheCartEmpty() async throws {
        try await browser.add("card")
        let form = try await browser.checkout()
        let order = try #require(try await browser.submitRaw("/checkout", form).fields["Location"])
        let page = try await browser.page("/cart")
        #expect(page.elements.contains { $0["href"] == order })
        #expect(page.text.contains("waiting for its payment"))
    }

    @Test func whatIsMissingBecauseOfAnOwnOrderLeadsToIt() async throws {
        try await browser.add("mug", quantity: 3)
        let order = try #require(try await browser.submitRaw("/checkout", try await browser.checkout()).fields["Location"])
        try await browser.add("mug")
        let page = try await browser.page("/cart")
        #expect(page.text.contains("Sold out at the moment. Some are reserved for an order of yours"))
        #expect(page.elements.contains { $0["href"] == order })
    }

    @Test(arguments: ["de", "fr", "es", "it"]) func theCartSpeaksTheBuyersLanguage(language: String) async throws {
        let browser = Browser(bench, language: language)
        try await browser.add("mug", quantity: 9)
        let page = try await browser.page("/cart")
        #expect(!page.text.contains("⟦"))
        #expect(!page.text.contains("Your cart"))
    }
}

extension ShopBench {
    /// A contract of an order, as the backend would give it.
    func offer(_ order: Order) async throws -> ContractHash {
        guard case .offer(let offer) = try await shop.offers.offer(for: order) else { throw ShopStoreError.unknownOrder }
        return offer.contractHash
    }
}
