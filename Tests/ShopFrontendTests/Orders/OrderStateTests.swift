// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing
import WebSession

/// `GET /order/ID/state`.
struct OrderStateTests {
    private let bench: ShopBench
    private let buyer: ShopBench.Visitor

    init() throws {
        bench = try ShopBench()
        buyer = bench.visitor()
    }

    private func state(_ target: String) async throws -> JSONObject { try await Self.state(target, bench) }

    private static func state(_ target: String, _ bench: ShopBench) async throws -> JSONObject {
        let response = try await bench.visitor().get(target)
        #expect(response.status == 200)
        #expect(response.fields["Cache-Control"] == "no-store")
        return try response.object
    }

    /// The address that the order's page gives its script.
    private func address(_ order: Order) async throws -> String {
        try buyer.link(try await buyer.get("/order/\(order.id)"), "/order/\(order.id)/state?key=")
    }

    @Test func anOpenOrderIsOpen() async throws {
        let order = try await buyer.order()
        #expect(try await state(try await address(order)) == ["state": "open"])
        #expect(try await state(try await address(order) + "&known=open") == ["state": "open"])
    }

    @Test func withoutAWaitTheBackendIsAskedAtOnce() async throws {
        let order = try await buyer.order()
        let address = try await address(order)
        _ = try await buyer.offer("order=\(order.id)")
        bench.backend.set { state in state.states = state.states.mapValues { _ in .paid } }
        let answer = try await state(address + "&known=open&timeout_ms=0")
        #expect(answer["state"] == "paid")
        let location = try #require(answer["location"]?.stringValue)
        #expect(location.hasPrefix("/fulfillment/\(order.id)?key="))
        #expect(try await bench.visitor().get(location).status == 200)
    }

    @Test func aPaymentInAnotherTabEndsTheWait() async throws {
        let order = try await buyer.order()
        let address = try await address(order)
        let offer = try await buyer.offer("order=\(order.id)")
        let bench = bench
        async let answer = Self.state(address + "&known=open&timeout_ms=20000", bench)
        try await eventually { bench.shop.settlement.bell.listenerCount == 1 }
        #expect(try await buyer.pay(offer).status == 301)
        #expect(try await answer["state"] == "paid")
    }

    @Test func theEndOfAnOrderEndsTheWait() async throws {
        let order = try await buyer.order()
        let page = try await buyer.get("/order/\(order.id)")
        let address = try await address(order)
        let bench = bench
        async let answer = Self.state(address + "&known=open&timeout_ms=20000", bench)
        try await eventually { bench.shop.settlement.bell.listenerCount == 1 }
        _ = try await buyer.submit(page, "/order/\(order.id)/cancel")
        #expect(try await answer == ["state": "closed"])
    }

    @Test func soManyWaitForOneOrderAndTheNextIsAnsweredAtOnce() async throws {
        let order = try await buyer.order()
        let page = try await buyer.get("/order/\(order.id)")
        let address = try await address(order)
        let bench = bench
        let bell = bench.shop.settlement.bell
        try await withThrowingTaskGroup(of: JSONObject.self) { group in
            for _ in 0..<8 { group.addTask { try await Self.state(address + "&known=open&timeout_ms=20000", bench) } }
            try await eventually { bell.listenerCount == 8 }
            #expect(try await state(address + "&known=open&timeout_ms=20000") == ["state": "open"])
            #expect(bell.listenerCount == 8, "it did not wait for the others to end")
            _ = try await buyer.submit(page, "/order/\(order.id)/cancel")
            for try await answer in group { #expect(answer == ["state": "closed"]) }
        }
    }

    @Test func whatIsNotKnownToThePageIsToldAtOnce() async throws {
        let (order, _) = try await buyer.buy([.essay()], delivery: nil)
        let key = bench.signer.signature(of: order.id.text, for: .init("fulfillment"))
        #expect(try await state("/order/\(order.id)/state?key=\(key)&known=open&timeout_ms=20000")["state"] == "paid")
    }

    @Test func anOrderThatRanOutIsClosedByTheQuestion() async throws {
        let order = try await buyer.order()
        let address = try await address(order)
        bench.clock.advance(bySeconds: 7200)
        #expect(try await state(address + "&known=open") == ["state": "closed"])
    }

    @Test func withoutTheBackendTheStateIsWhatIsKnown() async throws {
        let order = try await buyer.order()
        _ = try await buyer.offer("order=\(order.id)")
        let address = try await address(order)
        bench.backend.set { $0.isDown = true }
        #expect(try await state(address + "&known=open") == ["state": "open"])
    }

    @Test func strangersAreToldNothing() async throws {
        let (order, link) = try await buyer.buy([.essay()], delivery: nil)
        let download = try await bench.visitor().buy("product=pocket-zine")
        for query in ["", "?key=", "?key=x", "?\(try #require(download.split(separator: "?").last))"] {
            let response = try await bench.visitor().get("/order/\(order.id)/state\(query)")
            #expect(response.status == 403)
            #expect(response.code == 44)
        }
        #expect(try await buyer.get("/order/\(order.id)/state").status == 200)
        #expect(try await bench.visitor().get("/order/\(order.id)/state?\(try #require(link.split(separator: "?").last))").status == 200)
    }

    @Test(arguments: ["x", "-1", "1e3", "99999999999999999999"]) func aWaitThatIsNoNumberIsRefused(text: String) async throws {
        let order = try await buyer.order()
        #expect(try await buyer.get("/order/\(order.id)/state?known=open&timeout_ms=\(text)").code == 26)
    }
}
