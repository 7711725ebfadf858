// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantBackend
import MerchantCore
import TalerCrypto
import TalerWire
import Testing
import TestSupport

struct ContractEndpointTests {
    @Test func aPropositionBecomesASignedContract() async throws {
        let merchant = try await Merchant()
        let answer = try await merchant.contract()
        #expect(try ContractHash(of: answer.contract) == answer.contractHash)
        let key: MerchantPublicKey = merchant.key.publicKey()
        #expect(ContractOffer(contractHash: answer.contractHash).isValid(answer.signature, by: key))
        #expect(answer.contract["merchant_pub"] == key.json)
        #expect(answer.contract["mints"]?.arrayValue?.first?["url"] == "http://exchange.test/")
        #expect(answer.contract["colour"]?["of"] == "the")
        #expect(answer.contract.serialized() == answer.contract.serialized(.canonical))
        #expect(answer.merchantSignature == answer.signature)
    }

    @Test func theSamePropositionGetsTheSameContractAndAnotherIsRefused() async throws {
        let merchant = try await Merchant()
        let first = try await merchant.contract()
        #expect(try await merchant.contract() == first)
        let other = Propositions.make(transactionID: 1, price: "KUDOS:0.6", now: merchant.exchange.clock.now())
        let refusal = await merchant.send(.post, "/contract", ["contract": .object(other)])
        #expect(refusal.status == 409)
        #expect(refusal.code == 2503)
    }

    @Test func refusalsNameTheMember() async throws {
        let merchant = try await Merchant()
        for (member, value, status, code, path) in [
            ("amount", JSONValue.string("x"), 400, 22, "contract.amount"), ("max_fee", "EUR:1", 400, 30, "contract.max_fee"),
            ("expiry", "/Date(1)/", 400, 2502, "contract.expiry"),
        ] {
            var object = Propositions.make(now: merchant.exchange.clock.now())
            object[member] = value
            let refusal = await merchant.send(.post, "/contract", ["contract": .object(object)])
            #expect(refusal.status == status)
            #expect(refusal.code == code)
            #expect(try refusal.json()["field"]?.stringValue == path)
            #expect(try refusal.json()["error"] == refusal.json()["hint"])
        }
    }

    @Test func badBodiesAreRefused() async throws {
        let merchant = try await Merchant()
        for body in ["", "{", "[]", "{\"contract\":1}", "{\"contract\":{\"a\":1,\"a\":2}}", "{\"contract\":{\"a\":\"\\ud800\"}}"] {
            let refusal = await merchant.send(.post, "/contract", raw: Array(body.utf8))
            #expect(refusal.status == 400)
            #expect(refusal.code == 22)
        }
    }

    @Test func withoutAnAccountOrAnExchangeNothingIsSigned() async throws {
        let poor = try await Merchant(payto: nil)
        let proposition = ["contract": JSONValue.object(Propositions.make(now: poor.exchange.clock.now()))] as JSONValue
        #expect(await poor.send(.post, "/contract", proposition).code == 2500)
        let elsewhere = try await Merchant(payto: "payto://iban/DE75512108001245126199?receiver-name=Shop")
        #expect(await elsewhere.send(.post, "/contract", proposition).code == 2509)
        let cutOff = try await Merchant()
        cutOff.wire.plan(.unreachable, for: "/keys")
        let refusal = await cutOff.send(.post, "/contract", proposition)
        #expect(refusal.status == 502)
        #expect(refusal.code == 2010)
    }

    @Test func aDeadExchangeKeepsNoContractWaiting() async throws {
        let dead = AcceptedExchange(baseURL: "http://dead.test/", masterPub: EdDSAPrivateKey().publicKey())
        let merchant = try await Merchant(others: [dead])
        for number in 1...2 { #expect(try await merchant.contract(Int64(number)).contract["mints"]?.arrayValue?.count == 1) }
        #expect(merchant.wire.count("dead.test/keys") == 0)
    }

    @Test func aTokenIsNeeded() async throws {
        let merchant = try await Merchant()
        for (method, target) in [(HTTPMethod.post, "/contract"), (.post, "/pay"), (.get, "/order?transaction_id=1"), (.get, "/nowhere")] {
            for token in [nil, "", "the-frontend's-tokem"] as [String?] {
                let refusal = await merchant.send(method, target, token: token)
                #expect(refusal.status == 401)
                #expect(refusal.code == 40)
            }
        }
        for target in ["/", "/config", "/health"] { #expect(await merchant.send(.get, target, token: nil).status == 200) }
    }

    @Test func unknownPathsAndMethodsAreToldApart() async throws {
        let merchant = try await Merchant()
        #expect(await merchant.send(.get, "/nowhere").code == 21)
        let wrong = await merchant.send(.get, "/contract")
        #expect(wrong.status == 405)
        #expect(wrong.code == 20)
        #expect(wrong.fields["Allow"] == "POST")
    }

    @Test func everyRouteIsListed() async throws {
        let merchant = try await Merchant()
        for route in MerchantService.routes {
            #expect(await merchant.send(route.method, route.pattern).code != 21)
        }
    }
}
