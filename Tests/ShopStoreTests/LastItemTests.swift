// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import TalerWire
import Testing

/// Two buyers, one thing: in a real file, from tasks that run at the same time.
struct LastItemTests {
    private enum Outcome: Equatable { case won, soldOut }

    @Test func ofTwoBuyersOfTheLastItemOneWinsEachTime() async throws {
        let bench = try StoreBench(try ShopStore.open(at: StoreBench.newPath()))
        let races = 50
        var wonOnce = 0
        for race in 1...races {
            // One more than before: the last one.
            try await bench.store.setCatalogStock(["cup": race])
            let outcomes = try await withThrowingTaskGroup(of: Outcome.self) { group in
                for buyer in ["a", "b"] {
                    group.addTask {
                        let offer: Offer
                        do { offer = try await bench.placeAndOffer([("cup", 1)], Int64(2 * race), session: "\(buyer)\(race)") } catch {
                            #expect(error as? ShopStoreError == .soldOut(product: "cup", available: 0))
                            return .soldOut
                        }
                        _ = try await bench.store.beginPayment(offer.contractHash)
                        #expect(try await bench.store.settle(offer.contractHash, at: bench.now)?.state == .paid)
                        return .won
                    }
                }
                return try await group.reduce(into: [Outcome]()) { $0.append($1) }
            }
            if outcomes.count(where: { $0 == .won }) == 1, outcomes.contains(.soldOut) { wonOnce += 1 }
            let stock = try #require(try await bench.store.stock("cup"))
            #expect(stock.supply - stock.held - stock.sold == 0)
            #expect(stock.sold == race)
        }
        #expect(wonOnce == races)
        print("last item races \(races), won once \(wonOnce)")
    }

    @Test func ofManyBuyersAsManyWinAsThereAreThings() async throws {
        let bench = try StoreBench(try ShopStore.open(at: StoreBench.newPath()))
        try await bench.store.setCatalogStock(["cup": 7, "pot": 3])
        let won = await withTaskGroup(of: Int.self) { group in
            for buyer in 0..<30 {
                group.addTask {
                    let lines: [(String, Int)] = buyer % 3 == 0 ? [("pot", 1), ("cup", 1)] : [("cup", 1)]
                    return (try? await bench.place(lines, session: "\(buyer)")) == nil ? 0 : 1
                }
            }
            return await group.reduce(0, +)
        }
        #expect(won == 7)
        let stocks = try await bench.store.stocks(["cup", "pot"])
        #expect(stocks["cup"]?.held == 7)
        let counted = try await bench.counted()
        #expect(stocks["pot"]?.held == counted["pot"]?.held ?? 0)
        #expect((stocks["pot"]?.held ?? 0) <= 3)
    }
}
