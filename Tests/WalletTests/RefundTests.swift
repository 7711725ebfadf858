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

@Suite struct RefundTests {
    private let world: World
    private let store: WalletStore
    private let permission: DepositPermission

    /// Something was bought with several coins.
    init() async throws {
        world = try await World()
        let bought = try await world.wallet(with: "10.26")
        store = bought.store
        world.shop.set { $0.maximumFee = amount("1") }
        _ = try await bought.wallet.pay(World.shopURL, product: "gift", amount: amount("3.33"))
        permission = try #require(world.shop.permissions.first)
    }

    private func largest() throws -> DepositPermission.Coin {
        try #require(permission.coins.max { $0.contribution.amount.units < $1.contribution.amount.units })
    }

    @Test func whatTheExchangeSignedIsCreditedOnce() async throws {
        let before = try await world.available(store)
        let coin = try largest()
        try await world.shop.giveBack(amount("0.5"), of: coin.coinPub, for: permission)
        let results = try await world.wallet(store).refund()
        #expect(results.map(\.credited) == [amount("0.49")])
        #expect(results.allSatisfy { $0.failure == nil })
        #expect(try await world.available(store) == before.adding(amount("0.49")))
        try await world.expectAgreement(store)
        #expect(try await world.wallet(store).refund(permission.contractHash).map(\.credited) == [amount("0")])
        #expect(try await world.available(store) == before.adding(amount("0.49")))
        #expect(try await world.wallet(store).history().contains { $0.text.contains("got KUDOS:0.49 back") })
        // A second refund of the same coin counts beside the first.
        try await world.shop.giveBack(amount("0.2"), of: coin.coinPub, for: permission, number: 2)
        #expect(try await world.wallet(store).refund().map(\.credited) == [amount("0.19")])
        try await world.expectAgreement(store)
    }

    @Test func aRefundOfEverythingComesBackAsFreshCoins() async throws {
        for coin in permission.coins {
            try await world.shop.giveBack(coin.contribution.amount, of: coin.coinPub, for: permission)
        }
        let wallet = world.wallet(store, refreshesRests: true)
        _ = try await wallet.refund()
        let known = Set(permission.coins.map(\.coinPub))
        let usable = try await world.coins(store).filter { $0.state == .fresh }
        // A coin that the shop knows is used no more, unless it is too small for a melt.
        #expect(usable.filter { known.contains($0.coinPub) }.allSatisfy { $0.remaining.units <= amount("0.01").units })
        #expect(try await store.refreshes().allSatisfy { $0.state == .done && $0.reason == .refunded })
        try await world.expectAgreement(store)
        #expect(try await world.worthAtTheExchange(store) == world.available(store))
    }

    @Test func aCoinThatWasAllSpentIsUsableAgain() async throws {
        _ = try await world.wallet(store).pay(World.shopURL, product: "gift", amount: amount("0.03"))
        let permission = try #require(world.shop.permissions.last)
        let spent = try #require(
            try await world.coins(store).first { coin in coin.state == .spent && permission.coins.contains { $0.coinPub == coin.coinPub } })
        let coin = try #require(permission.coins.first { $0.coinPub == spent.coinPub })
        try await world.shop.giveBack(coin.contribution.amount, of: coin.coinPub, for: permission)
        _ = try await world.wallet(store).refund()
        let after = try #require(try await world.coins(store).first { $0.coinPub == spent.coinPub })
        #expect(after.state == .fresh)
        #expect(after.remaining == (try await world.worth(after)))
    }

    @Test func whatTheExchangeDidNotSignIsNotCredited() async throws {
        let before = try await world.available(store)
        let coin = try largest()
        try await world.shop.giveBack(amount("0.5"), of: coin.coinPub, for: permission)
        let changes: [@Sendable (inout RefundList) -> Void] = [
            { $0.refunds[0].refundAmount = amount("0.51") }, { $0.refunds[0].refundTransactionID = 7 },
            { $0.refunds[0].exchangeSignature = .random() }, { $0.refunds[0].exchangeSignature = nil },
            { $0.refunds[0].exchangePub = .random() }, { $0.refunds[0].coinPub = .random() }, { $0.merchantPub = .random() },
            { $0.contractHash = .random() },
        ]
        for (index, change) in changes.enumerated() {
            let honest = world.shop.refunds
            world.shop.setRefunds(change)
            let results = try await world.wallet(store).refund()
            guard case .refundsMalformed? = results.first?.failure else {
                Issue.record("change \(index) was believed: \(results)")
                return
            }
            #expect(try await world.available(store) == before, "change \(index)")
            world.shop.setRefunds { $0 = honest }
        }
        // Parts that are signed count beside one that is not.
        world.shop.setRefunds { list in
            var lie = list.refunds[0]
            lie.refundTransactionID = 9
            list.refunds.insert(lie, at: 0)
        }
        let results = try await world.wallet(store).refund()
        #expect(results.map(\.credited) == [amount("0.49")])
        #expect(results.first?.failure != nil)
    }

    @Test func whatIsOpenOrFailedIsNotCredited() async throws {
        try await world.shop.giveBack(amount("0.5"), of: try largest().coinPub, for: permission)
        for status: RefundList.Part.Status in [.open, .failed, .stuck] {
            world.shop.setRefunds { list in
                list.refunds[0].status = status
                list.refunds[0].exchangeStatus = status == .failed ? 410 : nil
                list.refunds[0].code = status == .failed ? 1503 : nil
            }
            let steps = StepLog()
            let results = try await world.wallet(store, steps: steps).refund()
            let refusals = steps.all.map(\.description).filter { $0.hasPrefix("not refunded ") }
            #expect(refusals.count == (status == .failed ? 1 : 0))
            #expect(refusals.allSatisfy { $0.contains("KUDOS:0.5 for ") && $0.hasSuffix("(status 410, code 1503)") })
            #expect(results.map(\.credited) == [amount("0")])
            #expect(results.first?.failure == nil)
        }
    }

    @Test func aShopThatDoesNotTellIsNamed() async throws {
        world.network.stub("/taler/refund", Response(status: 404, json: ["code": 21, "hint": "no such page"]))
        let results = try await world.wallet(store).refund()
        #expect(results.first?.failure == .noRefunds("no such page (status 404)"))
        let stranger = ContractHash.random()
        await #expect(throws: WalletError.unknownPurchase(stranger)) { _ = try await world.wallet(store).refund(stranger) }
    }

    @Test(arguments: FaultySender.Cut.allCases)
    func aRefundThatWasCutAnywhereIsCreditedOnce(_ cut: FaultySender.Cut) async throws {
        var position = 0
        var expected: Amount?
        while true {
            let test = try await RefundTests()
            try await test.world.shop.giveBack(amount("0.5"), of: try test.largest().coinPub, for: test.permission)
            test.world.network.cut(after: position, cut)
            _ = try? await test.world.wallet(test.store, refreshesRests: true).refund()
            let wasCut = test.world.network.heal()
            _ = try await test.world.wallet(test.store, refreshesRests: true).refund()
            _ = try await test.world.wallet(test.store, refreshesRests: true).refresh()
            try await test.world.expectAgreement(test.store, "cut at \(position)")
            #expect(try await test.store.refunds().count == 1)
            let available = try await test.world.available(test.store)
            #expect(available == expected ?? available, "cut at \(position)")
            expected = available
            guard wasCut else { break }
            position += 1
        }
        // list, keys, keys, melt, reveal
        #expect(position == 5)
    }
}
