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
import TestSupport

/// What follows when an attempt stayed without an answer and the next one is refused.
struct PaymentDoubtTests {
    let merchant: Merchant
    let contract: ContractResponse
    let permission: DepositPermission

    init() async throws {
        merchant = try await Merchant()
        contract = try await merchant.contract()
        permission = try await merchant.permission(contract, [(merchant.exchange.coin("0.64"), "0.5")])
    }

    static let refusals: [(status: Int, code: Int64)] = [(410, 1009), (451, 1028), (404, 1005), (409, 1012), (403, 1205), (400, 22)]

    /// The next attempt is refused; 404 and 410 are believed only when they come again with fresh keys.
    private func refuse(_ status: Int, _ code: Int64) {
        let refusal = Response(status: status, json: ["code": .integer(code), "hint": "no"])
        for _ in 0..<(status == 404 || status == 410 ? 2 : 1) { merchant.wire.plan(.instead(refusal)) }
    }

    private func deposit() async throws -> OrderStatus.Deposit { try #require(try await merchant.order(contract).deposits.first) }

    @Test(arguments: refusals) func aDepositThatWasAcceptedWhileItsAnswerWasLostIsPaidWhateverItsRepeatGets(
        status: Int, code: Int64
    ) async throws {
        merchant.wire.plan(.answerLost)
        #expect(try await merchant.pay(permission).status == 502)
        refuse(status, code)
        #expect(try await merchant.pay(permission).status == 200)
        #expect(try await merchant.order(contract).state == .paid)
        #expect(try await deposit().state == .unconfirmed)
        #expect(try await merchant.exchange.deposits(for: contract.contractHash).count == 1)
        // The next process gets the signature that is missing.
        let heir = try await Merchant(exchange: merchant.exchange, store: merchant.store, key: merchant.key)
        #expect(try await heir.service.depositor.resume() == 1)
        try await eventually { try await heir.order(contract).deposits.first?.state == .accepted }
        #expect(try await heir.order(contract).deposits.first?.exchangeSignature != nil)
        #expect(try await merchant.exchange.deposits(for: contract.contractHash).count == 1)
    }

    @Test func anUnconfirmedPaymentIsAnsweredFromTheStore() async throws {
        merchant.wire.plan(.answerLost)
        _ = try await merchant.pay(permission)
        refuse(451, 1028)
        let first = try await merchant.pay(permission)
        #expect(first.status == 200)
        let count = merchant.wire.count()
        #expect(try await merchant.pay(permission) == first)
        #expect(merchant.wire.count() == count)
    }

    @Test func whatTheExchangeHasWiredMeanwhileIsSettledByItsSignature() async throws {
        merchant.wire.plan(.answerLost)
        _ = try await merchant.pay(permission)
        merchant.exchange.clock.advance(bySeconds: 90_000)
        _ = try await merchant.exchange.aggregate()
        refuse(410, 1009)
        #expect(try await merchant.pay(permission).status == 200)
        #expect(try await merchant.order(contract).state.isPaid)
        #expect(try await deposit().state == .accepted)
        let stored = try #require(try await merchant.store.contract(contract.contractHash))
        let intent = try #require(try await merchant.store.intents(of: stored).first)
        #expect(intent.state == .accepted(nil))
        #expect(intent.coins.first?.wire?.contribution == amount("0.49"))
    }

    @Test(arguments: refusals) func aDepositThatIsNotThereStaysOpenUntilTheWireDeadlineHasPassed(status: Int, code: Int64) async throws {
        merchant.wire.plan(.timeout)
        #expect(try await merchant.pay(permission).status == 504)
        refuse(status, code)
        #expect(try await merchant.pay(permission).status == 502)
        #expect(try await merchant.order(contract).state == .paying)
        merchant.exchange.clock.advance(bySeconds: 86_500)
        refuse(status, code)
        let answer = try await merchant.pay(permission)
        #expect(answer.status == (status == 400 ? 502 : status))
        #expect(try await merchant.order(contract).deposits.first?.state == .refused)
        #expect(try await merchant.exchange.deposits(for: contract.contractHash).isEmpty)
    }

    @Test func aTransferThatTheExchangeDidNotSignIsNotBelieved() async throws {
        merchant.wire.plan(.answerLost)
        _ = try await merchant.pay(permission)
        merchant.exchange.clock.advance(bySeconds: 90_000)
        _ = try await merchant.exchange.aggregate()
        refuse(403, 1205)
        merchant.wire.plan(
            .changed { response in
                guard case .object(var object)? = try? response.json() else { return response }
                object["coin_contribution"] = "KUDOS:0.48"
                return Response(status: 200, json: .object(object))
            }, containing: "/deposits/")
        #expect(try await merchant.pay(permission).status == 502)
        #expect(try await merchant.order(contract).state == .paying)
    }

    @Test func anExchangeThatKnowsNothingOfItsDepositsIsAskedAgain() async throws {
        merchant.wire.plan(.answerLost)
        _ = try await merchant.pay(permission)
        for answer in [
            Response(status: 404, json: ["code": 21]), Response(status: 202, type: "text/html", text: "<p>"), Response(status: 500),
        ] {
            refuse(403, 1205)
            merchant.wire.plan(.instead(answer), containing: "/deposits/")
            #expect(try await merchant.pay(permission).status == 502)
            #expect(try await merchant.order(contract).state == .paying)
        }
        refuse(403, 1205)
        #expect(try await merchant.pay(permission).status == 200)
    }

    @Test func redirectsWithinTheExchangeAreFollowed() async throws {
        merchant.wire.plan(.instead(Response(status: 307, fields: ["Location": "/batch-deposit"])))
        merchant.wire.plan(.instead(Response(status: 308, fields: ["Location": "http://exchange.test/batch-deposit"])))
        #expect(try await merchant.pay(permission).status == 200)
        #expect(merchant.wire.count() == 3)
    }

    @Test(arguments: ["http://evil.test/batch-deposit", "https://exchange.test/batch-deposit", "file:///etc/passwd", ""])
    func redirectsToOthersAreNotFollowedAndNoOutcome(location: String) async throws {
        merchant.wire.plan(.instead(Response(status: 307, fields: ["Location": location])))
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 502)
        #expect(answer.code == 2013)
        #expect(merchant.wire.count() == 1)
        #expect(try await merchant.order(contract).state == .paying)
        #expect(try await merchant.pay(permission).status == 200)
    }

