// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
@testable import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing

/// Money that an exchange took and the shop cannot keep goes back, all of it, and nobody says otherwise.
struct LateMoneyTests {
    private let bench: ShopBench
    private var settlement: Settlement { bench.shop.settlement }

    init() throws { bench = try ShopBench(catalog: try SampleCatalog.make()) }

    /// An order that was given up, whose contract is paid all the same.
    private func lateMoney(_ visitor: ShopBench.Visitor? = nil) async throws -> JSONObject {
        let offer = try await (visitor ?? bench.visitor()).offer("product=zine&quantity=2")
        guard case .cancelled = try await settlement.cancel(try await bench.order(offer)) else { throw APIError(.genericForbidden) }
        let hash = try bench.hash(offer)
        bench.backend.set { $0.states[hash] = .paid }
        return offer
    }

    private func giveBack(_ offer: JSONObject) async throws -> GiveBack {
        let order = try await bench.order(offer)
        return try #require(try await bench.store.giveBacks(of: order.id).first)
    }

    @Test func moneyForAClosedOrderGoesBackByItself() async throws {
        let offer = try await lateMoney()
        bench.clock.advance(bySeconds: 15)
        await settlement.round()
        #expect(try await bench.order(offer).state == .returned)
        let orders = bench.backend.read { $0.refundOrders }
        #expect(orders.map(\.contractHash) == [try bench.hash(offer)])
        #expect(orders.map(\.refund.description) == ["KUDOS:2"])
        #expect(try await giveBack(offer).state == .asked)
        #expect(try await bench.stock("zine").available == 3)
        bench.clock.advance(bySeconds: 86400)
        await settlement.round()
        #expect(bench.backend.read { $0.refundOrders.count } == 1, "what is given back is not asked for again")
        let list = try await settlement.refunds(of: try bench.hash(offer), order: try await bench.order(offer))
        #expect(list?.givenAmount.description == "KUDOS:2")
    }

    @Test func whoSendsThePaymentAgainIsToldTheTruth() async throws {
        let visitor = bench.visitor()
        let offer = try await lateMoney(visitor)
        let id = try await bench.order(offer).id
        let answer = try await visitor.pay(offer)
        #expect(answer.status == 301, "the money has come")
        #expect(answer.fields["Location"] == "/order/\(id)")
        #expect(try await bench.order(offer).state == .returned)
        let contract = try await visitor.get("/taler/contract?order=\(id)")
        #expect(contract.status == 410)
        #expect(contract.text.contains("The money goes back to you."))
        let programs = try await visitor.pay(offer, accept: "application/json")
        #expect(try programs.object["fulfillment_url"]?.stringValue?.hasSuffix("/order/\(id)") == true)
    }

    @Test func aSecondContractOfOneOrderGoesBack() async throws {
        let visitor = bench.visitor()
        let first = try await visitor.offer("product=zine")
        let order = try await bench.order(first)
        let hash = try ContractHash([UInt8](repeating: 9, count: 64))
        let second = Offer(
            transactionID: 5, order: order.id, contract: "{}", signature: .zero, contractHash: hash,
            expiry: bench.clock.now().advanced(bySeconds: 60))
        _ = try await bench.store.attach(second, replacing: order.currentTransaction)
        bench.backend.set { state in
            state.contracts[hash] = state.contracts.values.first
            state.states[hash] = .offered
        }
        #expect(try await visitor.pay(first).status == 301)
        bench.say(.paid)
        await settlement.round()
        #expect(try await bench.store.offer(hash)?.state == .surplus)
        #expect(try await bench.order(first).isPaid)
        #expect(bench.backend.read { $0.refundOrders.map(\.contractHash) } == [hash])
        #expect(try await bench.stock("zine").sold == 1)
    }

    @Test func theBackendIsAskedUntilItHasIt() async throws {
        let offer = try await lateMoney()
        bench.clock.advance(bySeconds: 15)
        await settlement.lookAfterPayments()
        bench.backend.set { $0.isDown = true }
        var tries = 0
        for pause in [15, 30, 60, 120, 240] as [Int64] {
            await settlement.giveBack()
            await settlement.giveBack()
            tries += 1
            #expect(try await giveBack(offer).attempts == tries)
            #expect(try await giveBack(offer).state == .wanted)
            #expect(try await giveBack(offer).error != nil)
            bench.clock.advance(bySeconds: pause)
        }
        bench.backend.set { $0.isDown = false }
        await settlement.giveBack()
        #expect(try await giveBack(offer).state == .asked)
        #expect(try await giveBack(offer).error == nil)
    }

