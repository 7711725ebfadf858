// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import SandboxExchange
import TalerWire
import Testing
import TestSupport
import Wallet
import WalletStore

/// An exchange whose keys change while a wallet has coins of before.
@Suite struct KeyRolloverTests {
    @Test func coinsOfTwoGenerationsPayTogether() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "2")
        let exchange = try #require(try await store.exchange(at: World.exchangeURL))
        let old = Set(try await store.coins(of: exchange).map(\.denomination.hash))
        let day: Int64 = 86_400
        world.clock.advance(bySeconds: 310 * day)
        let setup = try ExchangeSetup(store: world.exchangeStore, account: WorldKeys.account, keyBits: 1024)
        #expect(try await setup.extend(with: WorldKeys.master, at: world.clock.now()).newDenominations == 11)
        try await world.exchange.reloadKeys()
        // The old denominations sign no longer.
        world.clock.advance(bySeconds: 56 * day)
        _ = try await wallet.withdraw(amount("2"), bank: World.bankURL, exchange: World.known)
        let coins = try await store.coins(of: exchange)
        #expect(coins.contains { old.contains($0.denomination.hash) })
        #expect(coins.contains { !old.contains($0.denomination.hash) })
        let available = try #require(try await wallet.balances().first).available
        world.shop.set { $0.maximumFee = amount("1") }
        _ = try await wallet.pay(World.shopURL, product: "gift", amount: available)
        #expect(try await store.coins(of: exchange).allSatisfy { $0.state == .spent })
        // What is left of the old ones would be lost two years later, and the wallet does not offer it.
        #expect(try await wallet.balances().first?.available == amount("0"))
    }
}
