// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import SandboxBank
import TalerWire
import TestSupport
import Testing

@Suite struct WithdrawTests {
    private let reserve: ReservePublicKey
    private let address = "/taler/withdraw"

    init() throws { reserve = try ReservePublicKey([UInt8](1...32)) }

    private func body(_ amount: String = "\"KUDOS:5\"", auth: String = #"{"type": "basic"}"#, rest: String = "") -> String {
        #"{"auth": \#(auth), "amount": \#(amount), "reserve_pub": "\#(reserve)"\#(rest)}"#
    }

    @Test func aWithdrawalReachesTheDefaultExchangeAsARowWithItsReserve() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        let response = try await bank.client.withdraw(Amount("KUDOS:5.25"), to: reserve, credentials: alice)
        #expect(response.senderWireDetails == "payto://x-taler-bank/bank.example:8082/alice?receiver-name=alice")
        #expect(response.exchangeURL == "https://exchange.example/")
        let history = try #require(try await bank.gateway().incoming(delta: 10))
        #expect(history.creditAccount == TestBank.exchangePayto)
        let transaction = try #require(history.transactions.first)
        #expect(history.transactions.count == 1)
        #expect(transaction.purpose == .reserve(reserve))
        #expect(transaction.amount == (try Amount("KUDOS:5.25")))
        #expect(transaction.debitAccount == response.senderWireDetails)
        #expect(transaction.date == bank.clock.now())
        #expect(try await bank.balance("alice") == "KUDOS:94.75")
        #expect(try await bank.balance("exchange") == "KUDOS:5.25")
    }

    @Test(arguments: ["exchange_wire_details", "exchange_wire_detail"])
    func aNamedExchangeIsPaidAndItsURLNotTold(member: String) async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        for payto in [TestBank.exchangePayto, "payto://x-taler-bank/BANK.example:8082/exchange"] {
            let response = try await bank.send(.post, address, body(rest: #", "\#(member)": "\#(payto)""#), as: alice)
            #expect(response.status == 200)
            #expect(try response.json().objectValue?.names == ["sender_wire_details"])
        }
        #expect(try await bank.balance("exchange") == "KUDOS:10")
    }

    @Test func theAmountMayBeAnObject() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        let amount = #"{"value": 5, "fraction": 50000000, "currency": "KUDOS"}"#
        #expect(try await bank.send(.post, address, body(amount), as: alice).status == 200)
        #expect(try await bank.balance("exchange") == "KUDOS:5.5")
    }

    @Test(arguments: [
        "payto://x-taler-bank/bank.example:8082/nobody?receiver-name=x", "payto://x-taler-bank/other.example/exchange?receiver-name=x",
        "payto://iban/DE75512108001245126199?receiver-name=x", "payto://x-taler-bank/bank.example:8082/a/b", "exchange", "",
    ])
    func wireDetailsWithoutAnAccountHereAre404(payto: String) async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        let response = try await bank.send(.post, address, body(rest: #", "exchange_wire_details": "\#(payto)""#), as: alice)
        #expect(response.refusal == "404 / 5106")
        #expect(try await bank.balance("alice") == "KUDOS:100")
    }

    @Test func withoutADefaultExchangeItIs404() async throws {
        let bank = try await TestBank(hasDefaultExchange: false)
        let alice = try await bank.customer()
        #expect(try await bank.send(.post, address, body(), as: alice).refusal == "404 / 5106")
    }

    @Test func withoutCreditItIs406() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        #expect(try await bank.send(.post, address, body("\"KUDOS:100.00000001\""), as: alice).refusal == "406 / 5102")
        #expect(try await bank.send(.post, address, body("\"KUDOS:100\""), as: alice).status == 200)
        #expect(try await bank.send(.post, address, body("\"KUDOS:0.00000001\""), as: alice).refusal == "406 / 5102")
    }

    @Test func anotherCurrencyIs406() async throws {
        let bank = try await TestBank()
        #expect(try await bank.send(.post, address, body("\"EUR:1\""), as: bank.customer()).refusal == "406 / 30")
    }

    @Test(arguments: [
        ("\"KUDOS:0\"", "400 / 5108"), ("\"KUDOS:-1\"", "400 / 5108"), ("\"5\"", "400 / 5108"), ("5", "400 / 5108"), ("null", "400 / 5108"),
        ("\"KUDOS:4503599627370497\"", "400 / 5108"), ("\"KUDOS:4503599627370496\"", "400 / 5104"),
        ("\"KUDOS:99999999999999999999999999999999999999\"", "400 / 5108"),
        (#"{"value": 9223372036854775807, "fraction": 0, "currency": "KUDOS"}"#, "400 / 5108"),
        (#"{"value": 1, "fraction": 100000000, "currency": "KUDOS"}"#, "400 / 5108"),
    ])
    func anAmountThatIsNoneOrTooLargeIs400(amount: String, expected: String) async throws {
        let bank = try await TestBank()
        #expect(try await bank.send(.post, address, body(amount), as: bank.customer()).refusal == expected)
    }

    @Test func theBodyMustBeWhole() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        #expect(try await bank.send(.post, address, "{", as: alice).refusal == "400 / 22")
        #expect(try await bank.send(.post, address, "[]", as: alice).refusal == "400 / 22")
        #expect(try await bank.send(.post, address, #"{"amount": "KUDOS:1"}"#, as: alice).refusal == "400 / 22")
        #expect(try await bank.send(.post, address, #"{"amount": "KUDOS:1", "reserve_pub": "ABC"}"#, as: alice).refusal == "400 / 27")
        #expect(try await bank.send(.post, address, #"{"amount": "KUDOS:1", "reserve_pub": 7}"#, as: alice).refusal == "400 / 22")
        #expect(try await bank.send(.post, address, body(rest: #", "exchange_wire_details": 3"#), as: alice).refusal == "400 / 22")
    }

    @Test func authenticationOtherThanBasicIs400() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        for auth in [#"{"type": "token"}"#, "{}", "\"basic\"", "null"] {
            #expect(try await bank.send(.post, address, body(auth: auth), as: alice).refusal == "400 / 26")
        }
    }

    @Test func aBadLoginIs401() async throws {
        let bank = try await TestBank()
        _ = try await bank.customer()
        let attempts: [HTTPFields] = [
            [:], ["X-Taler-Bank-Username": "alice"], ["X-Taler-Bank-Username": "alice", "X-Taler-Bank-Password": "wrong"],
            ["X-Taler-Bank-Username": "nobody", "X-Taler-Bank-Password": "the password of nobody"],
            ["X-Taler-Bank-Username": "bank", "X-Taler-Bank-Password": "the password of nobody"], ["Authorization": "Basic !!"],
            ["Authorization": "Bearer x"], BankCredentials(username: "alice", password: "").basicFields,
        ]
        for fields in attempts {
            let response = try await bank.send(.post, address, body(), fields: fields)
            #expect(response.refusal == "401 / 40", "\(fields)")
            #expect(response.fields["WWW-Authenticate"]?.hasPrefix("Basic ") == true)
        }
        #expect(try await bank.balance("alice") == "KUDOS:100")
    }

    @Test func eachKindOfCredentialsIsAccepted() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        let kinds: [HTTPFields] = [
            ["X-Taler-Bank-Username": alice.username, "X-Taler-Bank-Password": alice.password],
            ["X-Taler-Bank-Username": alice.username, "Taler-Bank-Password": alice.password], alice.basicFields,
        ]
        for fields in kinds { #expect(try await bank.send(.post, address, body(), fields: fields).status == 200) }
    }

    @Test func theExchangeCannotWithdrawFromItself() async throws {
        let bank = try await TestBank()
        #expect(try await bank.send(.post, address, body(), as: TestBank.exchange).refusal == "400 / 5101")
    }

    @Test func aHundredWithdrawalsAtOnceSpendTheBalanceOnce() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        let text = body("\"KUDOS:2\"")
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 { group.addTask { try await bank.send(.post, "/taler/withdraw", text, as: alice).status } }
            return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [200: 50, 406: 50])
        #expect(try await bank.balance("alice") == "KUDOS:0")
        #expect(try await bank.service.store.audit().isSound)
    }
}
