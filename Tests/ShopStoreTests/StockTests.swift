// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import TalerWire
import Testing

struct StockTests {
    private let bench: StoreBench
    private var store: ShopStore { bench.store }

    init() throws { bench = try StoreBench() }

    private func stock(_ product: String) async throws -> Stock { try #require(try await store.stock(product)) }

    @Test func whatIsOrderedIsHeldUntilItIsSoldOrClosed() async throws {
        try await store.setCatalogStock(["cup": 5])
        let first = try await bench.placeAndOffer([("cup", 2)], 1)
        let second = try await bench.placeAndOffer([("cup", 3)], 2)
        #expect(try await stock("cup").held == 5)
        #expect(try await stock("cup").available == 0)
        _ = try await store.settle(first.contractHash, at: bench.now)
        #expect(try await stock("cup").held == 3)
        #expect(try await stock("cup").sold == 2)
        #expect(try await store.close(second.order, .expired, transaction: 2, at: bench.now))
        #expect(try await stock("cup").held == 0)
        #expect(try await stock("cup").available == 3)
        #expect(try await !store.close(second.order, .expired, transaction: 2, at: bench.now), "what is closed frees nothing twice")
        #expect(try await stock("cup").available == 3)
    }

    @Test func anOrderReservesAllOrNothing() async throws {
        try await store.setCatalogStock(["cup": 5, "pot": 1, "lid": 9])
        await #expect(throws: ShopStoreError.soldOut(product: "pot", available: 1)) {
            try await bench.place([("cup", 2), ("pot", 2), ("lid", 1)])
        }
        for product in ["cup", "pot", "lid"] { #expect(try await stock(product).held == 0) }
        #expect(try await store.orders(session: "s", limit: 10).isEmpty)
    }

    @Test func twoLinesOfOneProductCountTogether() async throws {
        try await store.setCatalogStock(["cup": 3])
        await #expect(throws: ShopStoreError.soldOut(product: "cup", available: 1)) { try await bench.place([("cup", 2), ("cup", 2)]) }
        let order = try await bench.place([("cup", 2), ("cup", 1)])
        #expect(try await stock("cup").held == 3)
        #expect(try await store.close(order.id, .cancelled, transaction: nil, at: bench.now))
        #expect(try await stock("cup").held == 0)
    }

    @Test func moneyForAClosedOrderSellsNothing() async throws {
        try await store.setCatalogStock(["cup": 1])
        let late = try await bench.placeAndOffer([("cup", 1)], 1)
        #expect(try await store.close(late.order, .expired, transaction: 1, at: bench.now))
        let other = try await bench.placeAndOffer([("cup", 1)], 2, session: "t")
        let settled = try #require(try await store.settle(late.contractHash, at: bench.now))
        #expect(settled.order.state == .returned)
        #expect(settled.state == .surplus)
        #expect(try await stock("cup").held == 1)
        #expect(try await stock("cup").sold == 0)
        let goesBack = try await store.giveBacks(of: late.order)
        #expect(goesBack.map(\.contractHash) == [late.contractHash])
        #expect(goesBack.first?.reason == .late)
        #expect(goesBack.first?.amount == settled.order.amount)
        _ = try await store.settle(other.contractHash, at: bench.now)
        #expect(try await stock("cup").sold == 1)
    }

    @Test func anOrderIsNotClosedWhileAPaymentMaySettle() async throws {
        let offer = try await bench.placeAndOffer([("cup", 1)], 1)
        #expect(try await store.beginPayment(offer.contractHash) == .granted(isFirst: true))
        #expect(try await store.beginPayment(offer.contractHash) == .granted(isFirst: false))
        #expect(try await !store.close(offer.order, .expired, transaction: 1, at: bench.now))
        try await store.paymentEnded(offer.contractHash)
        #expect(try await !store.close(offer.order, .expired, transaction: nil, at: bench.now), "the backend was asked about no contract")
        #expect(
            try await !store.close(offer.order, .expired, transaction: 9, at: bench.now), "the backend was asked about another contract")
        #expect(try await store.close(offer.order, .expired, transaction: 1, at: bench.now))
        #expect(try await store.beginPayment(offer.contractHash) == .closed)
    }

    @Test func noContractIsMadeForWhatIsClosed() async throws {
        let order = try await bench.place([("cup", 1)])
        #expect(try await store.close(order.id, .cancelled, transaction: nil, at: bench.now))
        await #expect(throws: ShopStoreError.orderClosed) { try await store.attach(try bench.offer(order, 1), replacing: nil) }
    }

