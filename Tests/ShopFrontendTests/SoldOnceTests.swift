// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire
import Testing

/// What nobody needs twice is not sold to one browser by two of its orders.
struct SoldOnceTests {
    private let bench: ShopBench

    init() throws { bench = try ShopBench() }

    /// Two open orders with contracts that the wallet holds.
    private func twoOrders(_ visitor: ShopBench.Visitor, of line: OrderLine) async throws -> [(order: Order, offer: JSONObject)] {
        var made: [(order: Order, offer: JSONObject)] = []
        for lines in [[line], [line, try .goods()]] {
            let order = try await visitor.order(lines)
            made.append((order, try await visitor.offer("order=\(order.id)")))
        }
        return made
    }

    @Test(arguments: [OrderLine.Kind.article, .download])
    func whatIsPaidWithOneOrderIsNotPaidWithAnother(kind: OrderLine.Kind) async throws {
        let visitor = bench.visitor()
        let orders = try await twoOrders(visitor, of: kind == .article ? try .essay() : try .file())
        #expect(try await visitor.pay(orders[0].offer).status == 301)
        let contract = try await visitor.get("/taler/contract?order=\(orders[1].order.id)")
        #expect(contract.status == 409)
        #expect(contract.code == 2160)
        let link = try #require(try contract.object["fulfillment_url"]?.stringValue)
        #expect(link.contains("\(orders[0].order.id)"))
        let payment = try await visitor.pay(orders[1].offer)
        #expect(payment.status == 409)
        #expect(payment.code == 2160)
        #expect(bench.backend.read { $0.permissions.count } == 1, "nothing was forwarded")
        #expect(try await visitor.pay(orders[0].offer).status == 301, "the order that is paid is paid again")
    }

    @Test func whatWasGivenBackWhollyMayBePaidAgain() async throws {
        let visitor = bench.visitor()
        let orders = try await twoOrders(visitor, of: try .essay())
        #expect(try await visitor.pay(orders[0].offer).status == 301)
        try await bench.store.noteRefund(orders[0].order.id, orders[0].order.amount)
        #expect(try await visitor.offer("order=\(orders[1].order.id)") == orders[1].offer)
        #expect(try await visitor.pay(orders[1].offer).status == 301)
    }

    @Test func aPaymentWithoutAnOutcomeStandsInTheWayOfTheOtherOrderAloneUntilItIsRefused() async throws {
        let visitor = bench.visitor()
        let orders = try await twoOrders(visitor, of: try .essay())
        bench.backend.set { $0.answer = .silence }
        #expect(try await visitor.pay(orders[0].offer).status == 504)
        bench.backend.set { $0.answer = .accept }
        let contract = try await visitor.get("/taler/contract?order=\(orders[1].order.id)")
        #expect(contract.code == 2160)
        #expect(try contract.object["fulfillment_url"] == nil)
        #expect(try await visitor.pay(orders[1].offer).code == 2160)
        #expect(try await visitor.offer("order=\(orders[0].order.id)") == orders[0].offer)
        bench.say(.refused)
        #expect(try await visitor.pay(orders[1].offer).status == 301, "the backend says that the first is over")
        #expect(try await visitor.pay(orders[0].offer).code == 2160)
    }

    @Test func aPaymentOfTheOrderItselfMayBeTriedAgain() async throws {
        let visitor = bench.visitor()
        let orders = try await twoOrders(visitor, of: try .essay())
        bench.backend.set { $0.answer = .silence }
        #expect(try await visitor.pay(orders[0].offer).status == 504)
        bench.backend.set { $0.answer = .accept }
        #expect(try await visitor.pay(orders[0].offer).status == 301)
        #expect(try await bench.store.order(orders[0].order.id)?.isPaid == true)
    }

    @Test func whatTheShopHasForgottenOfAnOrdersOwnPaymentIsAskedFor() async throws {
        let visitor = bench.visitor()
        let orders = try await twoOrders(visitor, of: try .essay())
        #expect(try await visitor.pay(orders[0].offer).status == 301)
        let hash = try bench.hash(orders[1].offer)
        bench.backend.set { $0.states[hash] = .paid }
        #expect(try await visitor.offer("order=\(orders[1].order.id)") == orders[1].offer)
        #expect(try await bench.store.order(orders[1].order.id)?.isPaid == true, "money that has come is not denied")
    }

    @Test func donationsGoodsAndOtherBrowsersDoNotStandInTheWay() async throws {
        let visitor = bench.visitor()
        for line in [try OrderLine.donation(), try .goods()] {
            for known in try await twoOrders(visitor, of: line) { #expect(try await visitor.pay(known.offer).status == 301) }
        }
        for visitor in [bench.visitor(), bench.visitor()] {
            let order = try await visitor.order([.essay()])
            #expect(try await visitor.pay(try await visitor.offer("order=\(order.id)")).status == 301)
        }
    }
}