    @Test(arguments: [
        (410, 2169, true), (403, 2532, true), (409, 2530, true), (409, 2531, true), (404, 2005, true), (400, 22, true), (400, 30, true),
        (401, 40, false), (403, 44, false), (404, 21, false), (429, 0, false), (500, 53, false), (502, 2010, false), (503, 0, false),
    ])
    func onlyARefusalForGoodIsTheEnd(status: Int, code: Int64, isFinal: Bool) async throws {
        let offer = try await lateMoney()
        let hash = try bench.hash(offer)
        bench.backend.set { $0.refundAnswers[hash] = Response(status: status, json: .object(["code": .integer(code), "hint": "No."])) }
        bench.clock.advance(bySeconds: 15)
        await settlement.round()
        #expect(try await giveBack(offer).state == (isFinal ? .failed : .wanted))
        #expect(try await giveBack(offer).error?.isEmpty == false)
        #expect(try await bench.store.failedGiveBacks().count == (isFinal ? 1 : 0))
        bench.backend.set { $0.refundAnswers = [:] }
        bench.clock.advance(bySeconds: 15)
        if isFinal { try await bench.store.retryGiveBack(hash, at: bench.clock.now()) }
        await settlement.round()
        #expect(try await giveBack(offer).state == .asked)
    }

    @Test func whatAnExchangeWillNotGiveBackIsTheOwnersToSee() async throws {
        let offer = try await lateMoney()
        bench.backend.set { $0.refundStatus = .open }
        bench.clock.advance(bySeconds: 15)
        await settlement.round()
        #expect(try await giveBack(offer).state == .asked)
        bench.backend.set { $0.refundStatus = .failed }
        bench.clock.advance(bySeconds: 15)
        await settlement.round()
        #expect(try await giveBack(offer).state == .failed)
        #expect(try await giveBack(offer).error?.contains("KUDOS:2") == true)
    }

    @Test func aBackendThatForgotARefundIsAskedAgain() async throws {
        let offer = try await lateMoney()
        bench.backend.set { $0.refundStatus = .open }
        bench.clock.advance(bySeconds: 15)
        await settlement.round()
        bench.backend.set { ($0.refundOrders, $0.refundStatus) = ([], .accepted) }
        bench.clock.advance(bySeconds: 15)
        await settlement.round()
        #expect(bench.backend.read { $0.refundOrders.count } == 1)
        #expect(try await giveBack(offer).state == .asked)
    }

    @Test func oneThatHangsDoesNotHoldUpOthers() async throws {
        let slow = try await lateMoney()
        let hash = try bench.hash(slow)
        bench.backend.set { $0.refundAnswers[hash] = Response(status: 0) }
        let others = [try await lateMoney(), try await lateMoney()]
        bench.clock.advance(bySeconds: 15)
        await settlement.round()
        #expect(try await giveBack(slow).state == .wanted)
        for other in others { #expect(try await giveBack(other).state == .asked) }
    }

    @Test func theOwnersRefundIsNotedWhenSomebodyAsks() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer("product=zine")
        #expect(try await visitor.pay(offer).status == 301)
        let hash = try bench.hash(offer)
        let some = RefundOrder(contractHash: hash, refund: try Amount("KUDOS:0.4"))
        bench.backend.set { $0.refundOrders = [some] }
        let id = try await bench.order(offer).id
        #expect(try await visitor.get("/taler/refund?order=\(id)").status == 200)
        #expect(try await bench.order(offer).refunded.description == "KUDOS:0.4")
        let all = RefundOrder(contractHash: hash, refund: try Amount("KUDOS:1"))
        bench.backend.set { $0.refundOrders = [all] }
        _ = try await settlement.refunds(of: hash, order: try await bench.order(offer))
        #expect(try await bench.order(offer).isWhollyRefunded)
    }
}
