// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import HTTPCore
import MerchantAPI
import TalerCrypto
import TalerWire
import Testing
import TestSupport
import Wallet
import WalletStore

@Suite struct RefreshTests {
    /// A wallet with one coin of which a part was spent; the rest is not refreshed yet.
    static func worldWithRest() async throws -> (world: World, store: WalletStore) {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "10.26")
        world.shop.set { $0.maximumFee = amount("1") }
        _ = try await wallet.pay(World.shopURL, product: "gift", amount: amount("3.33"))
        #expect(try await world.coins(store).contains { $0.remaining != $0.denomination.value && $0.state == .fresh })
        return (world, store)
    }

    @Test func aRestBecomesFreshCoinsThatNobodyKnows() async throws {
        let (world, store) = try await Self.worldWithRest()
        let before = try await world.coins(store)
        let available = try await world.available(store)
        let refreshed = try await world.wallet(store).refresh()
        #expect(refreshed.melted == 1)
        #expect(refreshed.failures.isEmpty)
        let fresh = try await world.coins(store).filter { coin in !before.contains { $0.coinPub == coin.coinPub } }
        #expect(fresh.count == refreshed.coins)
        #expect(try Amount.sum(fresh.map(\.remaining), in: WorldKeys.currency) == refreshed.value.first)
        // The coins are good money: the exchange takes every one of them.
        try await world.expectAgreement(store)
        let after = try await world.available(store)
        _ = try await world.wallet(store).pay(World.shopURL, product: "gift", amount: after)
        #expect(try await world.available(store) == amount("0"))
        // What is gone are fees: the melt's and the fresh coins'.
        let refresh = try #require(try await store.refreshes().first)
        let fees = try Amount.sum(refresh.denominations.map(\.feeWithdraw), in: WorldKeys.currency).adding(refresh.fee)
        #expect(try available.subtracting(after) == fees)
        #expect(refresh.reason == .rest)
        #expect(refresh.state == .done)
        #expect(try await world.wallet(store).history().contains { $0.text.contains("refreshed") })
    }

    @Test func aPaymentRefreshesItsRestAtOnce() async throws {
        let world = try await World()
        let (_, store) = try await world.wallet(with: "10.26")
        world.shop.set { $0.maximumFee = amount("1") }
        let steps = StepLog()
        let wallet = world.wallet(store, steps: steps, refreshesRests: true)
        _ = try await wallet.pay(World.shopURL, product: "gift", amount: amount("3.33"))
        #expect(try await world.coins(store).allSatisfy { $0.state == .spent || $0.remaining == $0.denomination.value })
        #expect(try await store.refreshes().map(\.state) == [.done])
        #expect(steps.all.contains { if case .refreshed = $0 { true } else { false } })
        // No coin is ever in two payments.
        _ = try await wallet.pay(World.shopURL, product: "gift", amount: amount("2.22"))
        let coins = world.shop.permissions.flatMap(\.coins).map(\.coinPub)
        #expect(Set(coins).count == coins.count)
    }

    @Test func aPaymentIsDoneEvenWhenItsRestCannotBeRefreshed() async throws {
        let world = try await World()
        let (_, store) = try await world.wallet(with: "10.26")
        world.shop.set { $0.maximumFee = amount("1") }
        world.network.stub("/melt", Response(status: 500, json: ["code": 51, "hint": "no"]))
        let steps = StepLog()
        let wallet = world.wallet(store, steps: steps, refreshesRests: true)
        #expect(try await wallet.pay(World.shopURL, product: "gift", amount: amount("3.33")).status == 200)
        #expect(steps.all.contains { if case .notRefreshed = $0 { true } else { false } })
        let refreshing = try #require(try await wallet.balances().first).refreshing
        #expect(!refreshing.isZero)
        world.network.heal()
        #expect(try await wallet.refresh().failures.isEmpty)
        #expect(try await wallet.balances().first?.refreshing == amount("0"))
        #expect(try await store.refreshes().map(\.state) == [.done])
        try await world.expectAgreement(store)
    }

    @Test func whatAPaymentHasLeftIsRefreshedWithoutTheRest() async throws {
        let (world, store) = try await Self.worldWithRest()
        world.network.stub("/melt", Response(status: 410, json: ["code": 1009, "hint": "expired"]))
        #expect(try await world.wallet(store).refreshRests().failures.count == 1)
        world.network.stub("/keys", Response(status: 503))
        #expect(try await world.wallet(store).refreshRests().failures.count == 1)
        world.network.heal()
        #expect(try await world.wallet(store).refreshRests().melted == 1)
        let asked = world.network.delivered.count
        #expect(try await world.wallet(store).refreshRests().melted == 0)
        #expect(world.network.delivered.count == asked)
        try await world.expectAgreement(store)
    }

    @Test func nothingThatIsFreshIsRefreshed() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "5")
        #expect(try await wallet.refresh().melted == 0)
        #expect(try await store.refreshes().isEmpty)
    }

    @Test func aRestThatIsTooSmallIsToldAndKept() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "10.26")
        world.shop.set { $0.maximumFee = amount("1") }
        let largest = try #require(try await world.coins(store).map(\.remaining).max { $0.units < $1.units })
        // All but a cent of everything, and no coin is a cent.
        _ = try await wallet.pay(World.shopURL, product: "gift", amount: amount("0.01"))
        let all = try await world.available(store)
        _ = try await wallet.pay(World.shopURL, product: "gift", amount: all.subtracting(amount("0.01")))
        let rest = try #require(try await world.coins(store).first { $0.state == .fresh })
        #expect(rest.remaining == amount("0.01") && rest.denomination.value == largest)
        let refreshed = try await wallet.refresh()
        #expect(refreshed.tooSmall == [amount("0.01")])
        #expect(refreshed.melted == 0 && refreshed.failures.isEmpty)
        #expect(try await world.available(store) == amount("0.01"))
    }

    @Test func coinsThatExpireSoonAreRefreshed() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "2")
        let count = try await world.coins(store).count
        let exchange = try #require(try await store.exchange(at: World.exchangeURL))
        let first = try #require(try await store.coins(of: exchange).first).denomination
        // Other keys have taken over long ago when these coins come near their end.
        try await world.prolong(until: first.expireDeposit)
        let now = try #require(world.clock.now().seconds)
        world.clock.advance(bySeconds: Int64(try #require(first.expireDeposit.seconds) - now) - 86_400)
        let refreshed = try await wallet.refresh()
        #expect(refreshed.melted == count)
        #expect(refreshed.failures.isEmpty)
        #expect(try await store.refreshes().allSatisfy { $0.reason == .expiring && $0.state == .done })
        #expect(
            try await world.coins(store).filter { $0.state == .fresh }.allSatisfy { $0.denomination.expireDeposit > first.expireDeposit })
        try await world.expectAgreement(store)
    }

    @Test func anExchangeThatSignsAnotherMeltIsNotBelieved() async throws {
        let (world, store) = try await Self.worldWithRest()
        let wrong = CoinMeltResponse(noRevealIndex: 1, exchangePub: .random(), exchangeSignature: .random())
        world.network.stub("/melt", Response(json: try JSONValue(encoding: wrong)))
        let refreshed = try await world.wallet(store).refresh()
        #expect(refreshed.failures.count == 1)
        #expect(refreshed.failures.first?.contains("a melt") == true)
        #expect(try await store.unfinishedRefreshes().map(\.state) == [.planned])
        world.network.heal()
        #expect(try await world.wallet(store).refresh().failures.isEmpty)
        try await world.expectAgreement(store)
    }

    @Test func freshCoinsWithoutValidSignaturesAreNotKept() async throws {
        let (world, store) = try await Self.worldWithRest()
        let before = try await world.coins(store).count
        for answer: JSONValue in [
            ["ev_sigs": []], ["ev_sigs": [["ev_sig": ["cipher": "RSA", "blinded_rsa_signature": "AAAA"]]]], ["nothing": 1],
        ] {
            world.network.stub("/reveal", Response(json: answer))
            #expect(try await world.wallet(store).refresh().failures.count == 1)
            #expect(try await world.coins(store).count == before)
        }
        world.network.heal()
        #expect(try await world.wallet(store).refresh().failures.isEmpty)
        #expect(try await world.coins(store).count > before)
        try await world.expectAgreement(store)
    }

    @Test func aCoinThatWasSpentElsewhereIsWorthWhatItsHistoryProves() async throws {
        let (world, store) = try await Self.worldWithRest()
        let coin = try #require(try await world.coins(store).first { $0.state == .fresh && $0.remaining != $0.denomination.value })
        // Somebody with the same key has melted it: a copy of this wallet.
        try await world.meltElsewhere(coin)
        let refreshed = try await world.wallet(store).refresh()
        #expect(refreshed.failures.count == 1)
        let after = try #require(try await world.coins(store).first { $0.coinPub == coin.coinPub })
        #expect(after.remaining == (try await world.worth(coin)))
        #expect(try await store.unfinishedRefreshes().isEmpty)
    }

    @Test func aRefusalOfTheFirstAttemptFreesTheCoin() async throws {
        let (world, store) = try await Self.worldWithRest()
        let available = try await world.available(store)
        world.network.stub("/melt", Response(status: 410, json: ["code": 1009, "hint": "expired"]))
        #expect(try await world.wallet(store).refresh().failures.count == 1)
        #expect(try await world.available(store) == available)
        #expect(try await store.refreshes().map(\.state) == [.refused("expired")])
    }

    @Test func aRefusalAfterAnAttemptInDoubtIsJudgedByTheCoinsHistory() async throws {
        let (world, store) = try await Self.worldWithRest()
        let available = try await world.available(store)
        // The melt does not arrive, but it might have.
        world.network.cut(after: 1, .requestLost)
        #expect(try await world.wallet(store).refresh().failures.count == 1)
        world.network.heal()
        world.network.stub("/melt", Response(status: 410, json: ["code": 1009, "hint": "expired"]))
        _ = try await world.wallet(store).retry()
        #expect(try await store.refreshes().first?.state == .refused("expired"))
        #expect(try await world.available(store) == available)
        world.network.heal()

        // The melt arrives, its answer does not.
        world.network.cut(after: 1, .answerLost)
        #expect(try await world.wallet(store).refresh().failures.count == 1)
        world.network.heal()
        world.network.stub("/melt", Response(status: 410, json: ["code": 1009, "hint": "expired"]))
        _ = try await world.wallet(store).retry()
        #expect(try await store.refreshes().last?.state == .planned)
        world.network.heal()
        #expect(try await world.wallet(store).refresh().failures.isEmpty)
        try await world.expectAgreement(store)
    }
}
