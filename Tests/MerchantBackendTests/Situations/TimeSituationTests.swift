// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import ExchangeFixture
import ExchangeStore
import HTTPCore
import MerchantAPI
import SandboxExchange
import TalerWire
import Testing
import TestSupport

/// An exchange whose clock is wrong, or whose keys end soon, when it is told to.
struct TimeSituationTests {
    static let day: Int64 = 86_400
    let shop: TriedShop

    init() async throws { shop = try await TriedShop() }

    /// A backend over the same database that holds no keys yet.
    private func heir() async throws -> Merchant {
        try await Merchant(exchange: shop.exchange, store: shop.merchant.store, key: shop.merchant.key)
    }

    @Test(arguments: [-600, day, 40 * day]) func aClockThatIsALittleWrongCostsNothing(seconds: Int64) async throws {
        try shop.set(.clock) { $0.seconds = seconds }
        #expect(try await shop.pay().status == 200)
        #expect(try await shop.exchange.deposits().map(\.accepted) == [shop.exchange.clock.now().advanced(bySeconds: seconds)])
        #expect(try await shop.state().deposits.allSatisfy { $0.exchangeSignature != nil })
    }

    @Test func anExchangeThatLivesBeforeItsKeysCanSignNothing() async throws {
        try shop.set(.clock) { $0.seconds = -2 * 3600 }
        let answer = try await shop.pay()
        #expect(answer.status == 502)
        #expect(answer.code == 2013)
        #expect(try await shop.state().state == .paying)
        #expect(await shop.exchange.get("/keys").code == 1007)
        shop.situations.clear()
        #expect(try await shop.pay().status == 200)
        #expect(try await shop.deposited() == 1)
    }

    @Test func anExchangeThatLivesYearsLaterHasExpiredDenominations() async throws {
        try shop.set(.clock) { $0.seconds = 4 * 365 * Self.day }
        let answer = try await shop.pay()
        #expect(answer.status == 410)
        #expect(answer.code == 1009)
        shop.situations.clear()
        #expect(try await heir().pay(shop.permission).status == 200)
        #expect(try await shop.deposited() == 1)
    }

    @Test func aClockThatIsAheadPaysTheShopBeforeItsTime() async throws {
        #expect(try await shop.pay().status == 200)
        #expect(try await shop.exchange.aggregate().paid.isEmpty)
        try shop.set(.clock) { $0.seconds = 40 * Self.day }
        #expect(try await shop.exchange.aggregate().paid.count == 1)
        shop.situations.clear()
        let track = await shop.merchant.send(.get, "/track/transaction?id=1")
        #expect(track.status == 200)
        #expect(try await shop.exchange.audit().problems.isEmpty)
    }

    @Test func aClockOfOneEndpointIsNobodyElses() async throws {
        try shop.set(.clock) {
            $0.seconds = -2 * 3600
            $0.endpoints = [.refund]
        }
        #expect(try await shop.pay().status == 200)
        let refund: RefundList = try await shop.merchant.send(
            .post, "/refund", ["H_contract": shop.contract.contractHash.json, "refund": "KUDOS:0.2", "reason": "broken"]
        ).json().decode()
        #expect(refund.refunds.map(\.status) == [.open])
        shop.situations.clear()
        let again: RefundList = try await shop.merchant.send(
            .post, "/refund", ["H_contract": shop.contract.contractHash.json, "refund": "KUDOS:0.2", "reason": "broken"]
        ).json().decode()
        #expect(again.refunds.map(\.status) == [.accepted])
    }

    @Test func keysThatEndSoonAreFetchedAnewBeforeAndAfter() async throws {
        let now = shop.exchange.clock.now()
        let long = try await shop.keys().signingKeys.map(\.key)
        let plan = [DenominationPlan(value: amount("0.64"), fee: amount("0.01"))]
        let setup = try ExchangeSetup(store: shop.exchange.store, account: SharedKeys.account, plans: plan)
        let report = try await setup.addExpiring(after: 600, with: SharedKeys.master, at: now)
        #expect(report.newSigningKeys == 1)
        #expect(report.newDenominations == 1)
        try await shop.exchange.service.reloadKeys()
        try shop.situations.set(SituationOrder(.keysExpiring), until: now.advanced(bySeconds: 600))

        let short = try await shop.keys()
        #expect(short.signingKeys.map(\.expire) == [now.advanced(bySeconds: 600)])
        #expect(short.denominations.values.contains { $0.feeWithdraw.isZero && $0.expireWithdraw == now.advanced(bySeconds: 600) })
        let expires = await shop.exchange.get("/keys").fields["Expires"]
        #expect(expires == HTTPDate.text(now.advanced(bySeconds: 600)))
        // The backend meets a key that it does not know, and looks once more.
        #expect(try await shop.pay().status == 200)
        #expect(shop.merchant.wire.count() == 2)
        #expect(try await shop.deposited() == 1)

        shop.exchange.clock.advance(bySeconds: 600)
        #expect(try await shop.keys().signingKeys.map(\.key) == long)
        #expect(shop.situations.active.isEmpty)
        let later = try await heir()
        let contract = try await later.contract(2)
        let permission = try await later.permission(contract, [(shop.exchange.coin("0.64", row: 2), "0.5")])
        #expect(try await later.pay(permission).status == 200)
    }
}
