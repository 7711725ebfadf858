// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import Synchronization
import TalerWire
import Testing

/// When the backend is asked, and money that goes back.
struct QuestionTests {
    private let bench: StoreBench
    private var store: ShopStore { bench.store }

    init() throws { bench = try StoreBench() }

    private func after(_ seconds: Int64) -> Timestamp { bench.now.advanced(bySeconds: seconds) }

    @Test func pausesGrowAndEnd() async throws {
        let offer = try await bench.placeAndOffer([("cup", 1)], 1)
        try await store.paymentBegins(offer.contractHash)
        var now: Int64 = 0
        for pause in [15, 30, 60, 120, 240, 300, 300] as [Int64] {
            #expect(try await store.offersToAsk(at: after(now), limit: 9).count == 1)
            try await store.noteAsked(offer.contractHash, isOver: false, at: after(now))
            #expect(try await store.offersToAsk(at: after(now + pause - 1), limit: 9).isEmpty)
            now += pause
        }
        try await store.paymentEnded(offer.contractHash)
        try await store.paymentBegins(offer.contractHash)
        #expect(try await store.offersToAsk(at: after(now), limit: 9).count == 1, "a new attempt begins with short pauses")
    }

    @Test func contractsOfOpenOrdersNeedNoQuestionUntilSomebodyPays() async throws {
        let offer = try await bench.placeAndOffer([("cup", 1)], 1)
        #expect(try await store.offersToAsk(at: after(1), limit: 9).isEmpty)
        #expect(try await store.close(offer.order, .cancelled, transaction: 1, at: after(1)))
        #expect(try await store.offersToAsk(at: after(1), limit: 9).map(\.transactionID) == [1])
        try await store.noteAsked(offer.contractHash, isOver: true, at: after(1))
        #expect(try await store.offersToAsk(at: after(1 << 40), limit: 9).isEmpty)
        try await store.paymentBegins(offer.contractHash)
        #expect(try await store.offersToAsk(at: after(1), limit: 9).map(\.transactionID) == [1])
    }

    @Test func anOrderWhoseContractIsOverIsStillClosed() async throws {
        let offer = try await bench.placeAndOffer([("cup", 1)], 1)
        #expect(try await store.overdueOrders(at: after(3599)).isEmpty)
        #expect(try await store.overdueOrders(at: after(3600)).map(\.id) == [offer.order])
        try await store.noteAsked(offer.contractHash, isOver: true, at: after(3600))
        #expect(try await store.overdueOrders(at: after(3600)).map(\.id) == [offer.order])
        try await store.paymentBegins(offer.contractHash)
        #expect(try await store.overdueOrders(at: after(3600)).isEmpty)
    }

    @Test func anOrderThatGotNoAnswerLetsOthersGoFirst() async throws {
        let first = try await bench.placeAndOffer([("cup", 1)], 1)
        let second = try await bench.placeAndOffer([("pot", 1)], 2)
        try await store.noteAsked(first.contractHash, isOver: false, at: after(3600))
        #expect(try await store.overdueOrders(at: after(3600), limit: 1).map(\.id) == [second.order])
        #expect(try await store.overdueOrders(at: after(3615)).map(\.id) == [first.order, second.order])
    }

    @Test func aContractHoldsItsOrderAsLongAsItMayBePaid() async throws {
        let order = try await bench.place([("cup", 1)])
        _ = try await store.attach(try bench.offer(order, 1, expiry: 5000), replacing: nil)
        #expect(try await store.overdueOrders(at: after(4999)).isEmpty)
        #expect(try await store.overdueOrders(at: after(5000)).count == 1)
    }

    @Test func aClockThatWasWrongDoesNotStopTheShop() async throws {
        let year: Int64 = 31_536_000
        let offer = try await bench.placeAndOffer([("cup", 1)], 1)
        try await store.paymentBegins(offer.contractHash)
        try await store.noteAsked(offer.contractHash, isOver: false, at: after(year))
        #expect(try await store.offersToAsk(at: after(0), limit: 9).count == 1)
        _ = try await store.order(
            for: try StoreBench.wish([("pot", 1)]), at: after(year), heldUntil: after(year + 3600))
        #expect(try await store.overdueOrders(at: after(0)).map(\.lines.first?.product) == ["pot"])
        try await store.paymentEnded(offer.contractHash)
        #expect(try await store.close(offer.order, .expired, transaction: 1, at: after(0)))
        _ = try await store.settle(offer.contractHash, at: after(0))
        try await store.giveBackFailed(offer.contractHash, error: "x", isFinal: false, at: after(year))
        #expect(try await store.giveBacks(dueAt: after(0)).count == 1)
    }

