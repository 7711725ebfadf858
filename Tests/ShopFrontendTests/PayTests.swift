// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopFrontend
import ShopStore
import TalerWire
import Testing

struct PayTests {
    private let bench: ShopBench

    init() throws { bench = try ShopBench() }

    @Test func aPaymentLeadsToWhatWasBought() async throws {
        let visitor = bench.visitor()
        let response = try await visitor.pay(try await visitor.offer())
        #expect(response.status == 301)
        #expect(response.fields["Cache-Control"] == "no-store")
        let location = try #require(response.fields["Location"])
        #expect(location.hasPrefix("/fulfillment/"))
        let page = try await bench.visitor().get(location)
        #expect(page.status == 200)
        #expect(page.text.contains("The bowl knew all of this already."))
    }

    @Test func aRequestToThePublicAddressIsSentToAWholeAddress() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        let body = JSONValue.object(["H_contract": try #require(offer["H_contract"])]).text
        let response = try await visitor.send(.post, "/taler/pay", body: body, host: "shop.example:8080")
        #expect(response.fields["Location"]?.hasPrefix("http://shop.example:8080/fulfillment/") == true)
        let other = try await visitor.send(.post, "/taler/pay", body: body, host: "evil.example")
        #expect(other.fields["Location"]?.hasPrefix("/fulfillment/") == true)
    }

    @Test func aProgramThatReadsJSONGetsTheAddressAsJSON() async throws {
        let visitor = bench.visitor()
        let response = try await visitor.pay(try await visitor.offer(), accept: "application/json")
        #expect(response.status == 200)
        #expect(try response.object["fulfillment_url"]?.stringValue?.hasPrefix("http://shop.example:8080/fulfillment/") == true)
        #expect(try await visitor.pay(try await visitor.offer("product=margins"), accept: "application/json, */*").status == 301)
    }

    @Test func thePermissionIsForwardedWholeWithAmountAndMaximumFee() async throws {
        let visitor = bench.visitor()
        _ = try await visitor.pay(try await visitor.offer(), changes: ["amount": "KUDOS:0.01"])
        let sent = try #require(bench.backend.read { $0.permissions.first })
        #expect(sent["surprise"] == .integer(7))
        #expect(sent["mint"] == "http://exchange/")
        #expect(sent["amount"] == ["currency": "KUDOS", "fraction": .integer(50_000_000), "value": .integer(0)])
        #expect(sent["max_fee"] == ["currency": "KUDOS", "fraction": .integer(10_000_000), "value": .integer(0)])
    }

    @Test func payingAgainIsTheSame() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        let first = try await visitor.pay(offer).fields["Location"]
        #expect(try await visitor.pay(offer).fields["Location"] == first)
    }

    @Test func aRefusalComesWithItsStatusItsJSONAndTheCoin() async throws {
        let refusal: JSONObject = ["code": .integer(1012), "coin_pub": "ABC", "history": .array([.integer(1)])]
        bench.backend.set { $0.answer = .refuse(409, refusal) }
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        let response = try await visitor.pay(offer)
        #expect(response.status == 409)
        #expect(try response.object == refusal)
        #expect(try await bench.store.offersUnderWay().isEmpty)
        bench.backend.set { $0.answer = .accept }
        #expect(try await visitor.pay(offer).status == 301)
    }

    @Test func aRefusalAfterAnUnresolvedAttemptIsNoOutcome() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        bench.backend.set { $0.answer = .silence }
        #expect(try await visitor.pay(offer).status == 504)
        bench.backend.set { $0.answer = .refuse(409, ["code": .integer(2160)]) }
        #expect(try await visitor.pay(offer).status == 409)
        #expect(try await bench.store.offersUnderWay().count == 1)
    }

    @Test func anotherOrdersNameInTheAddressIs400() async throws {
        let visitor = bench.visitor()
        let first = try await visitor.offer()
        var second = try await visitor.offer("product=margins")
        second["pay_url"] = first["pay_url"]
        let response = try await visitor.pay(second)
        #expect(response.status == 400)
        #expect(bench.backend.read { $0.permissions.isEmpty })
    }

    @Test func anotherTransactionIs400() async throws {
        let visitor = bench.visitor()
        #expect(try await visitor.pay(try await visitor.offer(), changes: ["transaction_id": .integer(1)]).status == 400)
    }

    @Test func aStrangersContractIs404() async throws {
        let body = JSONValue.object(["H_contract": .string(ContractHash.zero.base32)]).text
        let response = try await bench.visitor().send(.post, "/taler/pay", body: body)
        #expect(response.status == 404)
        #expect(response.code == 2005)
    }

    @Test func aPaymentOfWhichTheShopHasNoRecordIsNotRefusedWithoutTheBackendsWord() async throws {
        let restored = try ShopBench(backend: bench.backend)
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        bench.backend.set { $0.isOrderSilent = true }
        let silent = try await restored.visitor().pay(offer)
        #expect(silent.status == 502)
        #expect(silent.code != 2005)
        bench.backend.set {
            $0.isOrderSilent = false
            $0.isDown = true
        }
        #expect(try await restored.visitor().pay(offer).status == 502)
        bench.backend.set {
            $0.isDown = false
            $0.contracts = [:]
        }
        let refused = try await restored.visitor().pay(offer)
        #expect(refused.status == 404)
        #expect(refused.code == 2005)
    }

    @Test(arguments: ["", "{", "[]", "null", "{}", #"{"H_contract":7}"#, #"{"H_contract":"ABC"}"#, #"{"a":1,"a":2}"#])
    func whatIsNoPermissionIs400(body: String) async throws {
        let response = try await bench.visitor().send(.post, "/taler/pay", body: body)
        #expect(response.status == 400)
        #expect(response.code == 22)
    }

    @Test(arguments: ["not JSON", "{}", #"{"merchant_sig":"x","h_contract":"y"}"#])
    func aConfirmationThatIsNoneIsNotBelieved(text: String) async throws {
        bench.backend.set { $0.answer = .text(text) }
        let visitor = bench.visitor()
        #expect(try await visitor.pay(try await visitor.offer()).status == 502)
        #expect(try await bench.store.offersUnderWay().count == 1)
    }

    @Test func aPaymentThatSettlesLateReachesTheOrder() async throws {
        let visitor = bench.visitor()
        let offer = try await visitor.offer()
        bench.backend.set { $0.answer = .silence }
        #expect(try await visitor.pay(offer).status == 504)
        #expect(try await visitor.get("/product/small-change").text.contains("still under way"))
        bench.backend.set { state in state.states = state.states.mapValues { _ in .paid } }
        let page = try await visitor.get("/product/small-change").text
        #expect(!page.contains("still under way"))
        #expect(page.contains("You have paid for this."))
        let link = try #require(page.firstMatch(of: /href="(\/fulfillment\/[^"]*)"/)?.output.1)
        #expect(try await bench.visitor().get(String(link)).status == 200)
    }

    @Test func theTaskThatLooksAfterPaymentsSettlesThemByItself() async throws {
        let visitor = bench.visitor()
        bench.backend.set { $0.answer = .silence }
        #expect(try await visitor.pay(try await visitor.offer()).status == 504)
        bench.backend.set { state in state.isDown = true }
        await bench.shop.settlement.reconcileAll()
        #expect(try await bench.store.offersUnderWay().count == 1)
        bench.backend.set { state in
            state.isDown = false
            state.states = state.states.mapValues { _ in .paid }
        }
        await bench.shop.settlement.reconcileAll()
        #expect(try await bench.store.offersUnderWay().isEmpty)
        #expect(try await visitor.get("/product/small-change").text.contains("You have paid for this."))
    }
}
