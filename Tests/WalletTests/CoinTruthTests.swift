// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import MerchantAPI
import SandboxExchange
import TalerCrypto
import TalerWire
import Testing
import TestSupport
@testable import Wallet
import WalletStore

/// What a coin is worth after others have said something of it: what the exchange proves, never less and never twice.
@Suite struct CoinTruthTests {
    private func names(_ coin: StoredCoin, _ status: Int, _ code: ErrorCode) -> Response {
        Response(status: status, json: ["code": .integer(Int64(code.rawValue)), "hint": "No.", "coin_pub": coin.coinPub.json])
    }

    private func used(_ world: World, _ store: WalletStore, value: String) async throws -> StoredCoin {
        try #require(try await world.coins(store).first { $0.denomination.value == amount(value) })
    }

    @Test(arguments: [(400, ErrorCode.merchantPostOrdersIdPayDenominationKeyNotFound), (404, .exchangeGenericDenominationKeyUnknown)])
    func aShopThatDoesNotKnowANewDenominationCostsNoCoin(_ status: Int, _ code: ErrorCode) async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let before = try await wallet.balances()
        let coin = try await used(world, store, value: "1.28")
        world.shop.set { $0.payAnswer = names(coin, status, code) }
        await #expect(throws: WalletError.refused(status: status, code: Int(code.rawValue), hint: "No", coin: coin.coinPub)) {
            _ = try await wallet.pay(World.shopURL, product: "essay")
        }
        #expect(try await wallet.balances() == before)
        // Nor does it when the exchange cannot be asked.
        world.network.stub("/keys", Response(status: 503))
        await #expect(throws: WalletError.self) { _ = try await wallet.pay(World.shopURL, product: "essay") }
        #expect(try await wallet.balances() == before)
        world.network.heal()
        world.shop.set { $0.payAnswer = nil }
        _ = try await wallet.pay(World.shopURL, product: "essay")
        #expect(world.shop.permissions.last?.coins.contains { $0.coinPub == coin.coinPub } == true)
        try await world.expectAgreement(store)
    }

    @Test func aCoinOfADenominationThatTheExchangeDoesNotListIsSetAside() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let coin = try await used(world, store, value: "1.28")
        try await world.exchangeStore.revoke(coin.denomination.hash, at: world.clock.now())
        try await world.exchange.reloadKeys()
        world.shop.set { $0.payAnswer = names(coin, 400, .merchantPostOrdersIdPayDenominationKeyNotFound) }
        _ = try? await wallet.pay(World.shopURL, product: "essay")
        #expect(try await wallet.balances().first?.setAside == coin.remaining)
    }

    @Test func aRefusalForARevokedDenominationSaysThatTheMoneyIsLost() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let before = try await world.available(store)
        let coin = try await used(world, store, value: "1.28")
        world.shop.set { $0.payAnswer = Response(status: 410, json: ["code": 1010, "hint": "Revoked."]) }
        // Whether it is true the exchange's keys say.
        await #expect(throws: WalletError.refused(status: 410, code: 1010, hint: "Revoked", coin: nil)) {
            _ = try await wallet.pay(World.shopURL, product: "essay")
        }
        #expect(try await world.available(store) == before)
        try await world.exchangeStore.revoke(coin.denomination.hash, at: world.clock.now())
        try await world.exchange.reloadKeys()
        await #expect(throws: WalletError.revoked(status: 410, code: 1010, hint: "Revoked", lost: coin.remaining)) {
            _ = try await wallet.pay(World.shopURL, product: "essay")
        }
        let steps = StepLog()
        _ = try await world.wallet(store, steps: steps).refresh()
        #expect(steps.all.contains { "\($0)".contains("revoked by the exchange: worth nothing") })
        #expect(try await wallet.balances().first?.setAside == coin.remaining)
    }

    @Test func aRefreshBringsBackWhatAShopWasWrongAbout() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let before = try await world.available(store)
        let coin = try await used(world, store, value: "1.28")
        world.shop.set { $0.payAnswer = Response(status: 403, json: ["code": 2157, "hint": "Wrong.", "coin_pub": coin.coinPub.json]) }
        _ = try? await wallet.pay(World.shopURL, product: "essay")
        #expect(try await wallet.balances().first?.setAside == coin.remaining)
        world.network.stub("/history", Response(status: 503))
        _ = try await wallet.refresh()
        #expect(try await wallet.balances().first?.setAside == coin.remaining)
        world.network.heal()
        _ = try await wallet.refresh()
        #expect(try await wallet.balances().first?.setAside == amount("0"))
        #expect(try await world.available(store) == before)
        try await world.expectAgreement(store)
    }

    /// A wallet whose largest coin has less left than it believes, and a purchase that would take all.
    private func overrated() async throws -> (world: World, store: WalletStore, coin: StoredCoin, all: Amount) {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let coin = try await used(world, store, value: "1.28")
        try await world.meltElsewhere(coin)
        world.shop.set { $0.maximumFee = amount("1") }
        return (world, store, coin, try #require(try await wallet.balances().first).available)
    }

    @Test func aCoinThatCannotPayAllKeepsWhatItsHistoryLeavesIt() async throws {
        let (world, store, coin, all) = try await overrated()
        await #expect(throws: WalletError.self) { _ = try await world.wallet(store).pay(World.shopURL, product: "gift", amount: all) }
        let after = try #require(try await world.coins(store).first { $0.coinPub == coin.coinPub })
        #expect(after.state == .fresh)
        #expect(!after.remaining.isZero)
        try await world.expectAgreement(store)
        let rest = try #require(try await world.wallet(store).balances().first).available
        _ = try await world.wallet(store).pay(World.shopURL, product: "gift", amount: rest)
        #expect(try await world.available(store) == amount("0"))
    }

    @Test func aPaymentWaitsUntilTheExchangeTellsOfTheCoin() async throws {
        let (world, store, _, all) = try await overrated()
        world.network.stub("/history", Response(status: 503))
        do {
            _ = try await world.wallet(store).pay(World.shopURL, product: "gift", amount: all)
            Issue.record("it was paid")
        } catch { #expect(error.isUnresolved, "\(error)") }
        #expect(try await world.wallet(store).balances().first?.locked == all)
        world.network.heal()
        _ = try await world.wallet(store).retry()
        #expect(try await store.unresolvedPurchases().isEmpty)
        try await world.expectAgreement(store)
    }

    @Test func moneyThatCameBackCountsOnce() async throws {
        let (world, store) = try await RefreshTests.worldWithRest()
        let permission = try #require(world.shop.permissions.first)
        let coin = try #require(try await world.coins(store).first { $0.state == .fresh && $0.remaining != $0.denomination.value })
        let before = try await world.available(store)
        world.network.cut(after: 1, .requestLost)
        _ = try await world.wallet(store).refresh()
        world.network.heal()
        #expect(try await store.unfinishedRefreshes().count == 1)
        // The exchange's statement has the refund before the shop tells of it.
        try await world.shop.giveBack(amount("0.05"), of: coin.coinPub, for: permission)
        world.network.stub("/melt", Response(status: 410, json: ["code": 1009, "hint": "expired"]))
        _ = try await world.wallet(store).retry()
        #expect(try await store.unfinishedRefreshes().isEmpty)
        world.network.heal()
        #expect(try await world.wallet(store).refund().map(\.credited) == [amount("0.04")])
        #expect(try await world.available(store) == before.adding(amount("0.04")))
        try await world.expectAgreement(store)
    }

    @Test func aMeltThatArrivesLateGoesOn() async throws {
        let (world, store) = try await RefreshTests.worldWithRest()
        world.network.cut(after: 1, .requestLost)
        _ = try await world.wallet(store).refresh()
        world.network.heal()
        world.network.stub("/melt", Response(status: 410, json: ["code": 1009, "hint": "expired"]))
        _ = try await world.wallet(store).retry()
        world.network.heal()
        let refresh = try #require(try await store.refreshes().first)
        #expect(refresh.state == .refused("expired"))
        let session = try RefreshSession(refresh)
        let late = try ExchangeRequests(baseURL: World.exchangeURL).melt(refresh.coin.coinPub, session.melt)
        #expect(try await world.network.send(late).status == 200)
        // The next one finds the coin spent, and by whom.
        #expect(try await world.wallet(store).refresh().failures.count == 1)
        #expect(try await store.unfinishedRefreshes().map(\.commitment) == [refresh.commitment])
        #expect(try await world.wallet(store).refresh().failures.isEmpty)
        #expect(try await store.refreshes().first?.state == .done)
        try await world.expectAgreement(store)
        #expect(try await world.worthAtTheExchange(store) == world.available(store))
    }
}
