// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
@testable import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing

/// How orders end that nobody pays: by the backend's word alone.
struct SettlementTests {
    private let bench: ShopBench
    private var settlement: Settlement { bench.shop.settlement }

    init() throws { bench = try ShopBench(catalog: try SampleCatalog.make()) }

    private func offer(_ query: String = "product=zine") async throws -> JSONObject { try await bench.visitor().offer(query) }

    @Test func theLoopClosesWhatNobodyPaidAndFreesItsStock() async throws {
        let offer = try await offer("product=zine&quantity=2")
        #expect(try await bench.stock("zine").available == 1)
        bench.clock.advance(bySeconds: 3599)
        await settlement.round()
        #expect(try await bench.order(offer).state == .open)
        bench.clock.advance(bySeconds: 1)
        bench.say(.expired)
        await settlement.round()
        let order = try await bench.order(offer)
        #expect(order.state == .closed)
        #expect(order.closed?.reason == .expired)
        #expect(try await bench.stock("zine").available == 3)
        let asked = bench.asked("/order?")
        bench.clock.advance(bySeconds: 86400)
        await settlement.round()
        #expect(bench.asked("/order?") == asked, "what is over is not asked about again")
    }

    @Test func nothingIsClosedWithoutTheBackendsWord() async throws {
        let offer = try await offer()
        bench.clock.advance(bySeconds: 7200)
        bench.backend.set { $0.isDown = true }
        await settlement.round()
        #expect(try await settlement.refresh(try await bench.order(offer)).state == .open)
        bench.backend.set { ($0.isDown, $0.isOrderSilent) = (false, true) }
        bench.clock.advance(bySeconds: 600)
        await settlement.round()
        #expect(try await bench.order(offer).state == .open)
        #expect(try await bench.stock("zine").held == 1)
        bench.backend.set { $0.isOrderSilent = false }
        bench.clock.advance(bySeconds: 600)
        await settlement.round()
        #expect(try await bench.order(offer).state == .closed)
    }

    @Test func anOrderThatNobodyGotAContractForNeedsNoQuestion() async throws {
        bench.backend.set { $0.offerAnswer = Response(status: 409, json: .object(["code": .integer(2509)])) }
        #expect(try await bench.visitor().get("/taler/contract?product=zine").status == 409)
        bench.backend.set { $0.isDown = true }
        bench.clock.advance(bySeconds: 3600)
        await settlement.round()
        #expect(try await bench.stock("zine").held == 0)
        #expect(bench.asked("/order?") == 0)
    }