    @Test func theOwnersFileAndTheOwnersHandBothCount() async throws {
        try await store.setCatalogStock(["cup": 5])
        _ = try await store.changeSupply(of: "cup", by: -2, reason: "broken", form: nil, at: bench.now)
        _ = try await bench.place([("cup", 3)])
        #expect(try await stock("cup").available == 0)
        try await store.setCatalogStock(["cup": 5])
        #expect(try await stock("cup").available == 0, "the same number again brings nothing")
        try await store.setCatalogStock(["cup": 7])
        #expect(try await stock("cup").available == 2)
        try await store.setCatalogStock(["cup": 1])
        #expect(try await stock("cup").available == 0)
        #expect(try await stock("cup").missing == 3)
        for difference in [Int.max, .min, -1_000_000] {
            let outcome = try await store.changeSupply(of: "cup", by: difference, reason: "", form: nil, at: bench.now)
            guard case .outOfRange = outcome else {
                Issue.record("\(difference): \(outcome)")
                continue
            }
        }
        guard case .notLimited = try await store.changeSupply(of: "pot", by: 1, reason: "", form: nil, at: bench.now) else {
            Issue.record("a product without a number was changed")
            return
        }
    }

    @Test func whatAFileTakesAwayBelowZeroIsOwed() async throws {
        func supply(_ count: Int) async throws -> Int {
            try await store.setCatalogStock(["cup": count])
            return try await stock("cup").supply
        }
        func change(_ difference: Int) async throws {
            guard case .done = try await store.changeSupply(of: "cup", by: difference, reason: "", form: nil, at: bench.now) else {
                Issue.record("not changed by \(difference)")
                return
            }
        }
        _ = try await supply(10)
        try await change(-5)
        #expect(try await supply(0) == 0)
        #expect(try await supply(3) == 0)
        #expect(try await supply(10) == 5, "five were taken away by hand")
        #expect(try await supply(0) == 0)
        try await change(4)
        #expect(try await stock("cup").supply == 4, "what the owner counts is there at once")
        #expect(try await supply(1) == 4)
        #expect(try await supply(10) == 9, "ten, five fewer and four more")
        #expect(try await supply(2) == 1)
        let changes = try await store.stockChanges(of: "cup")
        #expect(changes.reduce(0) { $0 + $1.difference } == 1, "what is written down comes to the supply")
    }

    @Test func anOrderThatWasOnItsWayDoesNotLimitWhatIsNotLimitedAnyMore() async throws {
        try await store.setCatalogStock(["cup": 2])
        try await store.setCatalogStock([:])
        var wish = try StoreBench.wish([("cup", 3)])
        wish.lines = wish.lines.map {
            OrderLine(
                product: $0.product, number: $0.number, title: $0.title, kind: .goods, quantity: $0.quantity, unitPrice: $0.unitPrice,
                amount: $0.amount, stock: 2)
        }
        let order = try await store.order(for: wish, at: bench.now, heldUntil: bench.now.advanced(bySeconds: 60))
        #expect(order.lines.map(\.takesStock) == [false])
        #expect(try await store.stock("cup") == nil)
    }

    @Test func aProductThatIsNotLimitedForAWhileKeepsItsCounts() async throws {
        try await store.setCatalogStock(["cup": 2])
        let counted = try await bench.place([("cup", 1)])
        try await store.setCatalogStock([:])
        #expect(try await store.stock("cup") == nil)
        let free = try await bench.place([("cup", 50)], session: "t")
        #expect(free.lines.map(\.takesStock) == [false])
        try await store.setCatalogStock(["cup": 2])
        #expect(try await stock("cup").held == 1)
        #expect(try await store.close(free.id, .cancelled, transaction: nil, at: bench.now))
        #expect(try await stock("cup").held == 1)
        #expect(try await store.close(counted.id, .cancelled, transaction: nil, at: bench.now))
        #expect(try await stock("cup").held == 0)
    }

    @Test func aProductOfWhichTheStoreHasNotHeardIsLimitedAllTheSame() async throws {
        var wish = try StoreBench.wish([("cup", 2)])
        wish.lines = wish.lines.map {
            OrderLine(
                product: $0.product, number: $0.number, title: $0.title, kind: .goods, quantity: $0.quantity, unitPrice: $0.unitPrice,
                amount: $0.amount, stock: 3)
        }
        _ = try await store.order(for: wish, at: bench.now, heldUntil: bench.now.advanced(bySeconds: 60))
        #expect(try await stock("cup").supply == 3)
        #expect(try await stock("cup").held == 2)
        wish.session = "t"
        let other = wish
        await #expect(throws: ShopStoreError.soldOut(product: "cup", available: 1)) {
            try await store.order(for: other, at: bench.now, heldUntil: bench.now.advanced(bySeconds: 60))
        }
        try await store.setCatalogStock(["cup": 3])
        #expect(try await stock("cup").available == 1)
    }

    @Test func oneBrowserDoesNotHoldEverything() async throws {
        try await store.setCatalogStock(["cup": 100])
        for quantity in 1...ShopStore.maximumHolds { _ = try await bench.place([("cup", quantity)]) }
        await #expect(throws: ShopStoreError.tooManyHolds) { try await bench.place([("cup", 50)]) }
        #expect(try await stock("cup").held == 15)
        _ = try await bench.place([("book", 50)])
        _ = try await bench.place([("cup", 50)], session: "t")
    }
}
