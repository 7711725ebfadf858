// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import TalerWire
import Testing
import Wallet
import WalletStore

/// The process or the network ends at any request of a withdrawal or a payment. What follows must lead to the same money as without.
@Suite struct InterruptionTests {
    @Test(arguments: FaultySender.Cut.allCases)
    func aWithdrawalThatWasCutAnywhereIsFinishedByTheNextStart(_ cut: FaultySender.Cut) async throws {
        let expected = try await World().wallet(with: "7").wallet.balances().map(\.available)
        var position = 0
        while true {
            let world = try await World()
            let store = try WalletStore.inMemory()
            world.network.cut(after: position, cut)
            let first = try? await world.wallet(store).withdraw(amount("7"), bank: World.bankURL, exchange: World.known)
            let wasCut = world.network.heal()
            if first == nil {
                let wallet = world.wallet(store)
                #expect(try await wallet.resume(), "cut at \(position)")
                // Nothing left the bank account: then the owner asks anew.
                if try await world.received() == amount("0") {
                    _ = try await wallet.withdraw(amount("7"), bank: World.bankURL, exchange: World.known)
                }
            }
            #expect(try await world.received() == amount("7"), "cut at \(position)")
            #expect(try await world.wallet(store).balances().map(\.available) == expected, "cut at \(position)")
            #expect(try await store.unfinishedReserves().isEmpty)
            guard wasCut else { break }
            position += 1
        }
        // keys, register, withdraw, reserve, keys, batch-withdraw
        #expect(position == 6)
    }

    @Test(arguments: FaultySender.Cut.allCases)
    func aPaymentThatWasCutAnywhereIsPaidOnce(_ cut: FaultySender.Cut) async throws {
        var position = 0
        while true {
            let world = try await World()
            let (wallet, store) = try await world.wallet(with: "7")
            let before = try #require(try await wallet.balances().first).available
            world.network.cut(after: position, cut)
            let first = try? await wallet.pay(World.shopURL, product: "essay")
            let wasCut = world.network.heal()
            // The next start: a payment that is open is sent again, otherwise this is the first.
            let restarted = world.wallet(store)
            if first == nil {
                let second = try await restarted.pay(World.shopURL, product: "essay")
                #expect(second.isReplay == (position == 1), "cut at \(position)")
            }
            #expect(try await store.purchases().filter { $0.state != .unresolved }.count == 1)
            #expect(Set(world.shop.permissions.map(\.contractHash)).count == 1)
            #expect(Set(world.shop.permissions.flatMap(\.coins).map(\.coinSignature)).count == world.shop.permissions.first?.coins.count)
            #expect(try await restarted.balances().first?.available == before.subtracting(amount("1")), "cut at \(position)")
            #expect(try await restarted.balances().first?.locked == amount("0"))
            guard wasCut else { break }
            position += 1
        }
        // contract, pay, fulfillment
        #expect(position == 3)
    }
}
