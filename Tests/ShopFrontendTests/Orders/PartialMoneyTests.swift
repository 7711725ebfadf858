// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
@testable import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing

/// Some of the money came, or some of it went back: neither is taken for all or nothing.
struct PartialMoneyTests {
    private let bench: ShopBench
    private let buyer: ShopBench.Visitor
    private var settlement: Settlement { bench.shop.settlement }

    init() throws {
        bench = try ShopBench(catalog: try SampleCatalog.make())
        buyer = bench.visitor()
    }

    private func part(_ amount: String, _ status: RefundList.Part.Status, origin: String = "backend") throws -> RefundList.Part {
        RefundList.Part(
            coinPub: .zero, exchangeURL: "http://exchange/", refundAmount: try Amount(amount), refundTransactionID: 7, status: status,
            origin: origin)
    }

    private func page(_ order: Order) async throws -> String { try await buyer.get("/order/\(order.id)", accept: "text/html").text }

    /// An order whose contract one of two exchanges has taken coins for, and whose time is over.
    private func partlyPaid() async throws -> JSONObject {
        let offer = try await buyer.offer("product=zine&quantity=2")
        bench.backend.set { $0.answer = .silence }
        #expect(try await buyer.pay(offer).status == 504)
        bench.say(.partiallyPaid)
        await settlement.round()
        #expect(try await bench.order(offer).state == .open)
        #expect(try await bench.store.offersUnderWay().count == 1)
        bench.clock.advance(bySeconds: 7200)
        return offer
    }

    @Test func aRefundThatAnExchangeRefusesLeavesWhatWasBoughtOpen() async throws {
        let offer = try await buyer.offer("product=zine")
        let paid = try await buyer.pay(offer)
        let hash = try bench.hash(offer)
        let whole = RefundOrder(contractHash: hash, refund: try Amount("KUDOS:1"))
        bench.backend.set { $0.refundOrders = [whole] }
        let link = try #require(paid.fields["Location"])
        _ = try await buyer.get(link)
        #expect(try await bench.order(offer).isWhollyRefunded)
        bench.backend.set { $0.refundStatus = .failed }
        let page = try await buyer.get(link).text
        #expect(page.contains("The exchange has not given back 1.00 KUDOS."))
        #expect(!page.contains("given back to you"))
        let order = try await bench.order(offer)
        #expect(!order.isWhollyRefunded)
        #expect(order.refunded.isZero && order.refundRefused.description == "KUDOS:1")
        #expect(try await buyer.pay(offer).status == 301, "it is paid, and stays so")
        bench.backend.set { $0.isDown = true }
        #expect(try await buyer.get(link).text.contains("The exchange has not given back 1.00 KUDOS."), "without an answer as well")
    }

    @Test func coinsThatPaidForNothingAreNoPartOfARefund() async throws {
        let offer = try await buyer.offer("product=zine")
        #expect(try await buyer.pay(offer).status == 301)
        let whole = RefundOrder(contractHash: try bench.hash(offer), refund: try Amount("KUDOS:1"))
        let own = try part("KUDOS:1", .failed)
        bench.backend.set { ($0.refundOrders, $0.ownParts) = ([whole], [own]) }
        _ = try await settlement.refunds(of: try bench.hash(offer), order: try await bench.order(offer))
        #expect(try await bench.order(offer).isWhollyRefunded)
    }

