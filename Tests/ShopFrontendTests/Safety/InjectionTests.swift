// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog
import ShopStore
import TalerWire
import Testing
import TestSupport

@testable import ShopFrontend

/// Whatever stands in a field that a page shows, the page keeps its shape: the same elements in the same places with the same attributes as
/// with a harmless text, nothing that a browser would run or load, and all of it read by rules narrower than a browser's.
struct InjectionTests {
    private static let harmless = "A harmless text"

    /// What the pages look like with harmless texts everywhere.
    private static let plain = Task {
        let tests = InjectionTests()
        let bench = try await tests.bench { $0 }
        return try await tests.pages(bench, Browser(bench))
    }

    /// Every page of a shop, by its route, for a browser that has bought and has not.
    fileprivate func pages(_ bench: ShopBench, _ browser: Browser, query: String = "") async throws -> [String: StrictHTML] {
        try await browser.add("mug", quantity: 2)
        try await browser.add("gift")
        let cart = try await page(browser, "/cart", query)
        let checkout = try await page(browser, "/checkout", query)
        let open = try await order(browser)
        try await browser.add("essay")
        try await browser.add("card")
        let paid = try await order(browser)
        _ = try await bench.store.settle(try await bench.offer(paid), at: bench.clock.now())
        _ = try await bench.offer(open)
        let key = bench.shop.links.fulfillment(paid.id).split(separator: "=").last ?? ""
        var pages = ["/cart": cart, "/checkout": checkout]
        pages["/order/:order open"] = try await page(browser, "/order/\(open.id)", query, anyStatus: true)
        pages["/order/:order paid"] = try await page(browser, "/order/\(paid.id)?key=\(key)", query, anyStatus: true)
        try await browser.add("stone", quantity: 500)
        pages["/cart with problems"] = try await page(browser, "/cart", query)
        for route in Shop.routes where route.method == .get && !Self.isNoPage(route.pattern) && pages[route.pattern] == nil {
            for (name, target) in Self.targets(route.pattern, order: "\(paid.id)", key: "\(key)") {
                pages[name] = try await page(browser, target, query, anyStatus: true)
            }
        }
        pages["no page"] = try await page(browser, "/nothing", query, anyStatus: true)
        return pages
    }

    private static func isNoPage(_ pattern: String) -> Bool {
        ["/static/", "/pictures/", "/texts/", "/taler/contract", "/taler/refund", "/health", "/download/"].contains {
            pattern.hasPrefix($0)
        }
            || pattern.hasSuffix("/state")
    }

    private static func targets(_ pattern: String, order: String, key: String) -> [(String, String)] {
        switch pattern {
        case "/product/:id": ["essay", "gift", "mug"].map { ("/product/\($0)", "/product/\($0)") }
        case "/taler/execute": [(pattern, "/taler/execute?order=\(order)")]
        default:
            [
                (
                    pattern,
                    pattern.replacing(":order", with: order).replacing(":position", with: "0")
                        + (pattern.contains(":") ? "?key=\(key)" : "")
                )
            ]
        }
    }