    @Test func whatIsBeingPaidStaysHeldUntilTheOutcomeIsKnown() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer("product=zine")
        bench.backend.set { $0.answer = .silence }
        #expect(try await visitor.pay(offer).status == 504)
        bench.clock.advance(bySeconds: 86400)
        await settlement.round()
        #expect(try await bench.order(offer).state == .open)
        #expect(try await bench.stock("zine").held == 1)
        bench.say(.paid)
        bench.clock.advance(bySeconds: 3600)
        await settlement.round()
        #expect(try await bench.order(offer).isPaid)
        #expect(try await bench.stock("zine").sold == 1)
    }

    @Test func aRoundEndsWhenTheBackendAnswersNobody() async throws {
        for _ in 0..<8 { _ = try await offer("product=essay") }
        bench.clock.advance(bySeconds: 3600)
        bench.backend.set { $0.isOrderSilent = true }
        await settlement.closeOverdue()
        #expect(bench.asked("/order?") == 2)
        await settlement.closeOverdue()
        #expect(bench.asked("/order?") == 4, "others have their turn")
        bench.backend.set { $0.isOrderSilent = false }
        bench.clock.advance(bySeconds: 15)
        await settlement.closeOverdue()
        #expect(try await bench.store.overdueOrders(at: bench.clock.now().advanced(bySeconds: 600)).isEmpty)
    }

    @Test func aPageThatLooksAtAnOrderWhoseTimeIsOverClosesIt() async throws {
        let offer = try await offer()
        bench.clock.advance(bySeconds: 3600)
        let order = try await settlement.refresh(try await bench.order(offer))
        #expect(order.state == .closed)
        #expect(try await bench.stock("zine").held == 0)
    }

    @Test func aPaymentByAnotherWayReachesThePage() async throws {
        let offer = try await offer()
        #expect(try await settlement.refresh(try await bench.order(offer)).state == .open)
        bench.say(.paid)
        #expect(try await settlement.refresh(try await bench.order(offer), wait: .seconds(20)).isPaid)
        #expect(bench.backend.read { $0.requests.last?.url.hasSuffix("timeout_ms=20000") } == true)
    }

    @Test func pagesDoNotWaitLongForABackendThatHangs() async throws {
        let offer = try await offer()
        bench.backend.set { $0.isOrderSilent = true }
        _ = try await settlement.refresh(try await bench.order(offer))
        _ = try await settlement.cancel(try await bench.order(offer))
        _ = try await settlement.refunds(of: try bench.hash(offer), order: try await bench.order(offer))
        let waits = bench.backend.read { $0.requests.dropFirst().map(\.timeout) }
        #expect(waits.count == 3)
        #expect(waits.allSatisfy { $0 <= .seconds(5) })
    }

    @Test func aBuyerMayGiveUpAnOrder() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer("product=zine")
        guard case .cancelled(let order) = try await settlement.cancel(try await bench.order(offer)) else { return #expect(Bool(false)) }
        #expect(order.closed?.reason == .cancelled)
        #expect(try await bench.stock("zine").held == 0)
        guard case .notOpen = try await settlement.cancel(order) else { return #expect(Bool(false)) }
        let refusal = try await visitor.pay(offer)
        #expect(refusal.status == 410)
        #expect(refusal.code == 2161)
        #expect(try refusal.object["order_url"]?.stringValue == "http://shop.example:8080/order/\(order.id)")
        #expect(bench.backend.read { $0.permissions.isEmpty })
    }

    @Test(arguments: [OrderStatus.State.paid, .wired, .refunded])
    func whatIsPaidIsNotGivenUp(state: OrderStatus.State) async throws {
        let offer = try await offer()
        bench.say(state)
        guard case .notOpen(let order) = try await settlement.cancel(try await bench.order(offer)) else { return #expect(Bool(false)) }
        #expect(order.isPaid)
    }

    @Test(arguments: [OrderStatus.State.paying, .partiallyPaid])
    func whatIsBeingPaidIsNotGivenUp(state: OrderStatus.State) async throws {
        let offer = try await offer()
        bench.say(state)
        guard case .underWay(let order) = try await settlement.cancel(try await bench.order(offer)) else { return #expect(Bool(false)) }
        #expect(order.state == .open)
        #expect(try await bench.store.offersUnderWay().count == 1)
    }

    @Test func withoutAnAnswerNothingIsGivenUp() async throws {
        let offer = try await offer()
        bench.backend.set { $0.isOrderSilent = true }
        guard case .noAnswer = try await settlement.cancel(try await bench.order(offer)) else { return #expect(Bool(false)) }
        #expect(try await bench.order(offer).state == .open)
    }

    @Test func aPaymentThatBeginsWhileAnOrderIsGivenUpGoesFirst() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer("product=zine")
        let paid = Flag()
        let bench = bench
        bench.backend.set {
            $0.whileAnswering = {
                guard await paid.isFirst() else { return }
                #expect((try? await bench.visitor().pay(offer).status) == 301)
            }
        }
        let outcome = try await settlement.cancel(try await bench.order(offer))
        if case .cancelled = outcome { #expect(Bool(false)) }
        #expect(try await bench.order(offer).isPaid)
        #expect(try await bench.stock("zine").sold == 1)
        #expect(try await bench.store.giveBacks(of: try await bench.order(offer).id).isEmpty)
    }

    @Test func aLookBetweenThePermissionAndTheBackendClosesNothing() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer("product=zine")
        let (bench, settlement) = (bench, settlement)
        bench.backend.set {
            $0.whilePaying = {
                bench.clock.advance(bySeconds: 7200)
                await settlement.round()
                guard let order = try? await bench.order(offer) else { return }
                guard case .underWay? = try? await settlement.cancel(order) else { return #expect(Bool(false)) }
            }
        }
        #expect(try await visitor.pay(offer).status == 301)
        #expect(try await bench.order(offer).isPaid)
        #expect(try await bench.stock("zine").sold == 1)
    }

    @Test func aContractThatTheBackendHasLostDoesNotHoldAnOrderForEver() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer("product=zine")
        bench.backend.set {
            $0.answer = .refuse(404, ["code": .integer(2005)])
            $0.contracts = [:]
        }
        #expect(try await visitor.pay(offer).code == 2005)
        #expect(try await bench.store.offersUnderWay().isEmpty)
        bench.clock.advance(bySeconds: 3600)
        await settlement.round()
        #expect(try await bench.order(offer).state == .closed)
    }

    @Test func aClockThatJumpsAheadPaysNothingTwice() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer("product=zine")
        bench.clock.advance(bySeconds: 400_000_000)
        await settlement.round()
        #expect(try await bench.order(offer).state == .closed)
        bench.clock.advance(bySeconds: -400_000_000)
        #expect(try await visitor.pay(offer).code == 2161)
        let again = try await visitor.offer("product=zine")
        #expect(try await visitor.pay(again).status == 301)
        #expect(bench.backend.read { $0.permissions.count } == 1)
        #expect(try await bench.stock("zine").sold == 1)
    }

    @Test func anOrderOfTheFutureIsClosedWhenTheClockIsRightAgain() async throws {
        bench.clock.advance(bySeconds: 400_000_000)
        let offer = try await offer()
        bench.clock.advance(bySeconds: -400_000_000)
        await settlement.round()
        #expect(try await bench.order(offer).state == .closed)
    }
}

/// True once.
actor Flag {
    private var wasAsked = false

    func isFirst() -> Bool {
        defer { wasAsked = true }
        return !wasAsked
    }
}
