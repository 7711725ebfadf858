// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantBackend
import Observability
import Synchronization
import TalerCrypto
import TalerWire
import Testing
import TestSupport

struct StatusEndpointTests {
    private func findings(_ merchant: Merchant) async throws -> [String: JSONValue] {
        let answer = await merchant.send(.get, "/status")
        #expect(answer.status == 200)
        let findings = try answer.json()["findings"]?.arrayValue ?? []
        return Dictionary(findings.map { ($0["id"]?.stringValue ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test(arguments: ["/status", "/metrics"]) func onlyWhoHasTheTokenMayLook(_ target: String) async throws {
        let merchant = try await Merchant()
        #expect(await merchant.send(.get, target, token: nil).status == 401)
        #expect(await merchant.send(.get, target, token: "another").status == 401)
        #expect(await merchant.send(.get, target).status == 200)
        var request = try #require(Request(.get, target))
        request.isLocalSocket = true
        #expect(await merchant.service.handler.handle(request).status == 200)
    }

    @Test func anOpenPaymentShowsUntilItIsSettled() async throws {
        let merchant = try await Merchant()
        merchant.exchange.clock.advance(bySeconds: 1)
        let contract = try await merchant.contract()
        let permission = try merchant.permission(contract, [(try await merchant.exchange.coin(), "0.5")])
        merchant.wire.plan(.answerLost)
        #expect(try await merchant.pay(permission).status == 502)
        let open = try #require(try await findings(merchant)["open-payments"])
        #expect(open["severity"] == "info")
        #expect(open["subject"] == "http://exchange.test/")
        merchant.exchange.clock.advance(bySeconds: 3600)
        #expect(try await findings(merchant)["open-payments"]?["severity"] == "warning")
        let metrics = await merchant.send(.get, "/metrics").text
        #expect(metrics.contains(#"taler_merchant_open_intents{exchange="http://exchange.test/",state="open"} 1"#))
        #expect(metrics.contains(#"taler_merchant_oldest_open_intent_seconds{exchange="http://exchange.test/",state="open"} 3600"#))
        #expect(try await merchant.pay(permission).status == 200)
        #expect(try await findings(merchant)["open-payments"] == nil)
        #expect(await !merchant.send(.get, "/metrics").text.contains("taler_merchant_open_intents{"))
    }

    @Test func whoHasToBeIdentifiedIsToldTheTransferAndThenThePage() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let permission = try merchant.permission(contract, [(try await merchant.exchange.coin(), "0.5")])
        let account = try PaytoURI("payto://x-taler-bank/bank.test/shop?receiver-name=Shop")
        merchant.wire.plan(
            .instead(
                Response(
                    status: 451,
                    json: ["code": 1028, "hint": "KYC", "h_payto": NormalizedPaytoHash(of: account).json, "requirement_row": 5])))
        #expect(try await merchant.pay(permission).status == 451)
        // The exchange has never heard of the account's key.
        let check = "/kyc-check/\(NormalizedPaytoHash(of: account))"
        merchant.wire.plan(.instead(Response(status: 404, json: ["code": 1939])), for: check)
        let first = try #require(try await findings(merchant)["identification-needed"])
        #expect(first["severity"] == "problem")
        let key: MerchantPublicKey = merchant.key.publicKey()
        #expect(first["advice"]?.stringValue?.contains("KYC:\(key)") == true)
        #expect(await merchant.send(.get, "/metrics").text.contains("taler_merchant_identification_needed{"))
        merchant.wire.plan(.instead(Response(status: 202, json: ["aml_review": false, "access_token": "TOKEN"])), for: check)
        let second = try #require(try await findings(merchant)["identification-needed"])
        #expect(second["advice"]?.stringValue?.contains("http://exchange.test/kyc-spa/TOKEN") == true)
        // A token that would lead elsewhere is no page.
        merchant.wire.plan(.instead(Response(status: 202, json: ["aml_review": false, "access_token": "../../x"])), for: check)
        #expect(try await findings(merchant)["identification-needed"]?["advice"]?.stringValue?.contains("../") == false)
        merchant.wire.plan(.instead(Response(status: 204)), for: check)
        #expect(try await findings(merchant)["identification-needed"] == nil)
    }

    @Test func aBackendWithoutAnAccountSaysSo() async throws {
        let merchant = try await Merchant(payto: nil)
        #expect(try await findings(merchant)["no-account"]?["severity"] == "problem")
    }

    @Test func anExchangeThatIsAwayShows() async throws {
        let merchant = try await Merchant()
        // It may be looked for again at any time.
        for _ in 0..<50 { merchant.wire.plan(.unreachable, for: "/keys") }
        let proposition = Propositions.make(transactionID: 1, price: "KUDOS:0.5", now: merchant.exchange.clock.now())
        #expect(await merchant.send(.post, "/contract", ["contract": .object(proposition)]).status == 502)
        #expect(try await findings(merchant)["exchange-unreachable"]?["severity"] == "problem")
        #expect(await merchant.send(.get, "/metrics").text.contains(#"taler_merchant_exchange_up{exchange="http://exchange.test/"} 0"#))
    }

    @Test func paymentsAreCountedByTheirOutcome() async throws {
        let metrics = MerchantMetrics()
        let merchant = try await Merchant(metrics: metrics)
        let url = "http://exchange.test/"
        let coins = try await merchant.exchange.coins([amount("0.64"), amount("0.64")])
        let contract = try await merchant.contract(1)
        merchant.wire.plan(.timeout)
        let permission = try merchant.permission(contract, [(coins[0], "0.5")])
        #expect(try await merchant.pay(permission).status == 504)
        #expect(try await merchant.pay(permission).status == 200)
        // The coin is spent: refused by the exchange; too little: by the backend itself.
        #expect(try await merchant.pay(merchant.permission(merchant.contract(2), [(coins[0], "0.5")])).status == 409)
        #expect(try await merchant.pay(merchant.permission(merchant.contract(3), [(coins[1], "0.1")])).status == 400)
        let registry = metrics.registry
        #expect(registry.value("taler_merchant_payments_total", "unknown", url) == 1)
        #expect(registry.value("taler_merchant_payments_total", "paid", url) == 1)
        #expect(registry.value("taler_merchant_payments_total", "refused", url) == 1)
        #expect(registry.value("taler_merchant_permissions_rejected_total", "400") == 1)
        #expect(registry.value("taler_merchant_deposit_repeats_total", url) == 1)
        #expect(registry.value("taler_merchant_deposit_answers_total", url, "none") == 1)
        #expect(registry.value("taler_merchant_requests_total", "POST /pay", "200") == 1)
        #expect(registry.value("taler_merchant_requests_total", "POST /contract", "200") == 3)
        #expect(registry.value("taler_merchant_exchange_requests_total", url, "batch-deposit", "200") == 1)
        #expect(registry.value("taler_merchant_exchange_requests_total", url, "batch-deposit", "timed out") == 1)
        let text = await merchant.send(.get, "/metrics").text
        #expect(text.contains("taler_merchant_contracts_paid 1\n"))
        #expect(text.contains("taler_merchant_database_bytes "))
        #expect(text.contains(#"taler_merchant_exchange_keys_age_seconds{exchange="http://exchange.test/"} "#))
    }

    @Test func everyStepOfAPaymentIsToldInItsOrder() async throws {
        let trace = Steps()
        let merchant = try await Merchant(trace: trace)
        let contract = try await merchant.contract()
        let permission = try merchant.permission(contract, [(try await merchant.exchange.coin(), "0.5")])
        #expect(try await merchant.pay(permission).status == 200)
        #expect(trace.all.map(\.step) == PaymentStep.allCases)
        #expect(trace.all.allSatisfy { $0.note.contract == contract.contractHash })
        #expect(trace.all.last?.note.result == .paid)
    }

    private final class Steps: PaymentTrace {
        private let steps = Mutex<[(step: PaymentStep, note: PaymentNote)]>([])
        var all: [(step: PaymentStep, note: PaymentNote)] { steps.withLock { $0 } }
        func reached(_ step: PaymentStep, _ note: PaymentNote) { steps.withLock { $0.append((step, note)) } }
    }
}
