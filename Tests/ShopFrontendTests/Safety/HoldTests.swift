// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopCatalog
import ShopStore
import TalerWire
import TestSupport
import Testing

/// Sessions are free: goods are not held by as many as somebody likes.
struct HoldTests {
    private let bench: ShopBench

    init() throws {
        let zine = try SampleCatalog.product("zine", 9, "KUDOS:1", .download(file: "zine.txt"), stock: 90)
        bench = try ShopBench(catalog: Catalog(products: try ShopBench.products(stock: 90) + [zine]))
    }

    /// The click of a browser that nobody has seen before.
    private func click(_ peer: String?, forwarded: String? = nil) async throws -> Response {
        var fields = HTTPFields()
        fields["X-Forwarded-For"] = forwarded
        return await bench.shop.handler.handle(
            try #require(Request(.get, "/taler/contract?product=zine", fields: fields, peer: peer)))
    }

    @Test(arguments: [("203.0.113.5", nil), ("127.0.0.1", "198.51.100.1, 203.0.113.5"), ("2001:db8::5", nil)] as [(String, String?)])
    func theBrowsersOfOneNetworkHoldSoMuchTogether(peer: String, forwarded: String?) async throws {
        for _ in 0..<ShopStore.maximumHoldsOfNetwork { #expect(try await click(peer, forwarded: forwarded).status == 200) }
        let refused = try await click(peer, forwarded: forwarded)
        #expect(refused.status == 429)
        #expect(refused.code == 44)
        #expect(try refused.object["detail"] == "network")
        #expect(refused.text.contains("from your network"))
        #expect(try await bench.stock("zine").held == ShopStore.maximumHoldsOfNetwork)
        #expect(try await click("203.0.113.6").status == 200, "others are not concerned")
    }

    @Test(arguments: ["127.0.0.1", "::1", nil]) func theMachineItselfIsNoNetwork(peer: String?) async throws {
        for _ in 0...ShopStore.maximumHoldsOfNetwork { #expect(try await click(peer).status == 200) }
    }

    @Test func aFieldThatAnybodyCanSetMakesNoOtherNetwork() async throws {
        for number in 0..<ShopStore.maximumHoldsOfNetwork { _ = try await click("203.0.113.5", forwarded: "198.51.100.\(number)") }
        #expect(try await click("203.0.113.5", forwarded: "198.51.100.200").status == 429)
    }

    @Test func whatIsOverCountsNoMore() async throws {
        for _ in 0..<ShopStore.maximumHoldsOfNetwork { _ = try await click("203.0.113.5") }
        bench.clock.advance(bySeconds: 3600)
        await bench.shop.settlement.round()
        #expect(try await click("203.0.113.5").status == 200)
    }

    @Test func theCheckoutSaysSo() async throws {
        for _ in 0..<ShopStore.maximumHoldsOfNetwork { _ = try await click("203.0.113.5") }
        let browser = Browser(bench)
        browser.peer = "203.0.113.5"
        try await browser.add("mug")
        let refused = try await browser.submitRaw("/checkout", try await browser.checkout())
        #expect(refused.status == 409)
        #expect(refused.text.contains("Many orders from your network"))
        #expect(refused.text.contains("Ana Peña"), "what was typed is kept")
        browser.peer = "203.0.113.6"
        #expect(try await browser.submitRaw("/checkout", try await browser.checkout()).status == 303)
    }
}
