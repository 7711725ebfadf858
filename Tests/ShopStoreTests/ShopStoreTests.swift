// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import ShopStore
import TalerWire
import Testing

struct ShopStoreTests {
    private let store: ShopStore
    private let now: Timestamp
    private let wish: Wish

    init() throws {
        store = try ShopStore.inMemory()
        now = try Timestamp(seconds: 1_800_000_000)
        wish = try Self.wish("KUDOS:0.5")
    }

    private static func wish(_ amount: String, session: String = "s", product: String = "p") throws -> Wish {
        let amount = try Amount(amount)
        let line = OrderLine(
            product: product, number: 1, title: "P", kind: .article, quantity: 1, unitPrice: amount, amount: amount)
        return Wish(session: session, lines: [line], amount: amount)
    }

    private func place(_ wish: Wish, isSoldOnce: Bool = false, in other: ShopStore? = nil) async throws -> Order {
        try await (other ?? store).order(for: wish, at: now, heldUntil: now.advanced(bySeconds: 3600), isSoldOnce: isSoldOnce)
    }

    private func offer(_ order: OrderID, _ number: UInt8) throws -> Offer {
        Offer(
            transactionID: Int64(number), order: order, contract: "{\"n\":\(number)}", signature: .zero,
            contractHash: try ContractHash([UInt8](repeating: number, count: 64)), expiry: now.advanced(bySeconds: 3600))
    }

    @Test func aWishFindsItsOrderAgainUntilItIsPaid() async throws {
        let order = try await place(wish)
        #expect(try await place(wish) == order)
        let other = try Self.wish("KUDOS:0.6")
        #expect(try await place(other).id != order.id)
        let offer = try offer(order.id, 1)
        _ = try await store.attach(offer, replacing: nil)
        let paid = try await store.settle(offer.contractHash, at: now)
        #expect(paid?.order.paidAt == now)
        #expect(try await place(wish).id != order.id)
        #expect(try await store.paidOrders(session: "s", product: "p").map(\.id) == [order.id])
        #expect(try await store.paidOrders(session: "t", product: "p").isEmpty)
    }

    @Test func onlyOneContractWins() async throws {
        let order = try await place(wish)
        let winners = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 1...20 as ClosedRange<UInt8> {
                let offer = try offer(order.id, number)
                group.addTask { try await store.attach(offer, replacing: nil).transactionID }
            }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(winners.count == 1)
        #expect(try await store.currentOffer(of: order.id)?.transactionID == winners.first)
    }

    @Test func aContractWhosePaymentMaySettleIsNotReplaced() async throws {
        let order = try await place(wish)
        let first = try await store.attach(try offer(order.id, 1), replacing: nil)
        try await store.paymentBegins(first.contractHash)
        let attached = try await store.attach(try offer(order.id, 2), replacing: 1)
        #expect(attached.transactionID == 1)
        #expect(attached.state == .paying)
        #expect(try await store.currentOffer(of: order.id)?.transactionID == 1)
    }

    @Test func whatIsSoldOnceHasNoSecondOrderOnceAPaymentBegan() async throws {
        let order = try await place(wish, isSoldOnce: true)
        let first = try await store.attach(try offer(order.id, 1), replacing: nil)
        var other = try Self.wish("KUDOS:0.6")
        try await store.paymentBegins(first.contractHash)
        #expect(try await place(other, isSoldOnce: true).id == order.id)
        #expect(try await place(other).id != order.id)
        _ = try await store.settle(first.contractHash, at: now)
        #expect(try await place(wish, isSoldOnce: true).id == order.id)
        #expect(try await place(other, isSoldOnce: true).isPaid)
        other.session = "t"
        #expect(try await place(other, isSoldOnce: true).id != order.id)
    }

    @Test func aNumberOrHashOfAnotherContractIsRefused() async throws {
        let order = try await place(wish)
        _ = try await store.attach(try offer(order.id, 1), replacing: nil)
        await #expect(throws: ShopStoreError.contractTaken) { try await store.attach(try offer(order.id, 1), replacing: 1) }
        await #expect(throws: ShopStoreError.unknownOrder) { try await store.attach(try offer(OrderID.random(), 2), replacing: nil) }
    }

    @Test func aSecondContractOfAPaidOrderIsASurplus() async throws {
        let order = try await place(wish)
        let first = try offer(order.id, 1)
        let second = try offer(order.id, 2)
        _ = try await store.attach(first, replacing: nil)
        _ = try await store.attach(second, replacing: 1)
        _ = try await store.settle(first.contractHash, at: now)
        _ = try await store.settle(second.contractHash, at: now.advanced(bySeconds: 9))
        _ = try await store.settle(first.contractHash, at: now.advanced(bySeconds: 99))
        #expect(try await store.offer(first.contractHash)?.state == .paid)
        #expect(try await store.offer(second.contractHash)?.state == .surplus)
        #expect(try await store.order(order.id)?.paidAt == now)
        #expect(try await store.currentOffer(of: order.id)?.transactionID == 1)
    }

    @Test func aPaymentUnderWayIsRemembered() async throws {
        let order = try await place(wish)
        let offer = try offer(order.id, 1)
        _ = try await store.attach(offer, replacing: nil)
        try await store.paymentBegins(offer.contractHash)
        #expect(try await store.offersUnderWay(session: "s", product: "p").map(\.transactionID) == [1])
        #expect(try await store.offersUnderWay(session: "t", product: "p").isEmpty)
        try await store.paymentEnded(offer.contractHash)
        #expect(try await store.offersUnderWay().isEmpty)
        _ = try await store.settle(offer.contractHash, at: now)
        try await store.paymentBegins(offer.contractHash)
        try await store.paymentEnded(offer.contractHash)
        #expect(try await store.offer(offer.contractHash)?.state == .paid, "what is paid stays paid")
    }

    @Test func nobodysContractSettlesNothing() async throws {
        #expect(try await store.settle(.zero, at: now) == nil)
    }

    @Test func transactionNumbersNeverRepeat() async throws {
        var seen: Set<Int64> = []
        for _ in 0..<50 { seen.insert(try await store.nextTransactionID()) }
        try await store.skipTransactionIDs()
        seen.insert(try await store.nextTransactionID())
        #expect(seen.count == 51)
        #expect(seen.allSatisfy { (0..<1 << 53).contains($0) })
        let other = try ShopStore.inMemory()
        #expect(!seen.contains(try await other.nextTransactionID()), "another shop begins elsewhere")
    }

    @Test func everythingIsThereAfterARestart() async throws {
        let path = NSTemporaryDirectory() + "shop-\(UUID().uuidString).sqlite"
        let order: Order
        let offer: Offer
        let number: Int64
        do {
            let store = try ShopStore.open(at: path)
            order = try await place(wish, in: store)
            offer = try await store.attach(try self.offer(order.id, 1), replacing: nil)
            try await store.paymentBegins(offer.contractHash)
            number = try await store.nextTransactionID()
        }
        let store = try ShopStore.open(at: path)
        var expected = offer
        expected.state = .paying
        #expect(try await store.currentOffer(of: order.id) == expected)
        #expect(try await store.nextTransactionID() == number + 1)
    }

    @Test func aFileThatIsNoDatabaseIsRefused() throws {
        let path = NSTemporaryDirectory() + "nonsense-\(UUID().uuidString)"
        try Data(repeating: 65, count: 4096).write(to: URL(fileURLWithPath: path))
        #expect(throws: ShopStoreError.self) { try ShopStore.open(at: path) }
    }
}
