// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
@testable import ShopStore
import TalerWire
import Testing

struct NetworkHoldTests {
    private let bench: StoreBench
    private var store: ShopStore { bench.store }

    init() throws { bench = try StoreBench() }

    private func place(_ session: String, network: String?, _ product: String = "cup") async throws -> Order {
        var wish = try StoreBench.wish([(product, 1)], session: session)
        wish.network = network
        return try await store.order(for: wish, at: bench.now, heldUntil: bench.now.advanced(bySeconds: 3600))
    }

    private func networks() async throws -> [String?] {
        try await store.writer.read { try (String?).fetchAll($0, sql: "SELECT network FROM orders ORDER BY rowid") }
    }

    @Test func theSessionsOfOneNetworkHoldSoMuchTogether() async throws {
        try await store.setCatalogStock(["cup": 90])
        var orders: [Order] = []
        for number in 0..<ShopStore.maximumHoldsOfNetwork { orders.append(try await place("s\(number)", network: "n")) }
        await #expect(throws: ShopStoreError.tooManyHoldsOfNetwork) { try await place("t", network: "n") }
        #expect(try await store.stock("cup")?.held == ShopStore.maximumHoldsOfNetwork)
        _ = try await place("t", network: "m")
        _ = try await place("u", network: nil)
        _ = try await place("v", network: "n", "essay")
        #expect(try await store.close(try #require(orders.first).id, .cancelled, transaction: nil, at: bench.now))
        _ = try await place("w", network: "n")
        await #expect(throws: ShopStoreError.tooManyHoldsOfNetwork) { try await place("x", network: "n") }
    }

    @Test func theNetworkIsKnownOnlyWhileAnOrderHoldsGoods() async throws {
        try await store.setCatalogStock(["cup": 9])
        let closed = try await place("s", network: "n")
        let paid = try await place("t", network: "n")
        _ = try await place("u", network: "n", "essay")
        #expect(try await networks() == ["n", "n", nil])
        #expect(try await store.close(closed.id, .expired, transaction: nil, at: bench.now))
        let offer = try await store.attach(try bench.offer(paid, 1), replacing: nil)
        _ = try await store.settle(offer.contractHash, at: bench.now)
        #expect(try await store.order(paid.id)?.isPaid == true)
        #expect(try await networks() == [nil, nil, nil])
    }
}
