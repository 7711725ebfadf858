// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire
import TestSupport
import Testing

/// Reload, back, a second tab, a second device, a double click: never a second payment, always a way to what was bought.
struct PayOnceByPageTests {
    private let bench: ShopBench
    private let buyer: ShopBench.Visitor

    init() throws {
        bench = try ShopBench()
        buyer = bench.visitor()
    }

    /// How many contracts the backend has signed.
    private var contracts: Int { bench.backend.read { $0.proposals.count } }

    @Test func aDoubleClickBringsTheSameOffer() async throws {
        let order = try await buyer.order()
        let bench = bench
        let link = try buyer.link(try await buyer.get("/order/\(order.id)"), "/taler/contract")
        async let first = bench.visitor().get(link)
        async let second = bench.visitor().get(link)
        let (one, other) = (try await first.object, try await second.object)
        #expect(one["H_contract"] == other["H_contract"])
        #expect(try await bench.store.offers(of: order.id).count == 1)
    }

    @Test func twoTabsPayOnce() async throws {
        let order = try await buyer.order()
        let (first, second) = (try await buyer.offer("order=\(order.id)"), try await buyer.offer("order=\(order.id)"))
        #expect(first == second)
        let (one, other) = (try await buyer.pay(first), try await buyer.pay(second))
        #expect(one.fields["Location"] == other.fields["Location"])
        #expect(contracts == 1)
        #expect(try await bench.store.giveBacks(of: order.id).isEmpty)
    }

    @Test func backAfterPayingLeadsForwardAgain() async throws {
        let order = try await buyer.order()
        let before = try await buyer.get("/order/\(order.id)")
        _ = try await buyer.pay(try await buyer.offer("order=\(order.id)"))
        let back = try await buyer.get("/order/\(order.id)")
        #expect(back.status == 303)
        #expect(back.fields["Location"]?.hasPrefix("/fulfillment/\(order.id)?key=") == true)
        // The page as the browser may still have it: its script, its button and its form.
        let state = try await buyer.get(try buyer.link(before, "/order/\(order.id)/state") + "&known=open&timeout_ms=0").object
        #expect(state["state"] == "paid")
        #expect(state["location"]?.stringValue == back.fields["Location"])
        #expect(try await buyer.get("/taler/contract?order=\(order.id)").object["H_contract"] != nil, "the wallet replays it")
        #expect(try await buyer.submit(before, "/order/\(order.id)/cancel").status == 303)
        #expect(try await bench.store.order(order.id)?.isPaid == true)
        #expect(contracts == 1)
    }

    @Test func backLongAfterPayingLeadsForwardAgain() async throws {
        let order = try await buyer.order()
        _ = try await buyer.pay(try await buyer.offer("order=\(order.id)"))
        bench.clock.advance(bySeconds: 30 * 86400)
        #expect(try await buyer.get("/order/\(order.id)").status == 303)
        let contract = try await buyer.get("/taler/contract?order=\(order.id)")
        #expect(contract.status == 409)
        #expect(try contract.object["fulfillment_url"] != nil)
        #expect(contracts == 1)
    }

    @Test func reloadsAskForNoOtherContract() async throws {
        let order = try await buyer.order()
        let offer = try await buyer.offer("order=\(order.id)")
        for _ in 0..<3 { #expect(try await buyer.get("/order/\(order.id)").status == 200) }
        #expect(try await buyer.offer("order=\(order.id)") == offer)
        let location = try #require(try await buyer.pay(offer).fields["Location"])
        for _ in 0..<3 { #expect(try await buyer.get(location).status == 200) }
        #expect(contracts == 1)
    }

    @Test func anotherDevicePaysAndBothGetToThePurchase() async throws {
        let order = try await buyer.order()
        let page = try await buyer.get("/order/\(order.id)")
        let state = try buyer.link(page, "/order/\(order.id)/state")
        let other = bench.visitor()
        let offer = try await other.get(try buyer.link(page, "/taler/contract")).object
        let location = try #require(try await other.pay(offer).fields["Location"])
        #expect(try await other.get(location).status == 200)
        #expect(try await buyer.get(state + "&known=open&timeout_ms=0").object["location"]?.stringValue == location)
        #expect(contracts == 1)
    }

    @Test func anOrderThatHadEndedGivesNoOffer() async throws {
        let order = try await buyer.order()
        let page = try await buyer.get("/order/\(order.id)")
        let offer = try await buyer.offer("order=\(order.id)")
        _ = try await buyer.submit(page, "/order/\(order.id)/cancel")
        let contract = try await buyer.get("/taler/contract?order=\(order.id)")
        #expect(contract.status == 410)
        #expect(contract.code == 2161)
        // A wallet in another tab that has the offer still.
        let late = try await buyer.pay(offer)
        #expect(late.status == 410)
        #expect(bench.backend.read { $0.permissions }.isEmpty)
        #expect(contracts == 1)
    }

    @Test func thePageOffersNoSecondPaymentOfWhatIsPaid() async throws {
        let (order, link) = try await buyer.buy([.essay(), .goods()])
        for target in [link, "/fulfillment/\(order.id)/0", "/fulfillment/\(order.id)/1", "/receipt/\(order.id)"] {
            let page = try await buyer.get(target).text
            #expect(!page.contains("data-taler-pay"))
            #expect(!page.contains("data-contract-url"))
        }
    }
}
