// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantBackend
import MerchantStore
import TalerCrypto
import TalerWire
import TestSupport
import TestVectors
import Testing

/// Whatever happens between the backend and the exchange: a refund is given once, and what cannot be given stays visible.
struct RefundFaultTests {
    let paid: PaidContract
    var merchant: Merchant { paid.merchant }

    init() async throws { paid = try await PaidContract() }

    func fault(_ response: Response) -> FaultySender.Fault { .instead(response) }

    @Test func aLostAnswerIsAskedForAgainAndTheMoneyIsGivenOnce() async throws {
        merchant.wire.plan(.answerLost, for: "/refund")
        let first = try await paid.refunded("0.2")
        #expect(first.refunds.map(\.status) == [.open])
        #expect(first.givenAmount.isZero)
        let again = try await paid.refunded("0.2")
        #expect(again.refunds.map(\.status) == [.accepted])
        #expect(again.refunds.map(\.refundTransactionID) == first.refunds.map(\.refundTransactionID))
        #expect(try await paid.spend(paid.coins[0], "0.34").code == 1012)
        #expect(try await paid.spend(paid.coins[0], "0.33").status == 200)
    }

    @Test func anOpenRefundEndsByItself() async throws {
        merchant.wire.plan(.unreachable, for: "/refund")
        merchant.wire.plan(.timeout, for: "/refund")
        merchant.refundRetries.open()
        _ = await paid.refund("0.2")
        #expect(try await paid.settledList().refunds.map(\.status) == [.accepted])
        #expect(merchant.wire.count("/refund") == 3)
        #expect(merchant.refundRetries.asked == [1, 2])
    }

    @Test func aRefundThatGetsNoAnswerDoesNotHoldUpOthersOfItsExchange() async throws {
        let paid = try await PaidContract(merchant, price: "1", coins: [("0.64", "0.64"), ("0.64", "0.38")], transactionID: 2)
        for _ in 0..<3 { merchant.wire.plan(fault(Response(status: 503)), for: "\(paid.coins[0].pub)/refund") }
        for _ in 0..<3 { _ = await paid.refund("1") }
        #expect(try await paid.list().refunds.map(\.status) == [.open, .accepted])
        #expect(merchant.wire.count("\(paid.coins[1].pub)/refund") == 1)
    }

    @Test func anotherProcessTakesUpWhatWasOpen() async throws {
        merchant.wire.plan(.answerLost, for: "/refund")
        _ = await paid.refund("0.2")
        await merchant.service.stop()
        let heir = try await Merchant(exchange: merchant.exchange, store: merchant.store, key: merchant.key)
        #expect(try await heir.service.refunds.carrier.resume() == 1)
        var list: RefundList
        repeat {
            list = try await heir.send(.get, "/refund?H_contract=\(paid.contract.contractHash)&timeout_ms=60000").json().decode()
        } while list.refunds.contains { $0.status == .open }
        #expect(list.refunds.map(\.status) == [.accepted])
        #expect(try await heir.store.openRefunds().isEmpty)
    }

    @Test func aPartThatWasWrittenDownAndNeverSentIsSentByTheNextProcess() async throws {
        let stored = try #require(try await merchant.store.contract(paid.contract.contractHash))
        let book = try await merchant.store.recordRefund(
            of: stored, to: amount("0.2"), reason: "", fees: [:], step: amount("0.01"), now: merchant.exchange.clock.now()
        ).get()
        #expect(book.parts.map(\.state) == [.open])
        await merchant.service.refunds.carrier.carry(try await merchant.store.openRefunds())
        #expect(try await paid.list().refunds.map(\.status) == [.accepted])
    }

