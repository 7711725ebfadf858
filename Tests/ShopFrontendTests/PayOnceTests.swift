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
        #expect(stranger.code == 2160)
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
