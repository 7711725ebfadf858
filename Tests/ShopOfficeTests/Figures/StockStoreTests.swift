// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import TalerWire
import Testing

struct StockStoreTests {
    private let store: ShopStore
    private let now: Timestamp

    init() throws {
        store = try ShopStore.inMemory()
        now = try Timestamp(seconds: 1_800_000_000)
    }

    @Test func everyChangeIsWrittenDown() async throws {
        try await store.setCatalogStock(["p": 10], at: now)
        _ = try await store.changeSupply(of: "p", by: -3, reason: "broken", form: "a", at: now.advanced(bySeconds: 1))
        try await store.setCatalogStock(["p": 12], at: now.advanced(bySeconds: 2))
        try await store.setCatalogStock(["p": 12], at: now.advanced(bySeconds: 3))
        let changes = try await store.stockChanges(of: "p")
        #expect(changes.map(\.difference) == [2, -3, 10])
        #expect(changes.map(\.supply) == [9, 7, 10])
        #expect(changes.map(\.origin) == [.file, .owner, .file])
        #expect(changes.map(\.reason) == ["", "broken", ""])
        #expect(changes.map(\.time) == [2, 1, 0].map { now.advanced(bySeconds: $0) })
        #expect(try await store.stock("p")?.supply == 9)
    }

    @Test func aFormThatIsSentTwiceChangesOnce() async throws {
        try await store.setCatalogStock(["p": 10])
        let outcomes = try await withThrowingTaskGroup(of: StockChange.Outcome.self) { group in
            for _ in 0..<20 {
                group.addTask { try await store.changeSupply(of: "p", by: 5, reason: "r", form: "the-same", at: now) }
            }
            return try await group.reduce(into: [StockChange.Outcome]()) { $0.append($1) }
        }
        #expect(outcomes.count { if case .done = $0 { true } else { false } } == 1)
        #expect(outcomes.count { if case .doneBefore = $0 { true } else { false } } == 19)
        #expect(try await store.stock("p")?.supply == 15)
        #expect(try await store.stockChanges(of: "p").count == 2)
    }

    @Test func theSupplyStaysWithinItsLimits() async throws {
        try await store.setCatalogStock(["p": 10])
        for difference in [-11, Int.min, Int.max, ShopStore.maximumSupply] {
            guard case .outOfRange(let stock) = try await store.changeSupply(of: "p", by: difference, reason: "r", form: nil, at: now)
            else {
                Issue.record("\(difference) was done")
                continue
            }
            #expect(stock.supply == 10)
        }
        #expect(try await store.changeSupply(of: "q", by: 1, reason: "r", form: nil, at: now) == .notLimited)
        _ = try await store.changeSupply(of: "p", by: -10, reason: "r", form: nil, at: now)
        #expect(try await store.stock("p")?.supply == 0)
    }

    @Test func whatTheCatalogDoesNotLimitAnyMoreIsStillListed() async throws {
        try await store.setCatalogStock(["p": 10, "q": 1])
        try await store.setCatalogStock(["q": 1])
        #expect(try await store.stockEntries().map(\.isLimited) == [false, true])
        #expect(try await store.changeSupply(of: "p", by: 1, reason: "r", form: nil, at: now) == .notLimited)
        #expect(try await store.stockEntry("p")?.isLimited == false)
        #expect(try await store.stockEntry("z") == nil)
    }
}
