// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopStore
import TalerWire
import Testing
import TestSupport
import WebSession

@testable import ShopFrontend

struct CheckoutTests {
    private let bench: ShopBench
    private let browser: Browser

    init() async throws {
        bench = try ShopBench.scratch()
        try await bench.store.setCatalogStock(["mug": 3])
        browser = Browser(bench)
    }

    private func order(_ response: Response) async throws -> Order {
        #expect(response.status == 303)
        let location = try #require(response.fields["Location"])
        #expect(location.hasPrefix("/order/"))
        let id = try #require(OrderID(String(location.dropFirst("/order/".count))))
        return try #require(try await bench.store.order(id))
    }

    @Test func goodsAskForAnAddressAndBecomeAnOrder() async throws {
        try await browser.add("mug", quantity: 2)
        let page = try await browser.page("/checkout")
        let tokens = page.elements.compactMap { $0["autocomplete"] }
        for token in ["name", "address-line1", "postal-code", "address-level2", "address-level1", "country"] {
            #expect(tokens.contains("section-delivery shipping \(token)"))
        }
        let countries = page.elements.filter { $0.name == "option" }.compactMap { $0["value"] }
        #expect(countries == ["", "FR", "DE", "ES"], "where mugs are sent, in the language's order")
        let order = try await order(try await browser.submitRaw("/checkout", try await browser.checkout()))
        #expect(order.state == .open)
        #expect(
            order.delivery
                == Delivery(name: "Ana Peña", street: "Calle Mayor", streetNumber: "7", zipCode: "28013", city: "Madrid", country: "ES"))
        #expect(order.amount == (try Amount("KUDOS:5.9")))
        #expect(order.lines.map(\.kind) == [.goods, .delivery])
        #expect(order.heldUntil == bench.clock.now().advanced(bySeconds: 3600))
        #expect(try await bench.store.stock("mug")?.available == 1)
        #expect(try await bench.store.cart(browser.session).isEmpty)
    }

    @Test func whatIsNotSentNeedsNoAddress() async throws {
        try await browser.add("essay")
        let page = try await browser.page("/checkout")
        #expect(!page.elements.contains { $0["name"] == "street" })
        #expect(page.text.contains("No address needed"))
        let order = try await order(try await browser.submitRaw("/checkout", try await browser.checkout()))
        #expect(order.delivery == nil, "an address that was sent all the same is not kept")
    }

    @Test func aFormThatIsSentTwiceMakesOneOrder() async throws {
        try await browser.add("mug")
        let form = try await browser.checkout()
        let first = try await order(try await browser.submitRaw("/checkout", form))
        let second = try await order(try await browser.submitRaw("/checkout", form))
        #expect(first.id == second.id)
        #expect(try await bench.store.stock("mug")?.held == 1)
    }

    @Test func aFormThatIsSentTwiceAtOnceMakesOneOrder() async throws {
        try await browser.add("mug")
        let form = try await browser.checkout()
        let body = form.map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        let handler = bench.shop.handler
        var response = Response()
        bench.shop.sessions.set(browser.session, in: &response)
        let cookie = String(try #require(response.fields["Set-Cookie"]).prefix { $0 != ";" })
        let request = try #require(
            Request(
                .post, "/checkout", fields: ["Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"], body: Array(body.utf8))
        )
        let places = await withTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { await handler.handle(request).fields["Location"] ?? "none" } }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(places.filter { $0.hasPrefix("/order/") }.count == 1)
        #expect(try await bench.store.stock("mug")?.held == 1)
    }

    @Test func anotherBrowsersFormNameIsWorthNothing() async throws {
        try await browser.add("card")
        let form = try await browser.checkout()
        let first = try await order(try await browser.submitRaw("/checkout", form))
        let other = Browser(bench)
        try await other.add("card")
        let name = try #require(form.first { $0.0 == "checkout" }?.1)
        let second = try await order(try await other.submitRaw("/checkout", try await other.checkout(["checkout": name])))
        #expect(first.id != second.id)
    }

    @Test func mistakesAreSaidBesideTheFieldsAndAboveAndWhatWasTypedIsKept() async throws {
        try await browser.add("mug")
        let form = try await browser.checkout(["name": "", "postcode": "2801", "city": "Ma\"drid<"])
        let response = try await browser.submitRaw("/checkout", form)
        #expect(response.status == 422)
        let page = try StrictHTML(response.text)
        let alert = try #require(page.elements.first { $0["role"] == "alert" })
        #expect(alert["id"] == "problems")
        for (field, text) in [("name", "Please write your name."), ("postcode", "A postcode there has 5 digits.")] {
            let input = try #require(page.elements.first { $0["name"] == field })
            #expect(input["aria-invalid"] == "true")
            let described = try #require(input["aria-describedby"])
            #expect(page.elements.contains { $0["id"] == described })
            #expect(page.elements.contains { $0.name == "a" && $0["href"] == "#\(input["id"] ?? "")" })
            #expect(page.text.contains(text))
        }
        let city = try #require(page.elements.first { $0["name"] == "city" })
        #expect(city["value"] == "Ma\"drid<")
        #expect(city["aria-invalid"] == nil)
        #expect(page.elements.first { $0.name == "option" && $0["value"] == "ES" }?.attributes.map(\.name).contains("selected") == true)
        #expect(try await bench.store.orders(session: browser.session, limit: 9).isEmpty)
        #expect(try await bench.store.cartCount(browser.session) == 1)
    }

    @Test func goodsAreSentOnlyWhereAllOfThemAre() async throws {
        try await browser.add("mug")
        try await browser.add("stone")
        let response = try await browser.submitRaw("/checkout", try await browser.checkout(["country": "ES"]))
        #expect(response.status == 422)
        #expect(response.text.contains("We cannot send it there."))
        try await browser.add("water")
        let page = try await browser.page("/checkout")
        #expect(page.text.contains("cannot all be sent to the same country"))
        #expect(!page.elements.contains { $0.name == "button" && $0["type"] == "submit" })
        #expect(!page.text.contains("No address needed"))
    }

    @Test func whoeverIsTooLateIsToldAndKeepsTheCart() async throws {
        try await browser.add("mug", quantity: 2)
        let form = try await browser.checkout()
        let faster = Browser(bench)
        try await faster.add("mug", quantity: 2)
        _ = try await order(try await faster.submitRaw("/checkout", try await faster.checkout()))
        let response = try await browser.submitRaw("/checkout", form)
        #expect(response.fields["Location"] == "/cart?notice=changed")
        let page = try await browser.page("/cart?notice=changed")
        #expect(page.text.contains("Only 1 is left."))
        #expect(page.text.contains("Nothing has been ordered, and nothing was charged."))
        #expect(try await bench.store.cartCount(browser.session) == 2)
    }

    @Test func ofManyWhoWantTheLastOneOneGetsIt() async throws {
        let browsers = (0..<6).map { _ in Browser(bench) }
        var won = 0
        var forms: [(Browser, [(String, String)])] = []
        for browser in browsers {
            try await browser.add("mug", quantity: 2)
            forms.append((browser, try await browser.checkout()))
        }
        for (browser, form) in forms where try await browser.submitRaw("/checkout", form).fields["Location"]?.hasPrefix("/order/") == true {
            won += 1
        }
        #expect(won == 1)
        #expect(try await bench.store.stock("mug")?.available == 1)
    }

    @Test func whatHasChangedSinceThePageWasShownIsShownOnceMore() async throws {
        try await browser.add("mug")
        let form = try await browser.checkout()
        try await browser.add("essay")
        let response = try await browser.submitRaw("/checkout", form)
        #expect(response.status == 409)
        let page = try StrictHTML(response.text)
        #expect(page.text.contains("has changed meanwhile"))
        #expect(page.elements.first { $0["name"] == "street" }?["value"] == "Calle Mayor")
        #expect(try await bench.store.orders(session: browser.session, limit: 9).isEmpty)
    }

    @Test func whatCameIntoTheCartAfterTheLookAtItIsNeitherLostNorOrdered() async throws {
        try await browser.add("mug")
        let session = browser.session
        let seen = try await bench.store.cart(session)
        let review = try await bench.shop.review(session, bench.shop.texts.words(.english))
        let wish = try #require(review.purchase.wish(session: session, language: .english, address: .home))
        #expect(review.cart == seen)
        try await browser.add("essay")
        let now = bench.clock.now()
        let later = now.advanced(bySeconds: 3600)
        await #expect(throws: ShopStoreError.cartChanged) {
            try await bench.store.checkOut(wish, of: seen, checkout: "c", at: now, heldUntil: later)
        }
        #expect(try await bench.store.cart(session).map(\.product) == ["mug", "essay"])
        #expect(try await bench.store.orders(session: session, limit: 9).isEmpty)
        #expect(try await bench.store.stock("mug")?.held == 0)
        try await bench.store.setCart("essay", quantity: 0, session: session)
        let order = try await bench.store.checkOut(wish, of: seen, checkout: "c", at: now, heldUntil: later)
        #expect(try await bench.store.cart(session).isEmpty)
        try await browser.add("essay")
        #expect(try await bench.store.checkOut(wish, of: seen, checkout: "c", at: now, heldUntil: later).id == order.id)
        #expect(try await bench.store.cartCount(session) == 1, "the form once more takes nothing out of the cart")
    }

    @Test func nobodyReservesWithoutEnd() async throws {
        let bench = try ShopBench.scratch(stock: 100)
        try await bench.store.setCatalogStock(["mug": 100])
        let browser = Browser(bench)
        for _ in 0..<ShopStore.maximumHolds {
            try await browser.add("mug")
            #expect(try await browser.submitRaw("/checkout", try await browser.checkout()).status == 303)
        }
        try await browser.add("mug")
        let response = try await browser.submitRaw("/checkout", try await browser.checkout())
        #expect(response.status == 409)
        #expect(response.text.contains("You have 5 orders with reserved goods"))
        #expect(try await bench.store.stock("mug")?.held == ShopStore.maximumHolds)
    }

    @Test func anEmptyCartLeadsBackToIt() async throws {
        #expect(try await browser.get("/checkout").fields["Location"] == "/cart")
        let response = try await browser.submit("/checkout", ["checkout": OrderID.random().text])
        #expect(response.fields["Location"] == "/cart")
    }

    @Test(arguments: ["", "x", "'; DROP TABLE orders; --", "0000"]) func aFormWithoutAGoodNameIsNone(name: String) async throws {
        try await browser.add("card")
        #expect(try await browser.submitRaw("/checkout", try await browser.checkout(["checkout": name])).status == 400)
    }

    @Test(arguments: ["de", "fr", "es", "it"]) func theCheckoutSpeaksTheBuyersLanguage(language: String) async throws {
        let browser = Browser(bench, language: language)
        try await browser.add("mug")
        let response = try await browser.submitRaw(
            "/checkout", try await browser.checkout(["name": "", "country": "", "city": "\u{202E}"]))
        let page = try StrictHTML(response.text)
        #expect(!page.text.contains("⟦"))
        #expect(page.text.contains(Countries.name("DE", language: language)))
        let order = try await order(try await browser.submitRaw("/checkout", try await browser.checkout()))
        #expect(order.language == language)
    }
}
