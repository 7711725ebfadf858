// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
@testable import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// What merchants and customers see of a payout.
@Suite struct TransferTests {
    let purchase = TestPurchase.due()

    @Test func refundsAreTakenOff() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("1.28")])
        #expect(try await fixture.deposit(purchase.request(coins)).status == 200)
        #expect(try await fixture.refund(coins[0].pub, purchase.refund(coins[0].pub, amount("0.2"))).status == 200)
        #expect(try await fixture.refund(coins[1].pub, purchase.refund(coins[1].pub, amount("1.28"))).status == 200)
        fixture.passDeadline()
        let payout = try #require(try await fixture.aggregate().paid.first)
        // 0.44 less its fee and the wire fee; nothing is kept of the coin that was refunded whole.
        #expect(payout.amount == amount("0.42"))
        let details: TransferDetails = try await fixture.get("/transfers/\(payout.wireTransferID)").json().decode()
        let first = try #require(details.deposits.first { $0.coinPub == coins[0].pub })
        #expect(first.depositValue == amount("0.44"))
        #expect(first.depositFee == amount("0.01"))
        #expect(first.refundTotal == amount("0.2"))
        let second = try #require(details.deposits.first { $0.coinPub == coins[1].pub })
        #expect(second.depositValue.isZero)
        #expect(second.depositFee.isZero)
        #expect(second.refundTotal == amount("1.28"))
    }

    @Test func whatRefundsLeaveBelowTheDepositFeeIsKept() async throws {
        let (fixture, coin) = try await paid()
        let other = try await fixture.coin(row: 2)
        #expect(try await fixture.deposit(purchase.request([other])).status == 200)
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.635"))).status == 200)
        #expect(try await fixture.aggregate(dueBy: .never).paid.map(\.amount) == [amount("0.62")])
    }

    @Test func aPaidDepositIsConfirmedWithoutItsRefunds() async throws {
        let (fixture, coin) = try await paid()
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2"))).status == 200)
        fixture.passDeadline()
        let payout = try #require(try await fixture.aggregate().paid.first)
        let response = await fixture.get(purchase.trackTarget(coin.pub))
        try expect(response, like: "91-deposits-200")
        let answer: DepositWired = try response.json().decode()
        #expect(answer.wireTransferID == payout.wireTransferID)
        #expect(answer.executionTime == fixture.clock.now())
        #expect(answer.coinContribution == amount("0.63"))
        let statement = WireConfirmation(
            wireHash: purchase.wireHash, contractHash: purchase.contract, wireTransferID: payout.wireTransferID, coinPub: coin.pub,
            executionTime: answer.executionTime, coinContribution: amount("0.63"))
        #expect(statement.isValid(answer.exchangeSignature, by: answer.exchangePub))
    }

    @Test func aTransferIsListedWithTheExchangesSignature() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("1.28")])
        #expect(try await fixture.deposit(purchase.request(coins)).status == 200)
        #expect(try await fixture.refund(coins[0].pub, purchase.refund(coins[0].pub, amount("0.2"))).status == 200)
        fixture.passDeadline()
        let payout = try #require(try await fixture.aggregate().paid.first)
        let response = await fixture.get("/transfers/\(payout.wireTransferID)")
        try expect(response, like: "92-transfers")
        let answer: TransferDetails = try response.json().decode()
        #expect(answer.total == amount("1.69"))
        #expect(answer.wireFee == amount("0.01"))
        #expect(answer.merchantPub == purchase.merchant.publicKey())
        #expect(answer.deposits.allSatisfy { $0.contractHash == purchase.contract })
        #expect(Set(answer.deposits.map(\.coinPub)) == Set(coins.map(\.pub)))
        #expect(try response.json()["deposits"]?.arrayValue?.filter { $0["refund_total"] != nil }.count == 1)
        let details = answer.deposits.map {
            WireDepositDetail(
                contractHash: $0.contractHash, executionTime: answer.executionTime, coinPub: $0.coinPub, depositValue: $0.depositValue,
                depositFee: $0.depositFee)
        }
        let statement = WireDepositData(
            total: amount("1.69"), wireFee: amount("0.01"), merchantPub: purchase.merchant.publicKey(),
            paytoHash: PaytoHash(of: try PaytoURI(purchase.payto)), detailsHash: HashCode(ofDetails: details))
        #expect(statement.isValid(answer.exchangeSignature, by: answer.exchangePub))
    }

    @Test func unknownAndMalformedTransfersAreRefusedAsARealExchangeDoes() async throws {
        let fixture = try await Fixture()
        try expect(await fixture.get("/transfers/\(WireTransferID.zero)"), like: "94-transfers-unknown")
        try expect(await fixture.get("/transfers/XYZ"), like: "95-transfers-malformed")
    }

    @Test func whoWaitsIsToldOfTheTransfer() async throws {
        let (fixture, coin) = try await paid()
        async let answer = fixture.get(purchase.trackTarget(coin.pub, "&timeout_ms=60000&lpt=2"))
        while fixture.service.bells.deposits.listenerCount == 0 { await Task.yield() }
        try await fixture.aggregate(dueBy: .never)
        try expect(await answer, like: "90-deposits-lpt-2")
    }

    @Test func whatIsPaidCanNoLongerBeRefunded() async throws {
        let (fixture, coin) = try await paid()
        let early = purchase.refund(coin.pub, amount("0.2"), id: 1)
        #expect(try await fixture.refund(coin.pub, early).status == 200)
        fixture.passDeadline()
        // Past its deadline a refund is possible as long as the money is here.
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.1"), id: 2)).status == 200)
        try await fixture.aggregate()
        try expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.1"), id: 3)), like: "96-refund-after-wire")
        #expect(try await fixture.refund(coin.pub, early).status == 200)
    }

    @Test func aPaidDepositCanBeRepeated() async throws {
        let (fixture, coin) = try await paid()
        fixture.passDeadline()
        try await fixture.aggregate()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        #expect(try await fixture.aggregate() == PayoutReport())
    }

    private func paid() async throws -> (Fixture, TestCoin) {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        return (fixture, coin)
    }
}
