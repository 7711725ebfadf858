// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import TalerCrypto
import TalerWire
import Testing
import TestSupport
import Wallet
import WalletStore

/// Payments whose shop never said what became of them.
@Suite struct ExpiredPaymentTests {
    /// Pays a shop that falls silent.
    /// - Parameter arrives: the coins reach the exchange all the same.
    private func silence(_ world: World, _ store: WalletStore, arrives: Bool) async throws {
        world.network.cut(after: 1, arrives ? .answerLost : .requestLost)
        _ = try? await world.wallet(store).pay(World.shopURL, product: "essay")
        world.network.heal()
        #expect(try await store.unresolvedPurchases().count == 1)
        world.network.stub(World.shopURL, Response(status: 503))
    }

    @Test func nothingIsFreedBeforeTheContractHasExpired() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "7")
        try await silence(world, store, arrives: false)
        let before = try #require(try await wallet.balances().first)
        guard case .failure(.unresolved) = try await wallet.retry().first?.outcome else { throw WalletStoreError.conflict("an outcome") }
        #expect(try await wallet.balances().first == before)
        #expect(!before.locked.isZero)
        #expect(!world.network.delivered.contains { $0.url.contains("/history") && $0.url.contains("/coins/") })
    }

    @Test func coinsThatTheExchangeNeverGotAreFreedAndMelted() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "7")
        try await silence(world, store, arrives: false)
        let purchase = try #require(try await store.unresolvedPurchases().first)
        world.clock.advance(bySeconds: 3601)
        let outcome = try #require(try await wallet.retry().first?.outcome)
        guard case .failure(.givenUp(purchase.contractHash, isPaid: false)) = outcome else { throw WalletStoreError.conflict("\(outcome)") }
        #expect(try await wallet.balances().first?.locked == amount("0"))
        try await world.expectAgreement(store)
        // The permission arrives after all: the exchange can no longer accept it.
        world.network.heal()
        _ = try await wallet.refresh()
        let before = try await world.available(store)
        let late = try await world.deliver(purchase)
        #expect(late.status == 409)
        #expect(try await world.available(store) == before)
        try await world.expectAgreement(store)
    }

    @Test func coinsThatTheExchangeHasCountAsPaid() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "7")
        let available = try await world.available(store)
        try await silence(world, store, arrives: true)
        world.clock.advance(bySeconds: 3601)
        guard case .failure(.givenUp(_, isPaid: true)) = try await wallet.retry().first?.outcome else {
            throw WalletStoreError.conflict("not paid")
        }
        #expect(try await store.purchases().map(\.state) == [.paid(fulfillmentURL: nil)])
        let paid = try #require(try await store.purchases().first).paid
        #expect(try await available.subtracting(world.available(store)).units >= paid.units)
        try await world.expectAgreement(store)
    }

    @Test func whatComesBackOfAPaymentThatWasGivenUpIsFound() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "7")
        try await silence(world, store, arrives: true)
        world.clock.advance(bySeconds: 3601)
        _ = try await wallet.retry()
        world.network.heal()
        let before = try await world.available(store)
        let permission = try #require(world.shop.permissions.first)
        let coin = try #require(permission.coins.max { $0.contribution.amount.units < $1.contribution.amount.units })
        try await world.shop.giveBack(coin.contribution.amount, of: coin.coinPub, for: permission)
        let refunded = try #require(try await wallet.refund().first)
        #expect(refunded.failure == nil)
        #expect(!refunded.credited.isZero)
        #expect(try await world.available(store) == before.adding(refunded.credited))
        try await world.expectAgreement(store)
    }

    @Test func aPermissionThatArrivesJustBeforeTheMeltIsFound() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "7")
        try await silence(world, store, arrives: false)
        let purchase = try #require(try await store.unresolvedPurchases().first)
        world.clock.advance(bySeconds: 3601)
        // The exchange does not melt now, and then the deposit comes.
        world.network.stub("/melt", Response(status: 503))
        _ = try await wallet.retry()
        world.network.heal()
        #expect(try await world.deliver(purchase).status == 301)
        _ = try await wallet.refresh()
        _ = try await wallet.refresh()
        try await world.expectAgreement(store)
        #expect(try await store.purchases().map(\.state) == [.paid(fulfillmentURL: nil)])
    }

    @Test func anExchangeThatDoesNotTellLeavesEverythingAsItIs() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "7")
        try await silence(world, store, arrives: false)
        world.clock.advance(bySeconds: 3601)
        let before = try #require(try await wallet.balances().first)
        let lie: JSONValue = ["h_denom_pub": DenominationHash.random().json, "balance": "KUDOS:0", "history": []]
        for answer in [Response(status: 500), Response(status: 403, json: ["code": 1251]), Response(json: lie), Response(json: [])] {
            world.network.stub("/coins/", answer)
            guard case .failure(.unresolved) = try await wallet.retry().first?.outcome else {
                throw WalletStoreError.conflict("an outcome")
            }
            #expect(try await wallet.balances().first == before)
        }
    }
}
