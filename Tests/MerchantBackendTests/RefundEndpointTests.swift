// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import TalerCrypto
import TalerWire
import Testing
import TestSupport

struct RefundEndpointTests {
    @Test func halfAndThenAllIsGivenBackAndCanBeSpentAgain() async throws {
        let paid = try await PaidContract()
        let half = try await paid.refunded("0.25")
        #expect(half.refundAmount == amount("0.25"))
        #expect(half.givenAmount == amount("0.25"))
        #expect(half.refunds.map(\.status) == [.accepted])
        #expect(try await paid.order().state == .paid)
        #expect(try await paid.spend(paid.coins[0], "0.39").code == 1012)
        #expect(try await paid.spend(paid.coins[0], "0.3").status == 200)

        let all = try await paid.refunded("0.5")
        #expect(all.refundAmount == amount("0.5"))
        #expect(all.refunds.map(\.refundAmount) == [amount("0.25"), amount("0.25")])
        #expect(Set(all.refunds.map(\.refundTransactionID)).count == 2)
        let order = try await paid.order()
        #expect(order.state == .refunded)
        #expect(order.refundAmount == amount("0.5"))
        #expect(order.refunds?.map(\.details?.reason) == ["broken", "broken"])
        #expect(try await paid.spend(paid.coins[0], "0.3").status == 200)
    }

    @Test func theExchangesSignatureIsHandedToTheWallet() async throws {
        let paid = try await PaidContract()
        _ = await paid.refund("0.2")
        let list = try await paid.list()
        #expect(list.contractHash == paid.contract.contractHash)
        let merchantPub = try #require(list.merchantPub)
        let part = try #require(list.refunds.first)
        #expect(part.details == nil)
        let confirmation = RefundConfirmation(
            contractHash: paid.contract.contractHash, coinPub: part.coinPub, merchantPub: merchantPub,
            refundTransactionID: part.refundTransactionID, refundAmount: part.refundAmount)
        #expect(confirmation.isValid(try #require(part.exchangeSignature), by: try #require(part.exchangePub)))
    }

    @Test func theSameAmountAgainAsksForNothingNew() async throws {
        let paid = try await PaidContract()
        let first = try await paid.refunded("0.2")
        #expect(try await paid.refunded("0.2") == first)
        #expect(paid.merchant.wire.count("/refund") == 1)
    }

    @Test func aSmallerAmountChangesNothing() async throws {
        let paid = try await PaidContract()
        let first = try await paid.refunded("0.2")
        #expect(try await paid.refunded("0.1") == first)
        #expect(try await paid.refunded("0") == first)
    }

