// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing

/// No order of events makes a buyer pay twice, or hands what was bought to somebody else.
struct PayOnceTests {
    private let bench: ShopBench

    init() throws { bench = try ShopBench() }

    private func hash(_ offer: JSONObject) throws -> ContractHash {
        try ContractHash(base32: try #require(offer["H_contract"]?.stringValue))
    }

    @Test func aLookWhileAPaymentIsOnItsWayDoesNotForgetIt() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        let settlement = bench.shop.settlement
        bench.backend.set {
            $0.answer = .silence
            $0.whilePaying = { await settlement.reconcileAll() }
        }
        #expect(try await visitor.pay(offer).status == 504)
        #expect(try await bench.store.offersUnderWay().count == 1)
        bench.backend.set { state in state.states = state.states.mapValues { _ in .paid } }
        await settlement.reconcileAll()
        #expect(try await visitor.get("/product/small-change").text.contains("You have paid for this."))
    }

    @Test(arguments: [OrderStatus.State.paying, .paid])
    func theBackendIsAskedBeforeAnExpiredContractIsReplaced(state: OrderStatus.State) async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        bench.backend.set { $0.answer = .silence }
        #expect(try await visitor.pay(offer).status == 504)
        // What a shop may be left with that was killed, or restored from a copy.
        try await bench.store.paymentEnded(try hash(offer))
        bench.backend.set { known in known.states = known.states.mapValues { _ in state } }
        bench.clock.advance(bySeconds: 7200)
        let answer = try await visitor.get("/taler/contract?product=small-change")
        #expect(answer.code == 2160)
        #expect((try answer.object["fulfillment_url"] != nil) == (state == .paid))
        #expect(bench.backend.read { $0.proposals.count } == 1)
        #expect(try await bench.store.offersUnderWay().count == (state == .paying ? 1 : 0))
    }

    @Test func withoutTheBackendsWordAnExpiredContractIsNotReplaced() async throws {
        let visitor = bench.visitor()
        _ = try await visitor.offer()
        bench.clock.advance(bySeconds: 7200)
        bench.backend.set { $0.isOrderSilent = true }
        #expect(try await visitor.get("/taler/contract?product=small-change").status == 502)
        #expect(bench.backend.read { $0.proposals.count } == 1)
    }

    @Test func aContractThatTheBackendHasLostIsReplacedAfterItsExpiry() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        bench.clock.advance(bySeconds: 7200)
        bench.backend.set { $0.states = [:] }
        #expect(try await visitor.offer()["H_contract"] != offer["H_contract"])
    }

    @Test func anotherQuantityIsNotSoldWhileAPaymentMaySettle() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        bench.backend.set { $0.answer = .silence }
        #expect(try await visitor.pay(offer).status == 504)
        #expect(try await visitor.offer("product=small-change&quantity=2") == offer)
        bench.backend.set { state in state.states = state.states.mapValues { _ in .refused } }
        #expect(try await visitor.offer("product=small-change&quantity=2") != offer)
    }

    @Test func theNameOfAnOrderIsNoKeyToWhatWasBought() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        #expect(try await visitor.pay(offer).status == 301)
        bench.clock.advance(bySeconds: 7200)
        let order = try #require(offer["pay_url"]?.stringValue?.split(separator: "=").last)
        let stranger = try await bench.visitor().get("/taler/contract?order=\(order)")
        #expect(stranger.status == 403)
        #expect(!stranger.text.contains("key="))
        #expect(try await visitor.get("/taler/contract?order=\(order)").object["fulfillment_url"] != nil)
    }

    @Test(arguments: ["edate", "wire_transfer_deadline"])
    func theBuyerDoesNotDecideWhenTheShopGetsItsMoney(member: String) async throws {
        let visitor = bench.visitor()
        #expect(try await visitor.pay(try await visitor.offer(), changes: [member: "/Date(9000000000)/"]).status == 301)
        #expect(bench.backend.read { $0.permissions.first?[member] } == nil)
    }
}
