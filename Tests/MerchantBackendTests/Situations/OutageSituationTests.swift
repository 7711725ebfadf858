// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
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

/// An exchange that answers late, badly or not at all when it is told to: what is not known is not pretended, and no coin is taken twice.
struct OutageSituationTests {
    let shop: TriedShop

    init() async throws { shop = try await TriedShop() }

    /// What the buyer hears while nothing is known.
    static let doubts: [(SituationName, Int, Int)] = [
        (.down, 502, 2170), (.silent, 502, 2170), (.failing, 502, 2013), (.noJSON, 502, 2013),
    ]

    @Test(arguments: doubts) func anExchangeThatDoesNothingTakesNothing(name: SituationName, status: Int, code: Int) async throws {
        try shop.set(name, count: 1) { $0.endpoints = [.deposit] }
        let answer = try await shop.pay()
        #expect(answer.status == status)
        #expect(answer.code == code)
        #expect(try await shop.state().state == .paying)
        #expect(try await shop.deposited() == 0)
        #expect(try await shop.pay().status == 200)
        #expect(try await shop.deposited() == 1)
    }

    @Test(arguments: doubts) func anAnswerThatIsLostIsAskedForAgain(name: SituationName, status: Int, code: Int) async throws {
        try shop.set(name, count: 1) {
            $0.endpoints = [.deposit]
            $0.isCarriedOut = true
        }
        #expect(try await shop.pay().status == status)
        #expect(try await shop.state().state == .paying)
        #expect(try await shop.deposited() == 1)
        #expect(try await shop.pay().status == 200)
        #expect(try await shop.deposited() == 1)
        #expect(try await shop.exchange.audit().problems.isEmpty)
    }

    @Test func aPaymentSettlesByItselfWhenTheExchangeIsBack() async throws {
        try shop.set(.down, count: 3) { $0.endpoints = [.deposit] }
        shop.merchant.retries.open()
        #expect(try await shop.pay().status == 502)
        var order = try await shop.merchant.order(shop.contract, wait: true)
        while order.state == .paying { order = try await shop.merchant.order(shop.contract, wait: true) }
        #expect(order.state == .paid)
        #expect(shop.merchant.wire.count() == 4)
        #expect(shop.situations.active.isEmpty)
    }

    @Test(arguments: [(500, 2013), (502, 2013), (503, 2013), (504, 2013), (408, 2170), (429, 2170)])
    func everyStatusOfAFailureIsADoubt(status: Int, code: Int) async throws {
        try shop.set(.failing, count: 1) {
            $0.endpoints = [.deposit]
            $0.status = status
        }
        let answer = try await shop.pay()
        #expect(answer.status == 502)
        #expect(answer.code == code)
        #expect(try await shop.pay().status == 200)
    }

    @Test func aSlowExchangeIsWaitedFor() async throws {
        try shop.set(.slow) { $0.seconds = 20 }
        #expect(try await shop.pay().status == 200)
        // The keys were there before.
        #expect(shop.waits.all == [.seconds(20)])
    }

    @Test func aRefusalAfterALostAnswerIsNoOutcome() async throws {
        try shop.set(.down, count: 1) {
            $0.endpoints = [.deposit]
            $0.isCarriedOut = true
        }
        #expect(try await shop.pay().status == 502)
        try shop.set(.denominationsExpired)
        // The exchange refuses, and has the coins: it is asked for each.
        #expect(try await shop.pay().status == 200)
        #expect(shop.merchant.wire.count(containing: "/deposits/") == 1)
        #expect(try await shop.deposited() == 1)
    }

    @Test func withoutKeysNothingIsOffered() async throws {
        let situations = Situations()
        try situations.set(SituationOrder(.down))
        let merchant = try await Merchant(exchange: Fixture(situations: situations))
        let proposition = Propositions.make(now: merchant.exchange.clock.now())
        let answer = await merchant.send(.post, "/contract", ["contract": .object(proposition)])
        #expect(answer.status == 502)
        #expect(answer.code == 2010)
    }

