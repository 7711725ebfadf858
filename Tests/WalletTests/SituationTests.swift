// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import SandboxExchange
import TalerWire
import Testing
import Wallet
import WalletStore

/// A wallet at an exchange that does wrong when it is told to: when it is over, the money is there.
@Suite struct SituationTests {
    @Test(arguments: [
        (SituationName.down, false), (.down, true), (.failing, true), (.noJSON, false), (.noJSON, true), (.denominationsExpired, false),
        (.denominationsUnknown, false), (.denominationsRevoked, false),
    ])
    func aWithdrawalIsFinishedWhenItIsOver(name: SituationName, isCarriedOut: Bool) async throws {
        let expected = try await World().wallet(with: "7").wallet.balances().map(\.available)
        let situations = Situations { _ in }
        let world = try await World(situations: situations)
        let store = try WalletStore.inMemory()
        var order = SituationOrder(name)
        order.endpoints = [.withdraw]
        order.isCarriedOut = isCarriedOut
        try situations.set(order)
        await #expect(throws: (any Error).self) {
            try await world.wallet(store).withdraw(amount("7"), bank: World.bankURL, exchange: World.known)
        }
        #expect(try await world.wallet(store).balances().allSatisfy(\.available.isZero))
        situations.clear()
        #expect(try await world.wallet(store).resume())
        #expect(try await world.wallet(store).balances().map(\.available) == expected)
        #expect(try await world.received() == amount("7"))
        #expect(try await world.exchange.audit().problems.isEmpty)
    }
}