    @Test func moneyThatGoesBackIsAskedForAndWatched() async throws {
        let offer = try await bench.placeAndOffer([("cup", 1)], 1)
        #expect(try await store.close(offer.order, .expired, transaction: 1, at: after(0)))
        _ = try await store.settle(offer.contractHash, at: after(0))
        let hash = offer.contractHash
        #expect(try await store.giveBacks(dueAt: after(0)).map(\.state) == [.wanted])
        try await store.giveBackFailed(hash, error: "not now", isFinal: false, at: after(0))
        #expect(try await store.giveBacks(dueAt: after(14)).isEmpty)
        #expect(try await store.giveBacks(dueAt: after(15)).map(\.error) == ["not now"])
        try await store.gaveBack(hash, isDone: false, at: after(15))
        #expect(try await store.giveBacks(dueAt: after(9999)).isEmpty)
        #expect(try await store.giveBacksToWatch(at: after(29)).isEmpty)
        #expect(try await store.giveBacksToWatch(at: after(30)).map(\.error) == [nil])
        try await store.gaveBack(hash, isDone: true, at: after(30))
        #expect(try await store.giveBacksToWatch(at: after(1 << 40)).isEmpty)
        #expect(try await store.giveBacks(of: offer.order).map(\.state) == [.asked])
    }

    @Test func whatCannotGoBackIsTheOwnersToSee() async throws {
        let offer = try await bench.placeAndOffer([("cup", 1)], 1)
        #expect(try await store.close(offer.order, .expired, transaction: 1, at: after(0)))
        _ = try await store.settle(offer.contractHash, at: after(0))
        let hash = offer.contractHash
        try await store.giveBackFailed(hash, error: "410 / 2169", isFinal: true, at: after(0))
        #expect(try await store.giveBacks(dueAt: after(9999)).isEmpty)
        #expect(try await store.failedGiveBacks().map(\.error) == ["410 / 2169"])
        try await store.giveBackFailed(hash, error: "later", isFinal: false, at: after(0))
        #expect(try await store.failedGiveBacks().map(\.error) == ["410 / 2169"])
        try await store.retryGiveBack(hash, at: after(5))
        #expect(try await store.giveBacks(dueAt: after(5)).count == 1)
        _ = try await store.settle(hash, at: after(6))
        #expect(try await store.giveBacks(of: offer.order).count == 1, "what goes back goes back once")
    }

    @Test func whatAnExchangeRefusesDoesNotGoBack() async throws {
        let offer = try await bench.placeAndOffer([("cup", 2)], 1)
        _ = try await store.settle(offer.contractHash, at: after(0))
        try await store.noteRefund(offer.order, try Amount("KUDOS:1"))
        #expect(try await store.order(offer.order)?.isWhollyRefunded == true)
        // What is asked for, what is refused, and what is left: an older answer that comes later changes nothing.
        for (asked, refused, left) in [("1", "0.4", "0.6"), ("1", "0", "0.6"), ("0.2", "0.2", "0.6"), ("1", "1.1", "0")] {
            try await store.noteRefund(offer.order, try Amount("KUDOS:\(asked)"), refused: try Amount("KUDOS:\(refused)"))
            let order = try #require(try await store.order(offer.order))
            #expect(order.refunded == (try Amount("KUDOS:\(left)")))
            #expect(try order.refunded.adding(order.refundRefused) == Amount("KUDOS:1"))
            #expect(!order.isWhollyRefunded)
        }
        try await store.noteRefund(offer.order, try Amount("KUDOS:1"), refused: try Amount("EUR:0"))
        #expect(try await store.order(offer.order)?.refundRefused == (try Amount("KUDOS:1")))
    }

    @Test func whatHasBegunSinceTheQuestionIsNotEnded() async throws {
        let offer = try await bench.placeAndOffer([("cup", 1)], 1)
        let hash = offer.contractHash
        _ = try await store.beginPayment(hash)
        #expect(try await store.paymentEnded(hash, if: { false }) == false)
        #expect(try await store.offer(hash)?.state == .paying)
        // A payment that begins after the last look at the attempts is noted after the end of the earlier one.
        let store = store
        let begun = Mutex<Task<ShopStore.Permit, any Error>?>(nil)
        let isEnded = try await store.paymentEnded(hash) {
            begun.withLock { $0 = Task { try await store.beginPayment(hash) } }
            return true
        }
        #expect(isEnded)
        #expect(try await begun.withLock { $0 }?.value == .granted(isFirst: true))
        #expect(try await store.offer(hash)?.state == .paying)
    }

    @Test func aPaymentThatHasBegunIsAskedAboutWhateverWasSaidBefore() async throws {
        let offer = try await bench.placeAndOffer([("cup", 1)], 1)
        _ = try await store.beginPayment(offer.contractHash)
        try await store.noteAsked(offer.contractHash, isOver: true, at: after(0))
        #expect(try await store.offersToAsk(at: after(300), limit: 9).map(\.transactionID) == [1])
    }

    @Test func aRefundOnlyGrows() async throws {
        let offer = try await bench.placeAndOffer([("cup", 2)], 1)
        try await store.noteRefund(offer.order, try Amount("KUDOS:0.1"))
        #expect(try await store.order(offer.order)?.refunded.isZero == true, "an order that is not paid has no refund")
        _ = try await store.settle(offer.contractHash, at: after(0))
        for (amount, known) in [("0.25", "0.25"), ("0.1", "0.25"), ("1", "1"), ("0.99", "1")] {
            try await store.noteRefund(offer.order, try Amount("KUDOS:\(amount)"))
            #expect(try await store.order(offer.order)?.refunded == (try Amount("KUDOS:\(known)")))
        }
        try await store.noteRefund(offer.order, try Amount("EUR:5"))
        #expect(try await store.order(offer.order)?.isWhollyRefunded == true)
    }
}