    private func page(_ browser: Browser, _ target: String, _ query: String, anyStatus: Bool = false) async throws -> StrictHTML {
        let joined = query.isEmpty ? target : target + (target.contains("?") ? "&" : "?") + query
        let response = try await browser.get(joined)
        if !anyStatus { #expect(response.status == 200) }
        if response.status >= 300, response.status < 400 { return try StrictHTML("<!doctype html>") }
        do { return try StrictHTML(response.text) } catch {
            Issue.record("\(target): \(error)")
            throw error
        }
    }

    private func order(_ browser: Browser) async throws -> Order {
        let response = try await browser.submitRaw("/checkout", try await browser.checkout())
        let id = try #require(OrderID(String(response.fields["Location"]?.dropFirst("/order/".count) ?? "")))
        return try #require(try await browser.bench.store.order(id))
    }

    private func compare(_ pages: [String: StrictHTML], _ expected: [String: StrictHTML], allowsMarkdown: Bool = false) {
        #expect(pages.keys == expected.keys)
        for (name, page) in pages {
            #expect(page.dangers.isEmpty, "\(name): \(page.dangers)")
            if !allowsMarkdown { #expect(page.skeleton == expected[name]?.skeleton, "\(name)") }
        }
    }

    fileprivate func bench(_ text: @escaping (String) -> String, name: String = "Shop") async throws -> ShopBench {
        let bench = try ShopBench(name: name, catalog: Catalog(products: try ShopBench.products(stock: 50, text: text)))
        try await bench.store.setCatalogStock(["mug": 50])
        return bench
    }

    /// The texts as a product's file may have them: one line each for titles, no control characters.
    private func line(_ hostile: HostileText) -> String {
        String(String.UnicodeScalarView(hostile.text.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(3000)))
    }

    @Test(arguments: HostileText.groups) func productTexts(hostile: HostileText) async throws {
        let text = line(hostile)
        let bench = try await bench { _ in text }
        let pages = try await pages(bench, Browser(bench))
        compare(pages, [:].merging(pages) { $1 }, allowsMarkdown: true)
        #expect(pages.count > 8)
    }

    @Test(arguments: HostileText.all) func productTitles(hostile: HostileText) async throws {
        let text = line(hostile)
        func products(_ shown: String) throws -> [Product] {
            try ShopBench.products(stock: 50).map { product in
                let line = Passage(shown, .english)
                let prose = Passage("Prose", .english)
                return Product(
                    id: product.id, number: product.number, author: shown, price: product.price, picture: product.picture,
                    kind: product.kind,
                    text: ProductText(title: line, summary: line, teaser: prose, body: prose), stock: product.stock,
                    taxes: product.taxes.map { Tax(name: shown, millionths: $0.millionths) }, maximumQuantity: product.maximumQuantity)
            }
        }
        let bench = try ShopBench(catalog: Catalog(products: try products(text)))
        try await bench.store.setCatalogStock(["mug": 50])
        let found = try await pages(bench, Browser(bench))
        compare(found, try await Self.plain.value)
        let mug = try #require(found["/product/mug"])
        #expect(mug.text.contains(text.prefix(20)), "and it is shown as it is")
    }

    @Test(arguments: HostileText.groups) func theShopsName(hostile: HostileText) async throws {
        let odd = try await bench({ $0 }, name: hostile.text)
        compare(try await pages(odd, Browser(odd)), try await Self.plain.value)
    }

    @Test(arguments: HostileText.groups) func queries(hostile: HostileText) async throws {
        let bench = try await bench { $0 }
        func query(_ text: String) -> String {
            ["q", "kind", "page", "notice", "product", "problem", "own", "lang", "from", "x"].map { "\($0)=\(text)" }.joined(separator: "&")
        }
        let encoded = hostile.encoded.replacing("%00", with: "")
        compare(
            try await pages(bench, Browser(bench), query: query(encoded)), try await pages(bench, Browser(bench), query: query("zzzz")))
    }

    @Test(arguments: HostileText.groups) func namesInQueries(hostile: HostileText) async throws {
        let bench = try await bench { $0 }
        compare(
            try await pages(bench, Browser(bench), query: "\(hostile.encoded.replacing("%00", with: ""))=1"), try await Self.plain.value)
    }

    @Test(arguments: HostileText.groups) func headersAndCookies(hostile: HostileText) async throws {
        let bench = try await bench { $0 }
        let odd = Browser(bench)
        for name in [
            "Host", "User-Agent", "Referer", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Origin", "Forwarded",
            "X-Request-Id",
        ] {
            odd.fields[name] = hostile.text
        }
        odd.fields["Accept-Language"] = hostile.text
        odd.setCookie("taler_shop_language", hostile.text)
        odd.setCookie("other", hostile.text)
        compare(try await pages(bench, odd), try await Self.plain.value)
    }

    @Test(arguments: HostileText.all) func paths(hostile: HostileText) async throws {
        let bench = try await bench { $0 }
        let browser = Browser(bench)
        func all(_ text: String) -> [String] {
            [
                "/\(text)", "//\(text)", "/\(text)/x", "/product/\(text)", "/order/\(text)", "/fulfillment/\(text)", "/receipt/\(text)",
                "/static/\(text)", "/texts/\(text)",
            ]
        }
        for (odd, plain) in zip(all(hostile.encoded), all("harmless")) where Request(.get, odd) != nil {
            let page = try await page(browser, odd, "", anyStatus: true)
            #expect(page.dangers.isEmpty, "\(odd): \(page.dangers)")
            #expect(page.skeleton == (try await self.page(browser, plain, "", anyStatus: true)).skeleton, "\(odd)")
        }
    }

    @Test(arguments: HostileText.all) func addressesThatAreRefused(hostile: HostileText) async throws {
        let bench = try await bench { $0 }
        let browser = Browser(bench)
        try await browser.add("mug")
        func answer(_ field: AddressForm.Field, _ text: String) async throws -> StrictHTML {
            // The country is missing, so that the page is shown again in any case.
            var changes = field == .country ? ["name": ""] : ["country": ""]
            changes[field.rawValue] = text
            let response = try await browser.submitRaw("/checkout", try await browser.checkout(changes))
            #expect(response.status == 422 || response.status == 400, "400 for NUL")
            return try StrictHTML(response.text)
        }
        for field in AddressForm.Field.allCases {
            let page = try await answer(field, hostile.text)
            #expect(page.dangers.isEmpty)
            let known = [try await answer(field, "Harmless"), try await answer(field, "\u{7}"), try await answer(field, "")]
            let isNone = hostile.text.contains("\0")
            #expect(isNone || known.contains { $0.skeleton == page.skeleton }, "\(field)")
        }
    }

    /// NUL never comes through a form.
    @Test(arguments: HostileText.all.filter { !$0.text.contains("\0") }) func addressesThatAreTaken(hostile: HostileText) async throws {
        let bench = try await bench { $0 }
        func shown(_ text: String) async throws -> [String: StrictHTML] {
            let browser = Browser(bench)
            let delivery = Delivery(name: text, street: text, streetNumber: text, zipCode: text, city: text, state: text, country: "DE")
            try await browser.add("mug")
            let review = try await bench.shop.review(browser.session, bench.shop.texts.words(.english), to: CountryCode("DE"))
            let wish = try #require(review.purchase.wish(session: browser.session, language: .english, address: delivery))
            let order = try await bench.store.order(
                for: wish, at: bench.clock.now(), heldUntil: bench.clock.now().advanced(bySeconds: 3600))
            let open = try await page(browser, "/order/\(order.id)", "", anyStatus: true)
            _ = try await bench.store.settle(try await bench.offer(order), at: bench.clock.now())
            let key = bench.shop.links.fulfillment(order.id).split(separator: "=").last ?? ""
            var pages = ["open": open]
            for path in ["order", "receipt", "fulfillment"] {
                pages[path] = try await page(browser, "/\(path)/\(order.id)?key=\(key)", "", anyStatus: true)
            }
            return pages
        }
        compare(try await shown(hostile.text), try await shown(Self.harmless))
    }

    @Test(arguments: HostileText.all) func quantitiesAndAmounts(hostile: HostileText) async throws {
        let bench = try await bench { $0 }
        let browser = Browser(bench)
        try await browser.add("mug")
        let response = try await browser.submit("/cart/line", ["quantity-mug": hostile.text])
        guard !hostile.text.contains("\0") else { return #expect(response.status == 400) }
        let page = try StrictHTML(response.text)
        #expect(page.elements.first { $0["name"] == "quantity-mug" }?["value"] == hostile.text, "it is kept as it was typed")
        #expect(page.dangers.isEmpty)
        #expect(page.skeleton == (try StrictHTML(try await browser.submit("/cart/line", ["quantity-mug": "x"]).text)).skeleton)
        let typed = try await browser.submit("/cart", ["product": "gift", "choice": "own", "own": hostile.text])
        let location = try #require(typed.fields["Location"])
        let back = try await self.page(browser, location, "", anyStatus: true)
        #expect(back.dangers.isEmpty)
        let plain = try await browser.submit("/cart", ["product": "gift", "choice": "own", "own": "x"])
        #expect(back.skeleton == (try await self.page(browser, try #require(plain.fields["Location"]), "")).skeleton)
    }
}
