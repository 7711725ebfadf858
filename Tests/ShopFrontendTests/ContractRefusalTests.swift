// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing

/// Why there is no contract, in codes for programs and words for people.
struct ContractRefusalTests {
    private let bench: ShopBench

    init() throws { bench = try ShopBench(catalog: try SampleCatalog.make()) }

    @Test func goodsAreBoughtAtTheCheckout() async throws {
        let answer = try await bench.visitor().get("/taler/contract?product=cup")
        #expect(answer.status == 400)
        #expect(try answer.object["detail"] == "product")
        #expect(answer.text.contains("checkout"))
        #expect(try await bench.store.stock("cup") == nil, "nothing was reserved")
    }

    @Test func whatIsSoldOutSaysHowManyAreLeft() async throws {
        _ = try await bench.visitor().offer("product=zine&quantity=2")
        let answer = try await bench.visitor().get("/taler/contract?product=zine&quantity=2")
        #expect(answer.status == 410)
        #expect(answer.code == 2670)
        #expect(try answer.object["available"] == .integer(1))
        #expect(try answer.object["product"] == "zine")
        #expect(try answer.object["hint"] == "There is only 1 of this left.")
        #expect(try await bench.stock("zine").held == 2)
    }

    @Test func oneBrowserDoesNotHoldEverythingAndIsFreedByTime() async throws {
        try await bench.store.setCatalogStock(["zine": 60])
        let visitor = bench.visitor()
        for quantity in 1...ShopStore.maximumHolds {
            // An essay or file that is being paid counts for the next click; here nobody pays.
            _ = try await visitor.offer("product=zine&quantity=\(quantity)")
        }
        let answer = try await visitor.get("/taler/contract?product=zine&quantity=9")
        #expect(answer.status == 429)
        #expect(answer.code == 44)
        bench.clock.advance(bySeconds: 3600)
        _ = try await visitor.offer("product=zine&quantity=9")
        #expect(try await bench.stock("zine").held == 9)
    }

    /// As a browser says where a request comes from; `fields` are pairs.
    private func click(_ method: HTTPMethod = .get, _ fields: [(String, String)]) async throws -> Response {
        var sent = HTTPFields()
        for (name, value) in fields { sent[name] = value }
        return await bench.shop.handler.handle(try #require(Request(method, "/taler/contract?product=zine", fields: sent)))
    }

    @Test(arguments: [
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")], [("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "cors")],
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")], [("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "navigate")],
    ])
    func noOtherSiteMakesOrdersForABrowser(fields: [(String, String)]) async throws {
        let answer = try await click(fields)
        #expect(answer.status == 403)
        #expect(answer.code == 44)
        #expect(answer.fields["Set-Cookie"] == nil)
        #expect(try await bench.store.stock("zine")?.held ?? 0 == 0)
        #expect(bench.backend.read { $0.proposals.isEmpty })
    }

    @Test func theShopsOwnPagesAndProgramsMakeOrders() async throws {
        #expect(try await click([("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors")]).status == 200)
        #expect(try await click([]).status == 200)
    }

    @Test func lookingAtTheHeadMakesNoOrder() async throws {
        let answer = try await click(.head, [])
        #expect(answer.status == 405)
        #expect(answer.fields["Allow"] == "GET")
        #expect(try await bench.store.stock("zine")?.held ?? 0 == 0)
        #expect(bench.backend.read { $0.proposals.isEmpty })
    }

    @Test func theRefundOfAReturnedOrderIsThatOfItsMoney() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer("product=zine")
        let order = try await bench.order(offer)
        #expect(try await bench.store.close(order.id, .cancelled, transaction: order.currentTransaction, at: bench.clock.now()))
        let hash = try bench.hash(offer)
        bench.backend.set { $0.states[hash] = .paid }
        await bench.shop.settlement.round()
        let list = try await visitor.get("/taler/refund?order=\(order.id)")
        #expect(list.status == 200)
        #expect(try list.object["refund_amount"] == "KUDOS:1")
        #expect(try await bench.store.order(order.id)?.state == .returned)
    }
}