    @Test(arguments: [SituationName.down, .failing, .noJSON]) func aRefundIsGivenOnce(name: SituationName) async throws {
        #expect(try await shop.pay().status == 200)
        try shop.set(name, count: 1) {
            $0.endpoints = [.refund]
            $0.isCarriedOut = true
        }
        let first = try await refund()
        #expect(first.refunds.map(\.status) == [.open])
        let again = try await refund()
        #expect(again.refunds.map(\.status) == [.accepted])
        #expect(try await shop.exchange.audit().problems.isEmpty)
    }

    private func refund() async throws -> RefundList {
        try await shop.merchant.send(
            .post, "/refund", ["H_contract": shop.contract.contractHash.json, "refund": "KUDOS:0.2", "reason": "broken"]
        ).json().decode()
    }

    // MARK: Answers that are not right

    @Test(arguments: [SituationName.wrongSignature, .unknownKey]) func aConfirmationThatDoesNotVerifyIsNotBelieved(name: SituationName)
        async throws
    {
        try shop.set(name)
        let answer = try await shop.pay()
        #expect(answer.status == 502)
        #expect(answer.code == 2013)
        #expect(try await shop.state().state == .paying)
        #expect(try await shop.state().deposits.allSatisfy { $0.exchangeSignature == nil })
        #expect(try await shop.deposited() == 1)
        shop.situations.clear()
        #expect(try await shop.pay().status == 200)
        #expect(try await shop.state().deposits.allSatisfy { $0.exchangeSignature != nil })
        #expect(try await shop.deposited() == 1)
    }

    @Test func aRefundWithAWrongSignatureIsNotCounted() async throws {
        #expect(try await shop.pay().status == 200)
        try shop.set(.wrongSignature, count: 1)
        #expect(try await refund().refunds.allSatisfy { $0.status != .accepted })
        #expect(try await refund().refunds.map(\.status) == [.accepted])
    }

    @Test func keysWithAWrongSignatureAreNotUsed() async throws {
        try shop.set(.wrongSignature) { $0.endpoints = [.keys] }
        await #expect(throws: (any Error).self) { try await shop.keys() }
        shop.situations.clear()
        _ = try await shop.keys()
    }

    @Test(arguments: [307, 308]) func anExchangeThatHasMovedIsFollowed(status: Int) async throws {
        try shop.set(.moved) { $0.status = status }
        let answer = try await shop.pay()
        #expect(answer.status == 200, "\(answer.text)")
        #expect(shop.merchant.wire.count(containing: "/moved/batch-deposit") == 1)
        #expect(try await shop.deposited() == 1)
    }

    @Test func aRedirectToAStrangerIsADoubt() async throws {
        try shop.set(.moved) {
            $0.endpoints = [.deposit]
            $0.url = "http://stranger.test/"
        }
        let answer = try await shop.pay()
        #expect(answer.status == 502)
        #expect(answer.code == 2013)
        #expect(shop.merchant.wire.count(containing: "stranger.test") == 0)
        shop.situations.clear()
        #expect(try await shop.pay().status == 200)
    }

    @Test func aCircleOfRedirectsEnds() async throws {
        try shop.set(.moved) {
            $0.endpoints = [.deposit]
            $0.url = "http://exchange.test/"
        }
        #expect(try await shop.pay().status == 502)
        #expect(shop.merchant.wire.count() == 4)
        shop.situations.clear()
        #expect(try await shop.pay().status == 200)
        #expect(try await shop.deposited() == 1)
    }

    @Test func depositsAreAskedForWhereTheExchangeSays() async throws {
        try shop.set(.transactionBaseURL, count: 1)
        #expect(try await shop.pay().status == 200)
        #expect(try await shop.merchant.intents(shop.contract).first?.transactionBaseURL == "http://exchange.test/moved/")
        #expect(await shop.merchant.send(.get, "/track/transaction?id=1").status == 202)
        #expect(shop.merchant.wire.count(containing: "/moved/deposits/") == 1)
    }

    @Test func aStrangersAddressForDepositsIsNotKept() async throws {
        try shop.set(.transactionBaseURL) { $0.url = "http://stranger.test/" }
        #expect(try await shop.pay().status == 200)
        #expect(await shop.merchant.send(.get, "/track/transaction?id=1").status == 202)
        #expect(shop.merchant.wire.count(containing: "stranger.test") == 0)
    }
}
