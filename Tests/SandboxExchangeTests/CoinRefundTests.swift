// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@Suite struct CoinRefundTests {
    let purchase = TestPurchase()

    @Test func aRefundIsConfirmedWithTheExchangesSignature() async throws {
        let (fixture, coin) = try await paid()
        let response = try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2")))
        #expect(response.status == 200)
        let answer: CoinRefundResponse = try response.json().decode()
        func confirmation(_ refunded: Amount) -> RefundConfirmation {
            RefundConfirmation(
                contractHash: purchase.contract, coinPub: coin.pub, merchantPub: purchase.merchant.publicKey(), refundTransactionID: 1,
                refundAmount: refunded)
        }
        #expect(confirmation(amount("0.2")).isValid(answer.exchangeSignature, by: answer.exchangePub))
        #expect(!confirmation(amount("0.3")).isValid(answer.exchangeSignature, by: answer.exchangePub))
        let keys: ExchangeKeysResponse = try await fixture.get("/keys").json().decode()
        #expect(keys.signKeys.contains { $0.key == answer.exchangePub })
    }

    @Test func theRefundedValueLessTheFeeCanBeSpentAgain() async throws {
        let (fixture, coin) = try await paid()
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2"))).status == 200)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.2"))])).code == 1012)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.19"))])).status == 200)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.01"))])).code == 1012)
    }

    @Test func theSameRefundAgainGivesNothingMore() async throws {
        let (fixture, coin) = try await paid()
        let request = purchase.refund(coin.pub, amount("0.2"))
        let first = try await fixture.refund(coin.pub, request)
        fixture.clock.advance(bySeconds: 500)
        #expect(try await fixture.refund(coin.pub, request) == first)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.2"))])).code == 1012)
    }

    @Test func theSameRefundTwentyTimesAtOnceIsOne() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        let request = purchase.refund(coin.pub, amount("0.2"))
        let answers = try await atOnce(20) { _ in try await fixture.refund(coin.pub, request) }
        #expect(answers.map(\.status) == Array(repeating: 200, count: 20))
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.2"))])).code == 1012)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.19"))])).status == 200)
    }

    @Test func refundsAddUpToTheWholeContributionAndTheDepositFeeComesBack() async throws {
        let (fixture, coin) = try await paid()
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2"), id: 1)).status == 200)
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.44"), id: 2)).status == 200)
        let tooMuch = try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.01"), id: 3))
        #expect(tooMuch.status == 409)
        #expect(tooMuch.code == 1501)
        // Of 0.64 the two refund fees are gone, and nothing else.
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.62"))])).status == 200)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.01"))])).code == 1012)
    }

    @Test func aRepeatedDepositDoesNotTakeTheRefundedValueAgain() async throws {
        let (fixture, coin) = try await paid()
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.64"))).status == 200)
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.63"))])).status == 200)
    }

    @Test func moreThanTheContributionIsRefusedAsARealExchangeDoes() async throws {
        let (fixture, coin) = try await paid()
        let response = try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.65")))
        try expect(response, like: "80-refund-too-much")
        #expect(try response.member("coin_pub") == coin.pub)
        #expect(try response.member("h_denom_pub") == coin.denomination.hash)
    }

    @Test func theSameNumberWithAnotherAmountIsRefusedAsARealExchangeDoes() async throws {
        let (fixture, coin) = try await paid()
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2"))).status == 200)
        let response = try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.1")))
        try expect(response, like: "78-refund-same-id-other-amount")
        #expect(try response.member("coin_pub") == coin.pub)
        #expect(try response.member("h_denom_pub") == coin.denomination.hash)
    }

    @Test func anotherContractOrMerchantHasNoSuchDeposit() async throws {
        let (fixture, coin) = try await paid()
        var other = purchase
        other.contract = ContractHash.random()
        try expect(
            try await fixture.refund(coin.pub, other.refund(coin.pub, amount("0.2"))), like: "83-refund-unknown-contract")
        var stranger = purchase
        stranger.merchant = EdDSAPrivateKey()
        #expect(try await fixture.refund(coin.pub, stranger.refund(coin.pub, amount("0.2"))).code == 1502)
    }

    @Test func aRefundBelowItsFeeIsRefused() async throws {
        let (fixture, coin) = try await paid()
        let response = try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.009")))
        #expect(response.status == 400)
        #expect(response.code == 1505)
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.01"))).status == 200)
    }

    @Test func onlyTheMerchantMayRefund() async throws {
        let (fixture, coin) = try await paid()
        var request = purchase.refund(coin.pub, amount("0.2"))
        request.refundAmount = amount("0.3")
        try expect(try await fixture.refund(coin.pub, request), like: "81-refund-bad-sig")
        // A signature for another coin is none for this one.
        let other = try await fixture.coin(row: 2)
        #expect(try await fixture.refund(coin.pub, purchase.refund(other.pub, amount("0.2"))).code == 1506)
    }

    @Test func aMalformedCoinIsRefused() async throws {
        let (fixture, coin) = try await paid()
        let response = try await fixture.post("/coins/XYZ/refund", purchase.refund(coin.pub, amount("0.2")))
        #expect(response.status == 400)
        #expect(response.code == 1004)
    }

    private func paid() async throws -> (Fixture, TestCoin) {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        return (fixture, coin)
    }
}
