// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import SandboxBank
import TalerWire
import TestSupport
import Testing

@Suite struct AddIncomingTests {
    private let address = "/admin/add/incoming"

    private func body(
        amount: String = "\"KUDOS:1\"", subject: String = "\"hello\"", credit: String, exchange: String = "\"https://exchange.example/\""
    ) -> String {
        #"{"auth": {"type": "basic"}, "amount": \#(amount), "exchange_url": \#(exchange), "subject": \#(subject), "#
            + #""debit_account": 4711, "credit_account": \#(credit)}"#
    }

    @Test func thePayerIsWhoIsLoggedInAndTheSubjectHasTheExchangesURL() async throws {
        let bank = try await TestBank()
        let (alice, bob) = (try await bank.customer(), try await bank.customer("bob"))
        let number = try await bank.account("bob").number
        let response = try await bank.send(.post, address, body(credit: "\(number)"), as: alice)
        #expect(response.status == 200)
        let details = try response.json().decode(as: BankDepositDetails.self)
        #expect(try response.json()["timestamp"] == ["t_ms": 1_700_000_000_000])
        let row = try #require(try await bank.client.history(delta: -1, credentials: bob).first)
        #expect(row.rowID == details.rowID)
        #expect(row.sign == .credit)
        #expect(row.subject == "hello https://exchange.example/")
        #expect(row.counterpart == (try await bank.account("alice").number))
        #expect(try await bank.balance("alice") == "KUDOS:99")
    }

    @Test func aKeyInTheSubjectMakesAGatewayRowAndOtherSubjectsMakeNone() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        let exchange = try await bank.account("exchange").number
        let key = Base32.encode([UInt8](1...32))
        for subject in ["\"nothing\"", "\"KYC:\(key)\"", "\"\(key)\""] {
            #expect(try await bank.send(.post, address, body(subject: subject, credit: "\(exchange)"), as: alice).status == 200)
        }
        let rows = try #require(try await bank.gateway().incoming(delta: 10)).transactions
        #expect(
            rows.map(\.purpose) == [.accountKey(try MerchantPublicKey([UInt8](1...32))), .reserve(try ReservePublicKey([UInt8](1...32)))])
    }

    @Test func anotherCurrencyIs406() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        #expect(try await bank.send(.post, address, body(amount: "\"EUR:1\"", credit: "2"), as: alice).refusal == "406 / 30")
    }

    @Test func withoutCreditItIs406() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        #expect(try await bank.send(.post, address, body(amount: "\"KUDOS:101\"", credit: "2"), as: alice).refusal == "406 / 5102")
    }

    @Test func anUnknownReceiverIs404() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        for credit in ["99", "0", "-1", "9223372036854775807"] {
            #expect(try await bank.send(.post, address, body(credit: credit), as: alice).refusal == "404 / 5106")
        }
    }

    @Test func aBadLoginIs401() async throws {
        let bank = try await TestBank()
        #expect(try await bank.send(.post, address, body(credit: "2")).refusal == "401 / 40")
    }

    @Test func whatIsNoPaymentIs400() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        let own = try await bank.account("alice").number
        #expect(try await bank.send(.post, address, body(credit: "\(own)"), as: alice).refusal == "400 / 5101")
        #expect(try await bank.send(.post, address, body(credit: "\"2\""), as: alice).refusal == "400 / 22")
        #expect(try await bank.send(.post, address, body(credit: "2.5"), as: alice).refusal == "400 / 22")
        #expect(try await bank.send(.post, address, body(credit: "92233720368547758070"), as: alice).refusal == "400 / 22")
        #expect(try await bank.send(.post, address, body(subject: "null", credit: "2"), as: alice).refusal == "400 / 22")
        #expect(try await bank.send(.post, address, body(subject: #""a\nb""#, credit: "2"), as: alice).refusal == "400 / 26")
        #expect(try await bank.send(.post, address, body(amount: "\"KUDOS:0\"", credit: "2"), as: alice).refusal == "400 / 5108")
        #expect(try await bank.send(.post, address, "not json", as: alice).refusal == "400 / 22")
    }
}