    /// What an exchange of GNU Taler answered.
    @Test(arguments: [
        ("protocol23/96-refund-after-wire", 410, 1503), ("protocol23/80-refund-too-much", 409, 1501),
        ("protocol23/78-refund-same-id-other-amount", 424, 1510), ("protocol23/83-refund-unknown-contract", 404, 1502),
        ("protocol23/82-refund-unknown-coin", 404, 1005), ("protocol23/81-refund-bad-sig", 403, 1506),
        ("protocol23/86-refund-missing-field", 400, 22),
    ]) func aRefusalIsKeptForEverAndVisible(path: String, status: Int, code: Int64) async throws {
        let body = try #require(try Transcript.json(path)["response"]?["body"])
        merchant.wire.plan(fault(Response(status: status, json: body)), for: "/refund")
        let list = try await paid.refunded("0.2")
        #expect(list.refunds.map(\.status) == [.failed])
        #expect(list.refunds.first?.code == code)
        #expect(list.refunds.first?.exchangeStatus == status)
        #expect(list.failedAmount == amount("0.2"))
        #expect(list.givenAmount.isZero)
        #expect(try await paid.refunded("0.2") == list)
        #expect(merchant.wire.count("/refund") == 1)
        #expect(try await paid.order().refunds?.map(\.status) == [.failed])
        #expect(try await paid.order().state == .paid)
        #expect(try await merchant.store.failedRefunds().map(\.amount) == [amount("0.2")])
        // Whoever keeps the shop is told which.
        let status = await merchant.send(.get, "/status")
        let finding = try status.json()["findings"]?.arrayValue?.first { $0["id"] == "refunds-failed" }
        let line = finding?["details"]?.arrayValue?.first?.stringValue ?? ""
        #expect(line.contains("KUDOS:0.2") && line.contains(paid.contract.contractHash.base32) && line.contains("\(code)"), "\(line)")
        // The coin gives nothing back any more, and there is no other.
        #expect(await paid.refund("0.5").code == 2530)
    }

    @Test func whatTheExchangeHasWiredIsNotGivenBack() async throws {
        _ = await paid.refund("0.2")
        _ = try await merchant.exchange.aggregate(dueBy: .never)
        let list = try await paid.refunded("0.5")
        #expect(list.refunds.map(\.status) == [.accepted, .failed])
        #expect(list.refunds.last?.exchangeStatus == 410)
        #expect(list.refunds.last?.code == 1503)
        #expect(list.givenAmount == amount("0.2"))
        #expect(try await paid.order().state != .refunded)
    }

    @Test func aRefundThatGotThroughBeforeTheTransferIsConfirmedAfterIt() async throws {
        merchant.wire.plan(.answerLost, for: "/refund")
        _ = await paid.refund("0.2")
        _ = try await merchant.exchange.aggregate(dueBy: .never)
        #expect(try await paid.refunded("0.2").refunds.map(\.status) == [.accepted])
    }

    @Test func aLaterRefundDoesNotMakeUpForAFailedPart() async throws {
        let paid = try await PaidContract(merchant, price: "1", coins: [("0.64", "0.64"), ("0.64", "0.38")], transactionID: 2)
        merchant.wire.plan(fault(Response(status: 410, json: ["code": 1503, "hint": "wired"])), for: "/refund")
        _ = await paid.refund("0.3")
        let list = try await paid.refunded("0.5")
        #expect(list.refunds.map(\.status) == [.failed, .accepted])
        #expect(list.refunds.map(\.refundAmount) == [amount("0.3"), amount("0.2")])
        #expect(list.refunds.map(\.coinPub) == paid.coins.map(\.pub))
        let answer = await paid.refund("1")
        #expect(answer.code == 2530)
        #expect(try answer.json()["refundable"] == "KUDOS:0.68")
        #expect(try await paid.refunded("0.68").givenAmount == amount("0.38"))
        #expect(try await paid.order().state == .paid)
    }

    @Test(arguments: [
        Response(status: 500, json: ["code": 53]), Response(status: 200, type: "text/html", text: "<h1>captive portal"),
        Response(status: 403, type: "text/html", text: "<h1>forbidden"), Response(status: 302), Response(status: 200, json: [:]),
        Response(status: 404, json: ["code": 21]), Response(status: 451, json: ["code": 1028]), Response(status: 503),
        Response(status: 200, json: ["exchange_sig": .string(EdDSASignature.zero.base32), "exchange_pub": "x"]),
    ]) func nonsenseIsNoOutcome(response: Response) async throws {
        merchant.wire.plan(fault(response), for: "/refund")
        let list = try await paid.refunded("0.2")
        #expect(list.refunds.map(\.status) == [.open])
        #expect(try await paid.order().refunds?.first?.details?.lastError != nil)
        #expect(try await paid.refunded("0.2").refunds.map(\.status) == [.accepted])
    }

