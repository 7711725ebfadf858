// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import Synchronization
import TalerWire
import Testing
import TestSupport
import Wallet
import WalletStore

@Suite struct LoadTests {
    private final class Log: Sendable {
        private let entries = Mutex<[LoadProgress]>([])
        func add(_ progress: LoadProgress) { entries.withLock { $0.append(progress) } }
        var all: [LoadProgress] { entries.withLock { $0 } }
    }

    private func run(_ world: World, _ change: (inout LoadPlan) -> Void = { _ in }, _ log: Log = Log()) async throws -> LoadTotals {
        var plan = LoadPlan(shop: World.shopURL, buyers: 4, purchases: 3, bank: World.bankURL, exchange: World.known)
        change(&plan)
        return try await LoadRun(
            plan, sender: world.network, clock: world.clock, patience: .init(attempts: 3, longPoll: .zero, pause: { _ in }),
            openStore: { _ in try WalletStore.inMemory() }, report: { log.add($0) }
        ).run()
    }

    @Test func everyBuyerBuysWithAWalletOfItsOwn() async throws {
        let world = try await World()
        let log = Log()
        let totals = try await run(world, { _ in }, log)
        #expect(totals.purchases == 12)
        #expect(totals.failures.isEmpty, "\(totals.failures)")
        #expect(totals.products == ["essay"])
        #expect(totals.pages == 200)
        #expect(world.shop.permissions.count == 12)
        let coins = world.shop.permissions.flatMap(\.coins)
        #expect(Set(coins.map(\.coinSignature)).count == coins.count)
        #expect(totals.purchasesPerSecond > 0 && totals.pagesPerSecond > 0)
        for phase in LoadPhase.allCases {
            let entries = log.all.filter { $0.phase == phase }
            #expect(entries.first?.done == 0)
            #expect(entries.map(\.done).max() == entries.first?.total)
            #expect(entries.allSatisfy { $0.failed == 0 })
        }
    }

    @Test func refusalsAreCountedByTheirKind() async throws {
        let world = try await World()
        world.shop.set { $0.payAnswer = Response(status: 409, json: ["code": 2160, "hint": "Somebody was faster."]) }
        let totals = try await run(world)
        #expect(totals.purchases == 0)
        #expect(totals.purchasesPerSecond == 0)
        #expect(totals.failures == ["purchases: Somebody was faster (status 409, code 2160)": 12])
    }

    @Test func whoHasTooLittleWithdrawsAgain() async throws {
        let world = try await World()
        let totals = try await run(world) { plan in
            plan.withdrawal = amount("1.5")
            plan.buyers = 2
        }
        #expect(totals.purchases == 6)
        #expect(totals.failures.isEmpty, "\(totals.failures)")
    }

    @Test func theRunEndsWithTheCauseWhenNobodyGetsMoney() async throws {
        let world = try await World()
        let log = Log()
        await #expect(throws: WalletError.unknownParty("bank")) { _ = try await run(world, { $0.bank = nil }, log) }
        #expect(!log.all.isEmpty && log.all.allSatisfy { $0.phase == .withdrawals })
        #expect(log.all.map(\.failed).max() == 4)
        #expect(!world.network.delivered.contains { $0.url.contains("/product/") })
        await #expect(throws: WalletError.self) { _ = try await run(world) { $0.withdrawal = amount("1000") } }
    }

    @Test(arguments: [(0, 1), (257, 1), (1, 0), (1, 10_001)])
    func whatIsTooMuchIsRefused(_ buyers: Int, _ purchases: Int) async throws {
        let world = try await World()
        await #expect(throws: WalletError.self) {
            _ = try await run(world) { plan in
                plan.buyers = buyers
                plan.purchases = purchases
            }
        }
        #expect(world.network.delivered.isEmpty)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080/", true), ("http://127.9.9.9/x", true), ("http://[::1]:80/", true), ("https://localhost/", true),
        ("http://127.0.0.1.example/", false), ("http://example/127.0.0.1", false), ("http://localhost.example/", false),
        ("http://[::2]/", false), ("http://10.0.0.1/", false), ("http://127.1/", false), ("http://a@127.0.0.1/", false),
        ("ftp://127.0.0.1/", false),
    ])
    func onlyThisMachineIsAsked(_ url: String, _ isAllowed: Bool) async throws {
        #expect(LoopbackSender.isLoopback(url) == isAllowed)
        let world = try await World()
        let sender = LoopbackSender(world.network)
        _ = try? await sender.send(OutgoingRequest(.get, url))
        if !isAllowed { #expect(world.network.delivered.isEmpty) }
    }
}