    @Test func whatGoesBackByTheBackendIsNotTakenForWhatMustGoBack() async throws {
        let offer = try await buyer.offer("product=zine&quantity=2")
        guard case .cancelled = try await settlement.cancel(try await bench.order(offer)) else { return #expect(Bool(false)) }
        bench.say(.paid)
        let own = [try part("KUDOS:2", .accepted), try part("KUDOS:2", .failed)]
        bench.backend.set { ($0.refundStatus, $0.ownParts) = (.open, own) }
        bench.clock.advance(bySeconds: 15)
        await settlement.round()
        let back = try #require(try await bench.store.giveBacks(of: try await bench.order(offer).id).first)
        #expect(back.state == .asked)
        let later = bench.clock.now().advanced(bySeconds: 3600)
        #expect(try await bench.store.giveBacksToWatch(at: later, limit: 9).count == 1, "the buyer does not have it yet")
        bench.backend.set { $0.refundStatus = .accepted }
        bench.clock.advance(bySeconds: 3600)
        await settlement.round()
        #expect(try await bench.store.giveBacksToWatch(at: later.advanced(bySeconds: 86400), limit: 9).isEmpty)
    }

    @Test func aPartialPaymentThatCannotGoBackDoesNotHoldTheOrderForEver() async throws {
        let offer = try await partlyPaid()
        await settlement.round()
        bench.clock.advance(bySeconds: 60)
        await settlement.round()
        #expect(try await bench.order(offer).state == .closed)
        #expect(try await bench.stock("zine").held == 0)
        let asked = bench.asked("/order?")
        bench.clock.advance(bySeconds: 600)
        await settlement.round()
        #expect(bench.asked("/order?") > asked, "it is still asked about")
        let text = try await page(try await bench.order(offer))
        #expect(text.contains("Only part of it was paid. That part goes back to your wallet."))
        #expect(!text.contains("Nothing was charged."))
        bench.say(.paid)
        bench.clock.advance(bySeconds: 600)
        await settlement.round()
        #expect(try await bench.order(offer).state == .returned, "should it be paid all the same, the money goes back")
    }

    @Test func coinsUnderWayHoldAnOrderThatIsPaidInPart() async throws {
        let offer = try await partlyPaid()
        bench.backend.set { $0.deposits = [.init(exchangeURL: "http://exchange/", state: .open, coins: [], attempts: 1)] }
        await settlement.round()
        bench.clock.advance(bySeconds: 60)
        await settlement.round()
        #expect(try await bench.order(offer).state == .open)
        #expect(try await bench.stock("zine").held == 2)
    }

    @Test func thePageOfAnOrderThatWasPaidInPartTellsTheWalletWhereItsMoneyIs() async throws {
        let offer = try await partlyPaid()
        let parts = [try part("KUDOS:0.7", .accepted), try part("KUDOS:0.2", .failed)]
        bench.say(.expired)
        bench.backend.set { $0.ownParts = parts }
        let order = try await bench.order(offer)
        let text = try await page(order)
        #expect(text.contains("This order has run out"))
        for words in ["Only part of it was paid.", "0.70 KUDOS of 2.00 KUDOS was given back to you.", "has not given back 0.20 KUDOS."] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(!text.contains("Nothing was charged."))
        let response = try await buyer.get("/order/\(order.id)", accept: "text/html")
        let fetch = try buyer.link(response, "/taler/refund?")
        #expect(fetch.hasSuffix("&H_contract=\(try bench.hash(offer))"))
        #expect(try await bench.visitor().get(fetch).status == 200)
    }

    @Test func nobodySaysThatNothingWasChargedWithoutTheBackendsWord() async throws {
        let offer = try await buyer.offer("product=zine")
        guard case .cancelled(let order) = try await settlement.cancel(try await bench.order(offer)) else { return #expect(Bool(false)) }
        #expect(try await page(order).contains("Nothing was charged."))
        bench.backend.set { $0.isDown = true }
        let text = try await page(order)
        #expect(text.contains("It was cancelled on") && !text.contains("Nothing was charged."))
    }

    @Test func noQuestionIsRememberedAfterItsAnswer() async throws {
        let offer = try await buyer.offer("product=zine")
        let known = try #require(try await bench.store.offer(try bench.hash(offer)))
        for state in [OrderStatus.State.offered, .paying, .partiallyPaid, .refused, .expired, .paid] {
            bench.say(state)
            _ = try await settlement.ask(known)
        }
        bench.backend.set { $0.isDown = true }
        _ = try await settlement.ask(known)
        #expect(settlement.attempts.questionCount == 0)
    }
}