    @Test func whereTheExchangeWantsToBeAskedIsKept() async throws {
        for (base, kept) in [("http://exchange.test/tracking/", "http://exchange.test/tracking/"), ("http://evil.test/", nil)] {
            let contract = try await merchant.contract(kept == nil ? 2 : 3)
            let coin = try await merchant.exchange.coin("0.64", row: kept == nil ? 2 : 3)
            merchant.wire.plan(
                .changed { response in
                    guard case .object(var object)? = try? response.json() else { return response }
                    object["transaction_base_url"] = .string(base)
                    return Response(status: 200, json: .object(object))
                })
            #expect(try await merchant.pay(merchant.permission(contract, [(coin, "0.5")])).status == 200)
            let stored = try #require(try await merchant.store.contract(contract.contractHash))
            #expect(try await merchant.store.intents(of: stored).first?.transactionBaseURL == kept)
        }
    }

    @Test func aNeedForIdentificationIsKeptUntilADepositIsAccepted() async throws {
        merchant.wire.plan(
            .instead(Response(status: 451, json: ["code": 1028, "hint": "KYC", "requirement_row": 5, "bad_kyc_auth": true])))
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 451)
        #expect(answer.code == 2186)
        let need = try #require(try await merchant.store.kycNeeds().first)
        #expect(need.exchangeURL == "http://exchange.test/")
        #expect(need.requirementRow == 5)
        #expect(need.isBadKYCAuth)
        #expect(try await merchant.pay(permission).status == 200)
        #expect(try await merchant.store.kycNeeds().isEmpty)
    }

    @Test func aDateInTheFarFutureIsRefused() async throws {
        for (years, status) in [(11, 400), (9, 200)] as [(Int64, Int)] {
            var dated = permission
            dated.executionDate = ClassicTimestamp(merchant.exchange.clock.now().advanced(bySeconds: years * 366 * 86_400))
            #expect(try await merchant.pay(dated).status == status)
        }
    }
}
