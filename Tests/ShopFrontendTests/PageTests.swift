// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import Testing

struct PageTests {
    @Test func everyProductIsOnTheFrontPageAndHasItsOwn() async throws {
        let bench = try ShopBench()
        let index = try await bench.visitor().get("/").text
        let links = index.matches(of: /href="(\/product\/[^"]*)"/).map { String($0.output.1) }
        #expect(links.count >= 8)
        for link in links {
            let page = try await bench.visitor().get(link)
            #expect(page.status == 200)
            #expect(page.text.contains("action=\"/cart\""))
            let picture = try #require(page.text.firstMatch(of: /src="(\/pictures\/[^"]*)"/)?.output.1)
            #expect(try await bench.visitor().get(String(picture)).fields["Content-Type"] == "image/svg+xml")
        }
    }

    @Test func lookingAroundSetsNoCookieButAFormDoes() async throws {
        let visitor = try ShopBench().visitor()
        _ = try await visitor.get("/")
        _ = try await visitor.get("/?q=lamp&kind=donation")
        _ = try await visitor.get("/product/nothing")
        #expect(visitor.cookie == nil)
        _ = try await visitor.get("/product/small-change")
        #expect(visitor.cookie != nil)
    }

    @Test func theWalletIsLoadedOnlyWhenTheOwnerSaysSo() async throws {
        let plain = try await ShopBench().visitor().get("/product/small-change")
        #expect(!plain.text.contains("agent.js"))
        let demo = try await ShopBench(walletOrigin: "http://127.0.0.1:8084/").visitor().get("/product/small-change")
        #expect(
            demo.text.contains("<script type=\"module\" src=\"http://127.0.0.1:8084/inpage/agent.js\" crossorigin></script>"))
        #expect(demo.fields["Content-Security-Policy"]?.contains("script-src 'self' http://127.0.0.1:8084;") == true)
    }

    @Test func pagesHoldNoScriptOfTheirOwn() async throws {
        let bench = try ShopBench()
        let link = try await bench.visitor().buy()
        for target in ["/", "/product/keep-the-lamp-lit", link, "/nothing"] {
            let text = try await bench.visitor().get(target, accept: "text/html").text
            #expect(text.matches(of: /<script(?![^>]* src=)/).isEmpty)
            #expect(text.matches(of: /\son[a-z]+=/).isEmpty)
            #expect(text.matches(of: /\sstyle=/).isEmpty)
        }
    }

    @Test func theShopsNameCannotBreakOut() async throws {
        let name = "\"\u{301} onload=x <script>alert(1)</script>"
        let text = try await ShopBench(name: name).visitor().get("/").text
        #expect(!text.contains("<script>alert"))
        #expect(text.contains("&quot;\u{301} onload"))
    }

    @Test(arguments: [
        "/product/%22%CC%81%3E%3Cscript%3E", "/nothing/%3Cscript%3E", "/static/..%2F..%2Fetc%2Fpasswd", "/static/../Package.swift",
        "/pictures/..%2Fsmall-change.md", "/product/..%2F..%2Ftemplates", "/static/", "/pictures/.%2Fsmall-change.svg",
    ])
    func anUnknownAddressIsAPlainPage(target: String) async throws {
        let response = try await ShopBench().visitor().get(target, accept: "text/html")
        #expect(response.status == 404)
        #expect(response.fields["Content-Type"] == "text/html; charset=utf-8")
        #expect(response.text.contains("There is nothing here"))
        #expect(!response.text.contains("<script>"))
    }

    @Test func programsGetErrorsAsJSON() async throws {
        let visitor = try ShopBench().visitor()
        #expect(try await visitor.get("/nothing").code == 21)
        #expect(try await visitor.get("/taler/contract?product=x", accept: "text/html").code == 2006)
    }

    @Test func aWrongMethodIs405WithAllow() async throws {
        let response = try await ShopBench().visitor().send(.post, "/", accept: "text/html")
        #expect(response.status == 405)
        #expect(response.fields["Allow"] == "GET, HEAD")
    }

    @Test func aShopUnderAPathKeepsItInEveryLink() async throws {
        let bench = try ShopBench(publicURL: "https://example.com/books/")
        let text = try await bench.visitor().get("/").text
        #expect(text.contains("href=\"/books/product/small-change\""))
        #expect(text.contains("href=\"/books/static/shop.css\""))
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        #expect(offer["pay_url"]?.stringValue?.hasPrefix("/books/taler/pay?order=") == true)
    }
}
