// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire
import Testing

@testable import ShopFrontend

/// Forms are taken from the shop's own pages alone.
struct FormGuardTests {
    private let bench: ShopBench
    private let browser: Browser

    init() throws {
        bench = try ShopBench.scratch()
        browser = Browser(bench)
    }

    /// All addresses that take a form.
    static let targets = Shop.routes.filter { $0.method == .post && $0.pattern != "/taler/pay" }.map { route in
        "/"
            + route.pattern.split(separator: "/").map { $0.hasPrefix(":") ? "00000000000000000000000000" : String($0) }.joined(
                separator: "/")
    }

    private func isRefusedForm(_ response: Response) -> Bool { response.status == 403 && response.text.contains("This form is too old") }

    @Test(arguments: targets) func aFormWithoutItsTokenIsRefused(target: String) async throws {
        #expect(isRefusedForm(try await browser.submitRaw(target, [("product", "mug")])))
        #expect(isRefusedForm(try await browser.submitRaw(target, [("form_token", ""), ("product", "mug")])))
        #expect(isRefusedForm(try await browser.submitRaw(target, [("form_token", browser.token + "0"), ("product", "mug")])))
        #expect(isRefusedForm(try await browser.submitRaw(target, [("form_token", Browser(bench).token), ("product", "mug")])))
    }

    @Test(arguments: targets) func aFormWithoutACookieIsRefused(target: String) async throws {
        let body = "form_token=\(browser.token)&product=mug"
        let request = try #require(
            Request(
                .post, target, fields: ["Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"], body: Array(body.utf8))
        )
        #expect(isRefusedForm(await bench.shop.handler.handle(request)))
    }

    @Test(arguments: targets) func aStrangersFormIsNotParsed(target: String) async throws {
        // To parse it would be to find that it is no form.
        let body = Array("product=%".utf8)
        let form: HTTPFields = ["Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"]
        let request = try #require(Request(.post, target, fields: form, body: body))
        #expect(isRefusedForm(await bench.shop.handler.handle(request)))
        let foreign = try await browser.send(
            .post, target, body: "product=%",
            more: [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "cross-site")])
        #expect(isRefusedForm(foreign))
    }

    @Test(arguments: targets) func aFormOfAnotherSiteIsRefused(target: String) async throws {
        let values = [("form_token", browser.token), ("product", "mug")]
        #expect(isRefusedForm(try await browser.submitRaw(target, values, more: [("Sec-Fetch-Site", "cross-site")])))
    }

    @Test(arguments: targets) func whatIsNoFormIsRefused(target: String) async throws {
        let json = try await browser.send(
            .post, target, body: "{\"form_token\":\"\(browser.token)\"}", more: [("Content-Type", "application/json")])
        #expect(json.status == 400)
        let plain = try await browser.send(.post, target, body: "form_token=\(browser.token)", more: [("Content-Type", "text/plain")])
        #expect(plain.status == 400)
        for body in ["form_token=%", "form_token=\(browser.token)&x=%00", "form_token=\(browser.token)&x=%FF"] {
            let cut = try await browser.send(.post, target, body: body, more: [("Content-Type", "application/x-www-form-urlencoded")])
            #expect(cut.status == 400)
        }
    }

    @Test(arguments: targets) func formsAreNotEndless(target: String) async throws {
        let long = try await browser.submit(target, ["x": String(repeating: "a", count: Shop.maximumFormBytes)])
        #expect(long.status == 413)
        let many = [("form_token", browser.token)] + (0..<Shop.maximumFormFields).map { ("x\($0)", "") }
        #expect(try await browser.submitRaw(target, many).status == 400)
    }

    @Test func everyFormOfEveryPageHasTheToken() async throws {
        try await browser.add("mug", quantity: 2)
        try await browser.add("gift")
        var count = 0
        for target in ["/", "/product/essay", "/product/gift", "/product/mug", "/cart", "/checkout"] {
            let page = try await browser.page(target)
            for form in page.elements where form.name == "form" && form["method"] == "post" {
                let inputs = page.elements.filter { $0["name"] == "form_token" && $0.path.contains("form") }
                #expect(inputs.contains { $0["value"] == browser.token }, "\(target)")
                #expect(form["action"]?.hasPrefix("/") == true)
                count += 1
            }
        }
        #expect(count >= 3)
    }
}
