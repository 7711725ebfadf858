// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import HTTPCore
import MerchantAPI
import MerchantStore
import SandboxExchange
import TalerCrypto
import TalerWire
import Testing
import TestSupport

/// An exchange whose keys change while the backend holds those of before.
struct KeyRolloverTests {
    private func keysFetches(_ merchant: Merchant) -> Int { merchant.wire.count("/keys") }

    @Test func aContractOfBeforeIsPaidWithAnOldCoinAfterASigningKeyThatTheBackendDoesNotKnow() async throws {
        let merchant = try await Merchant()
        let exchange = merchant.exchange
        let coin = try await exchange.coin("0.64")
        let contract = try await merchant.contract()
        #expect(keysFetches(merchant) == 1)
        exchange.clock.advance(bySeconds: 10)
        let setup = try exchange.setup()
        _ = try await setup.issue(denominations: false, with: SharedKeys.master, from: exchange.clock.now())
        try await exchange.service.reloadKeys()
        #expect(try await merchant.pay(merchant.permission(contract, [(coin, "0.5")])).status == 200)
        #expect(try await merchant.order(contract).deposits.first?.exchangeSignature != nil)
        #expect(keysFetches(merchant) == 2)
    }

    @Test func aCoinOfADenominationThatTheBackendDoesNotKnowIsTaken() async throws {
        let merchant = try await Merchant()
        let exchange = merchant.exchange
        let contract = try await merchant.contract()
        _ = try await exchange.setup().issue(with: SharedKeys.master, from: exchange.clock.now())
        try await exchange.service.reloadKeys()
        let new = try #require(try await exchange.generations().last)
        let coin = try await exchange.coin(new, row: 7)
        #expect(try await merchant.pay(merchant.permission(contract, [(coin, "0.5")])).status == 200)
        #expect(keysFetches(merchant) == 2)
    }

    @Test func keysThatChangeTwiceInAMomentLeaveNoPaymentOpen() async throws {
        let merchant = try await Merchant()
        let exchange = merchant.exchange
        let first = try await merchant.contract(1)
        let second = try await merchant.contract(2)
        let old = try await exchange.coin("0.64", row: 5)
        _ = try await exchange.setup().issue(signingKey: false, with: SharedKeys.master, from: exchange.clock.now())
        try await exchange.service.reloadKeys()
        let new = try await exchange.coin(try #require(try await exchange.generations().last), row: 6)
        #expect(try await merchant.pay(merchant.permission(first, [(new, "0.5")])).status == 200)
        _ = try await exchange.setup().revoke(.allSigningKeys, with: SharedKeys.master, at: exchange.clock.now())
        try await exchange.service.reloadKeys()
        #expect(try await merchant.pay(merchant.permission(second, [(old, "0.5")])).status == 200)
        #expect(keysFetches(merchant) == 3)
    }

    /// The contract was made, and paid, while the signing key was good.
    @Test func aPaymentOfBeforeIsRefundedAfterItsSigningKeyWasRevoked() async throws {
        let paid = try await PaidContract()
        let exchange = paid.merchant.exchange
        let setup = try exchange.setup()
        #expect(
            try await setup.revoke(.allSigningKeys, with: SharedKeys.master, at: exchange.clock.now()).revokedSigningKeys >= 1)
        try await exchange.service.reloadKeys()
        let list = try await paid.refunded("0.2")
        #expect(list.refunds.map(\.status) == [.accepted])
    }

    @Test func aCoinOfARevokedDenominationIsRefusedByNameAndOthersAreWelcome() async throws {
        let merchant = try await Merchant()
        let exchange = merchant.exchange
        let old = try await exchange.coin("0.64")
        let contract = try await merchant.contract()
        _ = try await exchange.setup().revoke(.value(amount("0.64")), with: SharedKeys.master, at: exchange.clock.now())
        try await exchange.service.reloadKeys()
        // The backend's keys are those of before: the exchange says it.
        let first = try await merchant.pay(merchant.permission(contract, [(old, "0.5")]))
        #expect(first.status == 410)
        #expect(first.code == 1010)
        #expect(try first.json()["h_denom_pub"] == old.denomination.hash.json)
        // And now the backend knows.
        let second = try await merchant.pay(merchant.permission(contract, [(old, "0.5")]))
        #expect(second.status == 400)
        #expect(second.code == 2151)
        #expect(try second.json()["h_denom_pub"] == old.denomination.hash.json)
        #expect(try second.json()["coin_pub"] == old.pub.json)
        let new = try await exchange.coin(try #require(try await exchange.generations().last), row: 9)
        #expect(try await merchant.pay(merchant.permission(contract, [(new, "0.5")])).status == 200)
    }
}