    @Test func ofManyRefundsAtOnceTheGreatestIsGiven() async throws {
        let paid = try await PaidContract()
        let lists = try await withThrowingTaskGroup(of: RefundList.self) { group in
            for cents in stride(from: 10, to: 50, by: 2) { group.addTask { try await paid.refunded("0.\(cents)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(lists.count == 20)
        let list = try await paid.settledList()
        #expect(list.refundAmount == amount("0.48"))
        #expect(list.givenAmount == list.refundAmount)
    }

    @Test func aRefundIsDividedAmongCoins() async throws {
        let paid = try await PaidContract(price: "1", coins: [("0.64", "0.64"), ("0.64", "0.38")])
        let list = try await paid.refunded("0.7")
        #expect(list.refunds.map(\.refundAmount) == [amount("0.64"), amount("0.06")])
        #expect(list.refunds.map(\.coinPub) == paid.coins.map(\.pub))
    }

    @Test func theWholePriceGivesBackTheFeesThatTheBuyerBoreToo() async throws {
        let paid = try await PaidContract(price: "1", coins: [("0.64", "0.64"), ("0.64", "0.38")])
        let list = try await paid.refunded("1")
        #expect(list.refundAmount == amount("1"))
        #expect(list.givenAmount == amount("1.02"))
        #expect(try await paid.order().state == .refunded)
        // Only the refund fee is gone.
        #expect(try await paid.spend(paid.coins[0], "0.63").status == 200)
    }

    @Test func theContractCanBeNamedByItsTransactionID() async throws {
        let paid = try await PaidContract(transactionID: 77)
        let answer = await paid.merchant.send(.post, "/refund", ["transaction_id": 77, "refund": "KUDOS:0.2"])
        #expect(answer.status == 200)
        let list: RefundList = try await paid.merchant.send(.get, "/refund?transaction_id=77").json().decode()
        #expect(list.refundAmount == amount("0.2"))
    }

    @Test func aContractWithoutRefundsHasAnEmptyList() async throws {
        let list = try await PaidContract().list()
        #expect(list.refunds.isEmpty)
        #expect(list.refundAmount.isZero)
    }

    @Test func unknownContractsAreRefused() async throws {
        let merchant = try await Merchant()
        let order: JSONValue = ["H_contract": ContractHash.random().json, "refund": "KUDOS:1"]
        let answer = await merchant.send(.post, "/refund", order)
        #expect(answer.status == 404)
        #expect(answer.code == 2005)
        #expect(await merchant.send(.get, "/refund?transaction_id=9").code == 2005)
        #expect(await merchant.send(.get, "/refund").code == 25)
        #expect(await merchant.send(.get, "/refund?H_contract=x").code == 26)
        #expect(await merchant.send(.get, "/refund?transaction_id=9", token: nil).status == 401)
        #expect(await merchant.send(.post, "/refund", order, token: nil).status == 401)
    }

    @Test func unpaidContractsAreRefused() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let answer = await merchant.send(.post, "/refund", ["H_contract": contract.contractHash.json, "refund": "KUDOS:0.1"])
        #expect(answer.status == 409)
        #expect(answer.code == 2531)
    }

    @Test(arguments: ["0.51", "0.01", "500"]) func whatCannotBeGivenBackIsRefusedBeforeAnybodyIsAsked(digits: String) async throws {
        let paid = try await PaidContract()
        let answer = await paid.refund(digits)
        #expect(answer.status == 409)
        #expect(answer.code == 2530)
        #expect(try answer.json()["refundable"] == "KUDOS:0.5")
        #expect(paid.merchant.wire.count("/refund") == 0)
        #expect(try await paid.list().refunds.isEmpty)
    }

    @Test func anotherCurrencyIsRefused() async throws {
        let paid = try await PaidContract()
        let answer = await paid.merchant.send(
            .post, "/refund", ["H_contract": paid.contract.contractHash.json, "refund": "EUR:0.1"])
        #expect(answer.status == 400)
        #expect(answer.code == 30)
    }

    @Test(
        arguments: [
            (["refund": "KUDOS:0.1"], "H_contract"), (["H_contract": "x", "refund": "KUDOS:0.1"], "H_contract"),
            (["transaction_id": 1], "refund"), (["transaction_id": 1, "refund": "KUDOS:-1"], "refund"),
            (["transaction_id": 1, "refund": "KUDOS:0.105"], "refund"),
            (["transaction_id": 1, "refund": "KUDOS:0.1", "reason": .string(String(repeating: "x", count: 1001))], "reason"),
            (["transaction_id": 1, "refund": "KUDOS:0.1", "reason": 5], "reason"),
            (["transaction_id": 1, "H_contract": "WRONG", "refund": "KUDOS:0.1"], "transaction_id"),
        ] as [(JSONObject, String)]) func requestsThatAreNotAsTheyMustBeAreRefused(order: JSONObject, field: String) async throws
    {
        let paid = try await PaidContract()
        var order = order
        if order["H_contract"] == "WRONG" {
            order["H_contract"] = try await paid.merchant.contract(2).contractHash.json
        }
        let answer = await paid.merchant.send(.post, "/refund", .object(order))
        #expect(answer.status == 400)
        #expect(answer.code == 22)
        #expect(try answer.json()["field"] == .string(field))
    }

    @Test func aContractWithoutARefundDeadlineAllowsNone() async throws {
        let merchant = try await Merchant()
        var proposition = Propositions.make(transactionID: 5, now: merchant.exchange.clock.now())
        proposition["refund_deadline"] = "/Date(0)/"
        let contract: ContractResponse = try await merchant.send(.post, "/contract", ["contract": .object(proposition)]).json().decode()
        let coin = try await merchant.exchange.coin()
        #expect(try await merchant.pay(merchant.permission(contract, [(coin, "0.5")])).status == 200)
        let answer = await merchant.send(.post, "/refund", ["transaction_id": 5, "refund": "KUDOS:0.5"])
        #expect(answer.status == 403)
        #expect(answer.code == 2532)
    }

    @Test func afterTheDeadlineNothingMoreIsGivenButARepeatIsAnswered() async throws {
        let paid = try await PaidContract()
        let first = try await paid.refunded("0.2")
        paid.merchant.exchange.clock.advance(bySeconds: 86_400)
        #expect(try await paid.refunded("0.3").refunds.count == 2)
        paid.merchant.exchange.clock.advance(bySeconds: 1)
        let answer = await paid.refund("0.5")
        #expect(answer.status == 410)
        #expect(answer.code == 2169)
        #expect(try await paid.refunded("0.2").refunds.count == 2)
        #expect(first.refunds.count == 1)
    }
}
