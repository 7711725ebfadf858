// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantBackend
import MerchantStore
import TalerCrypto
import TalerWire
import Testing

/// Whatever happens between the backend and the exchange: nothing is lost, taken twice or pretended.
struct PaymentFaultTests {
    let merchant: Merchant
    let contract: ContractResponse
    let permission: DepositPermission

    init() async throws {
        merchant = try await Merchant()
        contract = try await merchant.contract()
        permission = try await merchant.permission(contract, [(merchant.exchange.coin("0.64"), "0.5")])
    }

    @Test func aLostAnswerIsNotKnownAndThePaymentSettlesByItself() async throws {
        merchant.wire.plan(.answerLost)
        merchant.retries.open()
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 502)
        #expect(answer.code == 2170)
        var order = try await merchant.order(contract, wait: true)
        while order.state == .paying { order = try await merchant.order(contract, wait: true) }
        #expect(order.state == .paid)
        #expect(order.deposits.count == 1)
        #expect(try await merchant.pay(permission).status == 200)
    }

    @Test func theSamePermissionSentAgainAsksAtOnce() async throws {
        merchant.wire.plan(.timeout)
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 504)
        #expect(answer.code == 2011)
        #expect(try await merchant.order(contract).state == .paying)
        #expect(try await merchant.pay(permission).status == 200)
    }

    @Test func otherCoinsAreRefusedWhileNothingIsKnown() async throws {
        merchant.wire.plan(.answerLost)
        _ = try await merchant.pay(permission)
        let other = try await merchant.permission(contract, [(merchant.exchange.coin("0.64", row: 2), "0.5")])
        #expect(try await merchant.pay(other).code == 2160)
        #expect(merchant.wire.count() == 1)
    }

    @Test func anotherProcessTakesUpWhatWasOpen() async throws {
        merchant.wire.plan(.answerLost)
        _ = try await merchant.pay(permission)
        await merchant.service.depositor.stop()
        let heir = try await Merchant(exchange: merchant.exchange, store: merchant.store, key: merchant.key)
        #expect(try await heir.service.depositor.resume() == 1)
        var order = try await heir.order(contract)
        while order.state == .paying { order = try await heir.order(contract, wait: true) }
        #expect(order.state == .paid)
    }

    @Test func anUnreachableExchangeTakesNothing() async throws {
        merchant.wire.plan(.unreachable)
        #expect(try await merchant.pay(permission).code == 2170)
        #expect(try await merchant.order(contract).state == .paying)
        #expect(try await merchant.pay(permission).status == 200)
    }

    @Test(arguments: ["exchange_sig", "exchange_pub", "exchange_timestamp"]) func alteredConfirmationsAreNotBelieved(member: String)
        async throws
    {
        merchant.wire.plan(
            .changed { response in
                guard case .object(var object)? = try? response.json() else { return response }
                switch member {
                case "exchange_sig": object[member] = EdDSASignature.zero.json
                case "exchange_pub": object[member] = EdDSAPrivateKey().publicKey(as: ExchangePublicKey.self).json
                default: object[member] = ["t_s": 1]
                }
                return Response(status: 200, json: .object(object))
            })
        if member == "exchange_pub" {
            // A key that is not known may be a new one: the keys are fetched anew and the batch is sent once more.
            #expect(try await merchant.pay(permission).status == 200)
            #expect(merchant.wire.count() == 2)
        } else {
            let answer = try await merchant.pay(permission)
            #expect(answer.status == 502)
            #expect(answer.code == 2013)
            #expect(try await merchant.order(contract).state == .paying)
            #expect(try await merchant.pay(permission).status == 200)
        }
    }

    @Test func keysAreFetchedAnewAtEachAttemptThatNeedsThem() async throws {
        let stranger = EdDSAPrivateKey().publicKey(as: ExchangePublicKey.self).json
        let byStranger = FaultySender.Fault.changed { response in
            guard case .object(var object)? = try? response.json() else { return response }
            object["exchange_pub"] = stranger
            return Response(status: 200, json: .object(object))
        }
        merchant.wire.plan(byStranger)
        merchant.wire.plan(byStranger)
        #expect(try await merchant.pay(permission).code == 2013)
        merchant.wire.plan(byStranger)
        #expect(try await merchant.pay(permission).status == 200)
        #expect(merchant.wire.count() == 4)
    }

    @Test func aDatabaseThatFailsIsNotAskedEverySecond() async throws {
        let folder = try ScratchFolder()
        let merchant = try await Merchant(exchange: merchant.exchange, store: .open(at: folder.path + "/merchant.sqlite"))
        let contract = try await merchant.contract()
        let permission = try await merchant.permission(contract, [(merchant.exchange.coin("0.64", row: 2), "0.5")])
        merchant.wire.plan(.instead(Response(status: 200, json: [:])))
        _ = try await merchant.pay(permission)
        let intent = try #require(try await merchant.store.openIntents().first)
        merchant.store.close()
        for _ in 0..<3 { await #expect(throws: MerchantStoreError.self) { try await merchant.service.depositor.outcome(of: intent) } }
        #expect(merchant.retries.asked == [1, 2, 3, 4])
    }

    @Test(arguments: [
        Response(status: 500, json: ["code": 55]), Response(status: 200, type: "text/html", text: "<h1>captive portal"),
        Response(status: 403, type: "text/html", text: "<h1>forbidden"), Response(status: 302), Response(status: 200, json: [:]),
    ]) func nonsenseIsNoOutcome(response: Response) async throws {
        merchant.wire.plan(.instead(response))
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 502)
        #expect(answer.code == 2013)
        #expect(try await merchant.order(contract).state == .paying)
        #expect(try await merchant.pay(permission).status == 200)
    }

    @Test func theSellersIdentityCheckIsExplained() async throws {
        merchant.wire.plan(.instead(Response(status: 451, json: ["code": 1028, "hint": "KYC", "requirement_row": 5])))
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 451)
        #expect(answer.code == 2186)
        #expect(try answer.json()["exchange_reply"]?["requirement_row"] == 5)
        #expect(try await merchant.order(contract).state == .refused)
        #expect(try await merchant.pay(permission).status == 200)
    }

    @Test func aRequestThatTheExchangeDoesNotUnderstandIsOurFault() async throws {
        merchant.wire.plan(.instead(Response(status: 400, json: ["code": 22, "hint": "what?"])))
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 502)
        #expect(answer.code == 2170)
        #expect(try answer.json()["exchange_reply"]?["code"] == 22)
    }
}