    @Test(arguments: ["exchange_sig", "exchange_pub", "both"]) func aLieIsNotBelieved(member: String) async throws {
        let liar = EdDSAPrivateKey()
        merchant.wire.plan(
            .changed { response in
                guard case .object(var object)? = try? response.json() else { return response }
                if member != "exchange_pub" { object["exchange_sig"] = liar.sign(PaymentConfirmation(contractHash: .zero)).json }
                if member != "exchange_sig" { object["exchange_pub"] = liar.publicKey(as: ExchangePublicKey.self).json }
                return Response(status: 200, json: .object(object))
            }, for: "/refund")
        let list = try await paid.refunded("0.2")
        #expect(list.refunds.map(\.status) == [.open])
        #expect(list.refunds.first?.exchangeSignature == nil)
        #expect(try await paid.refunded("0.2").refunds.map(\.status) == [.accepted])
    }

    @Test func theConfirmationOfAnotherRefundIsNotBelieved() async throws {
        let other = try await PaidContract(merchant, transactionID: 2)
        let list = try await other.refunded("0.2")
        let part = try #require(list.refunds.first)
        merchant.wire.plan(
            fault(
                Response(
                    status: 200,
                    json: ["exchange_sig": try #require(part.exchangeSignature).json, "exchange_pub": try #require(part.exchangePub).json])),
            for: "/refund")
        #expect(try await paid.refunded("0.2").refunds.map(\.status) == [.open])
    }

    @Test func anAnswerThatNeverChangesIsReportedAsStuckAndStillAskedFor() async throws {
        let body = try #require(try Transcript.json("protocol23/84-refund-below-fee")["response"]?["body"])
        for _ in 0..<12 {
            merchant.wire.plan(fault(Response(status: 500, json: body)), for: "/refund")
            _ = await paid.refund("0.2")
            merchant.exchange.clock.advance(bySeconds: 6 * 3600)
        }
        let list = try await paid.list()
        #expect(list.refunds.map(\.status) == [.stuck])
        #expect(try await paid.order().refunds?.first?.details?.lastError?.contains("status 500, code 53") == true)
        #expect(try await merchant.store.openRefunds().first?.isStuck(at: merchant.exchange.clock.now()) == true)
        #expect(try await paid.refunded("0.2").refunds.map(\.status) == [.accepted])
    }

    @Test func anExchangeThatDoesNotAnswerIsAskedOnceForAllItsCoins() async throws {
        let paid = try await PaidContract(merchant, price: "1", coins: [("0.64", "0.64"), ("0.64", "0.38")], transactionID: 2)
        merchant.wire.plan(.unreachable, for: "/refund")
        #expect(try await paid.refunded("1").refunds.map(\.status) == [.open, .open])
        #expect(merchant.wire.count("/refund") == 1)
        #expect(try await paid.refunded("1").refunds.map(\.status) == [.accepted, .accepted])
        #expect(try await paid.order().state == .refunded)
    }

    @Test func oneCoinInDoubtDoesNotHoldUpTheOthers() async throws {
        let paid = try await PaidContract(merchant, price: "1", coins: [("0.64", "0.64"), ("0.64", "0.38")], transactionID: 2)
        merchant.wire.plan(fault(Response(status: 500, json: ["code": 50])), for: "\(paid.coins[0].pub)/refund")
        let list = try await paid.refunded("1")
        #expect(list.refunds.map(\.status) == [.open, .accepted])
        #expect(list.givenAmount == amount("0.38"))
        #expect(try await paid.order().state == .paid)
    }

    @Test func aRefusalAfterALostAnswerIsMarked() async throws {
        merchant.wire.plan(.answerLost, for: "/refund")
        _ = await paid.refund("0.2")
        merchant.wire.plan(fault(Response(status: 410, json: ["code": 1503, "hint": "wired"])), for: "/refund")
        #expect(try await paid.refunded("0.2").refunds.map(\.status) == [.failed])
        #expect(try await paid.order().refunds?.first?.details?.mayHaveReached == true)
    }
}
