// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import HTTPCore
import MerchantAPI
import MerchantBackend
import MerchantStore
import TalerWire
import Testing
import TestSupport

/// Payments with coins of two exchanges, of which each may answer otherwise.
struct SeveralExchangesTests {
    let second: Fixture
    let merchant: Merchant
    let contract: ContractResponse
    static let atFirst = "http://exchange.test/batch-deposit"
    static let atSecond = "http://second.test/batch-deposit"

    init() async throws {
        second = try await Fixture()
        merchant = try await Merchant(second: second)
        contract = try await merchant.contract(price: "1")
    }

    /// Coins of 0.64 with 0.5 each, the first ones of the first exchange.
    private func permission(_ first: [TestCoin], _ others: [TestCoin], of contract: ContractResponse? = nil) throws -> DepositPermission {
        var permission = try merchant.permission(contract ?? self.contract, (first + others).map { ($0, "0.5") })
        for index in first.count..<(first.count + others.count) { permission.coins[index].exchangeURL = Merchant.secondURL }
        return permission
    }

    private let kyc = FaultySender.Fault.instead(Response(status: 451, json: ["code": 1028, "hint": "KYC"]))

    @Test func aPaymentOverTwoExchangesIsOneDepositAtEach() async throws {
        let permission = try await permission([merchant.exchange.coin()], [second.coin()])
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 200)
        #expect(try await merchant.pay(permission) == answer)
        let order = try await merchant.order(contract)
        #expect(order.state == .paid)
        #expect(Set(order.deposits.map(\.exchangeURL)) == ["http://exchange.test/", Merchant.secondURL])
        #expect(order.deposits.allSatisfy { $0.state == .accepted })
        #expect(merchant.wire.count() == 2)
        #expect(try await merchant.exchange.deposits().count == 1)
        #expect(try await second.deposits().count == 1)
    }

    @Test func whatOneRefusesIsCompletedByOtherCoinsAndNothingIsSentTwice() async throws {
        let coins = try await merchant.exchange.coins([amount("0.64"), amount("0.64")])
        let bad = try await permission([coins[0]], [second.coin()])
        merchant.wire.plan(kyc, for: Self.atSecond)
        let refusal = try await merchant.pay(bad)
        #expect(refusal.status == 451)
        #expect(try refusal.json()["exchange_url"]?.stringValue == Merchant.secondURL)
        #expect(try await merchant.order(contract).state == .partiallyPaid)
        let good = try permission(coins, [])
        #expect(try await merchant.pay(good).status == 200)
        #expect(try await merchant.order(contract).state == .paid)
        #expect(merchant.wire.count(Self.atFirst) == 2)
        #expect(try await merchant.exchange.deposits().flatMap(\.coins).count == 2)
        #expect(try await second.deposits().isEmpty)
        #expect(try await merchant.pay(good).status == 200)
        #expect(try await merchant.pay(bad).code == 2160)
    }

    @Test func theMissingCoinsAloneCompleteAPayment() async throws {
        let coins = try await merchant.exchange.coins([amount("0.64"), amount("0.64")])
        merchant.wire.plan(kyc, for: Self.atSecond)
        _ = try await merchant.pay(permission([coins[0]], [second.coin()]))
        #expect(try await merchant.pay(permission([coins[1]], [])).status == 200)
        #expect(try await merchant.order(contract).state == .paid)
    }

    @Test func tooFewMissingCoinsAreRefusedAndAnAcceptedCoinKeepsItsContribution() async throws {
        let coin = try await merchant.exchange.coin()
        merchant.wire.plan(kyc, for: Self.atSecond)
        _ = try await merchant.pay(permission([coin], [second.coin()]))
        #expect(try await merchant.pay(permission([coin], [])).code == 2156)
        let other = try await merchant.permission(contract, [(coin, "0.4"), (merchant.exchange.coin(row: 2), "0.6")])
        let refusal = try await merchant.pay(other)
        #expect(refusal.status == 400)
        #expect(refusal.code == 22)
        #expect(merchant.wire.count() == 2)
    }

    @Test func whatIsNotKnownOfOneIsNotKnownOfThePayment() async throws {
        let permission = try await permission([merchant.exchange.coin()], [second.coin()])
        merchant.wire.plan(.timeout, for: Self.atSecond)
        #expect(try await merchant.pay(permission).status == 504)
        #expect(try await merchant.order(contract).state == .paying)
        let other = try await self.permission([merchant.exchange.coin(row: 2)], [second.coin(row: 2)])
        #expect(try await merchant.pay(other).code == 2160)
        // What comes late completes the payment.
        #expect(try await merchant.pay(permission).status == 200)
        #expect(merchant.wire.count(Self.atFirst) == 1)
        #expect(merchant.wire.count(Self.atSecond) == 2)
    }

    @Test func aDoubtAtOneExchangeOutweighsARefusalOfTheOther() async throws {
        let permission = try await permission([merchant.exchange.coin()], [second.coin()])
        merchant.wire.plan(.timeout, for: Self.atFirst)
        merchant.wire.plan(kyc, for: Self.atSecond)
        #expect(try await merchant.pay(permission).status == 504)
        #expect(try await merchant.order(contract).state == .paying)
        #expect(try await merchant.pay(permission).status == 451)
        #expect(try await merchant.order(contract).state == .partiallyPaid)
    }

    @Test func withoutTimeToGiveBackSeveralExchangesAreRefused() async throws {
        let now = merchant.exchange.clock.now()
        var proposition = Propositions.make(transactionID: 9, price: "KUDOS:1", now: now)
        proposition["refund_deadline"] = now.advanced(bySeconds: 60).classicJSON
        let contract: ContractResponse = try await merchant.send(.post, "/contract", ["contract": .object(proposition)]).json().decode()
        let refusal = try await merchant.pay(permission([merchant.exchange.coin()], [second.coin()], of: contract))
        #expect(refusal.status == 400)
        #expect(refusal.code == 22)
        #expect(merchant.wire.count() == 0)
    }

    @Test func aCoinAtBothExchangesIsOneCoinTooMany() async throws {
        let coin = try await merchant.exchange.coin()
        let refusal = try await merchant.pay(permission([coin], [coin]))
        #expect(refusal.status == 400)
        #expect(refusal.code == 26)
        #expect(merchant.wire.count() == 0)
    }

    @Test func whatWasTakenInPartIsGivenBackAtExpiry() async throws {
        merchant.wire.plan(kyc, for: Self.atSecond)
        _ = try await merchant.pay(permission([merchant.exchange.coin()], [second.coin()]))
        #expect(await merchant.service.expiredPayments.round() == 0)
        merchant.exchange.clock.advance(bySeconds: 3601)
        #expect(try await merchant.order(contract).state == .partiallyPaid)
        #expect(await merchant.service.expiredPayments.round() == 1)
        try await eventually { try await merchant.order(contract).state == .expired }
        #expect(try await merchant.order(contract).refunds?.count == 1)
        #expect(await merchant.service.expiredPayments.round() == 0)
        #expect(try await merchant.pay(permission([merchant.exchange.coin(row: 2)], [])).code == 2161)
    }
}
