// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing
import Wallet
import WalletStore

/// The process or the network ends at any request of a refresh. What follows must lead to the same money as without.
@Suite struct RefreshInterruptionTests {
    @Test(arguments: FaultySender.Cut.allCases)
    func aRefreshThatWasCutAnywhereIsFinishedByTheNext(_ cut: FaultySender.Cut) async throws {
        let (undisturbed, full) = try await RefreshTests.worldWithRest()
        _ = try await undisturbed.wallet(full).refresh()
        let expected = try await undisturbed.available(full)
        var position = 0
        while true {
            let (world, store) = try await RefreshTests.worldWithRest()
            let before = try await world.available(store)
            world.network.cut(after: position, cut)
            _ = try? await world.wallet(store).refresh()
            let wasCut = world.network.heal()
            // Nothing is lost in between: it is free, or under way.
            let balance = try #require(try await world.wallet(store).balances().first)
            let held = try balance.available.adding(balance.refreshing)
            #expect(try !held.isLess(than: expected) && !before.isLess(than: held), "cut at \(position)")
            // The next start: another process with the same files.
            #expect(try await world.wallet(store).refresh().failures.isEmpty, "cut at \(position)")
            #expect(try await world.available(store) == expected, "cut at \(position)")
            #expect(try await world.worthAtTheExchange(store) == expected, "cut at \(position)")
            try await world.expectAgreement(store, "cut at \(position)")
            #expect(try await store.unfinishedRefreshes().isEmpty)
            #expect(try await store.refreshes().filter { $0.state == .done }.count == 1, "cut at \(position)")
            guard wasCut else { break }
            position += 1
        }
        // keys, melt, reveal
        #expect(position == 3)
    }

    @Test(arguments: FaultySender.Cut.allCases)
    func aPaymentWithARestThatWasCutAnywhereLosesNothing(_ cut: FaultySender.Cut) async throws {
        var position = 0
        var expected: Amount?
        while true {
            let world = try await World()
            let (_, store) = try await world.wallet(with: "10.26")
            world.shop.set { $0.maximumFee = amount("1") }
            let wallet = world.wallet(store, refreshesRests: true)
            world.network.cut(after: position, cut)
            let first = try? await wallet.pay(World.shopURL, product: "gift", amount: amount("3.33"))
            let wasCut = world.network.heal()
            let restarted = world.wallet(store, refreshesRests: true)
            if first == nil { _ = try await restarted.pay(World.shopURL, product: "gift", amount: amount("3.33")) }
            _ = try await restarted.refresh()
            #expect(try await store.purchases().filter { $0.state != .unresolved }.count == 1)
            try await world.expectAgreement(store, "cut at \(position)")
            let available = try await world.available(store)
            #expect(available == expected ?? available, "cut at \(position)")
            expected = available
            guard wasCut else { break }
            position += 1
        }
        // contract, pay, fulfillment, keys, melt, reveal
        #expect(position == 6)
    }
}
