// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import SandboxBank
import TalerWire
import Testing

@Suite struct WithdrawPageTests {
    @Test func withoutAScriptTheConfirmationIs202WithTheHeaderFields() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let path = try await alice.confirm("5.25")
        #expect(alice.response.status == 202)
        let fields = alice.response.fields
        #expect(fields["X-Taler-Operation"] == "create-reserve")
        #expect(fields["X-Taler-Wt-Types"] == #"["test"]"#)
        #expect(fields["X-Taler-Amount"] == #"{"currency":"KUDOS","fraction":25000000,"value":5}"#)
        let number = try #require(try await bank.service.store.account(named: "alice")?.number)
        let wire = try JSONParser.parse(Array(try #require(fields["X-Taler-Sender-Wire"]).utf8))
        #expect(wire == ["type": "test", "bank_uri": .string("http://\(TestBank.host)/"), "account_number": .integer(number)])
        #expect(fields["X-Taler-Suggested-Exchange"] == PageBank.exchange)
        #expect(fields["X-Taler-Callback-Url"] == "http://\(TestBank.host)\(path)" && !path.contains("?"))
        #expect(alice.text.contains(path) && alice.text.contains("5.25 KUDOS"))
        #expect(try await bank.balance("alice") == "KUDOS:100")
    }

    @Test func theScriptGetsExactlyACreateReserveDetail() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        try await alice.get("/account/withdraw")
        try await alice.submit("/account/withdraw", ["amount": "5.25"], accept: "application/json")
        #expect(alice.response.status == 200)
        let detail = try alice.response.json()
        let url = try #require(detail["callback_url"]?.stringValue)
        #expect(
            detail == [
                "amount": ["currency": "KUDOS", "fraction": 25_000_000, "value": 5], "callback_url": .string(url), "wt_types": ["test"],
            ])
        #expect(alice.response.fields["X-Taler-Operation"] == nil)
        #expect(url.hasPrefix("http://\(TestBank.host)/withdrawals/"))
    }

    @Test func aBankWithoutADefaultExchangeSuggestsNone() async throws {
        let bank = try await PageBank { $0.defaultExchange = nil }
        var alice = try await bank.customer()
        _ = try await alice.confirm("1")
        #expect(alice.response.status == 202 && alice.response.fields["X-Taler-Suggested-Exchange"] == nil)
    }

    @Test(arguments: [
        ("", 400, "enter an amount"), ("0", 400, "more than zero"), ("x", 400, "in digits"), ("EUR:1", 400, "KUDOS only"),
        ("100.01", 409, "balance is 100.00 KUDOS"), ("99999999999999999999", 400, "more than the bank"), ("<b>1", 400, "in digits"),
    ])
    func anAmountThatCannotBeWithdrawnIsExplained(amount: String, status: Int, words: String) async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        _ = try await alice.confirm(amount)
        #expect(alice.response.status == status && alice.response.fields["X-Taler-Operation"] == nil)
        #expect(alice.text.contains(words) && alice.text.contains("amount-problem"))
        #expect(alice.value(of: "amount") == amount.replacing("<", with: "&lt;").replacing(">", with: "&gt;"))
        try await alice.submit("/account/withdraw", ["amount": amount], accept: "application/json")
        #expect(alice.response.refusal.hasPrefix("\(status) / ") && alice.text.contains(words))
    }

    @Test func theCallbackPageShowsWhatIsToBePaidAndMovesNothing() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let path = try await alice.confirm("5.25")
        try await alice.get(PageBrowser.callback(path))
        #expect(alice.response.status == 200)
        for text in ["5.25 KUDOS", PageBank.exchange, PageBrowser.reserve, "What is "] { #expect(alice.text.contains(text), "\(text)") }
        #expect(try await bank.balance("alice") == "KUDOS:100")
    }

    @Test func theRightAnswerPaysTheExchangeOnceWithTheReserveAsSubject() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let path = try await alice.confirm("5.25")
        let callback = PageBrowser.callback(path)
        try await alice.get(callback)
        let page = alice
        try await alice.submit(callback, ["answer": "\(alice.answer)"])
        #expect(alice.response.status == 303)
        let location = try #require(alice.location)
        try await alice.get(location)
        #expect(alice.text.contains("5.25 KUDOS are on their way to the exchange"))
        #expect(alice.text.contains("data-taler-confirm-reserve=\"\(PageBrowser.reserve)\""))
        // A repeat gets the same answer, in both forms, with any answer to the question.
        for answer in ["\(page.answer)", "99", ""] {
            var again = page
            try await again.submit(callback, ["answer": answer])
            #expect(again.response.status == 303 && again.location == location)
            again = page
            try await again.submit(callback, ["answer": answer], accept: "application/json")
            #expect(again.response.status == 200)
            #expect(try again.response.json() == ["redirect_url": .string("http://\(TestBank.host)\(location)")])
        }
        try await alice.get(callback)
        #expect(alice.response.status == 303 && alice.location == location)
        #expect(try await bank.balance("alice") == "KUDOS:94.75")
        #expect(try await bank.balance("exchange") == "KUDOS:5.25")
        let store = bank.service.store
        let number = try #require(try await store.account(named: "exchange")?.number)
        let page1 = try #require(HistoryPage(delta: 10))
        let rows = try await store.incoming(to: number, page: page1)
        #expect(rows.map(\.subject) == [PageBrowser.reserve])
        #expect(rows.first?.key == .reserve(try ReservePublicKey(base32: PageBrowser.reserve)))
        #expect(try await bank.isSound())
    }

    @Test func aProgramGetsReserveCreated() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let callback = PageBrowser.callback(try await alice.confirm("5.25"))
        try await alice.get(callback)
        try await alice.submit(callback, ["answer": "\(alice.answer)"], accept: "application/json")
        #expect(alice.response.status == 200)
        let url = try #require(try alice.response.json()["redirect_url"]?.stringValue)
        #expect(url.hasPrefix("http://\(TestBank.host)/account?withdrawal="))
        #expect(try alice.response.json() == ["redirect_url": .string(url)])
    }

    @Test func anotherExchangeOfTheConfigurationIsPaidOnItsOwnAccount() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let callback = PageBrowser.callback(try await alice.confirm("5.25"), ["exchange": "HTTPS://Other.example/taler"])
        try await alice.get(callback)
        #expect(alice.text.contains(PageBank.otherExchange))
        try await alice.submit(callback, ["answer": "\(alice.answer)"])
        #expect(alice.response.status == 303)
        #expect(try await bank.balance("other") == "KUDOS:5.25")
        #expect(try await bank.balance("exchange") == "KUDOS:0")
    }

    @Test(arguments: [
        (["exchange": "https://evil.example/"], "404 / 5106"), (["exchange": "https://exchange.example.evil/"], "404 / 5106"),
        (["exchange": "https://other.example/TALER/"], "404 / 5106"), (["exchange": nil], "400 / 25"), (["exchange": ""], "400 / 25"),
        (["reserve_pub": "x"], "400 / 27"), (["reserve_pub": nil], "400 / 25"), (["reserve_pub": "<script>"], "400 / 27"),
        (["amount_value": "6"], "409 / 5148"), (["amount_fraction": "0"], "409 / 5148"), (["amount_value": nil], "400 / 25"),
        (["amount_value": "-5"], "400 / 26"), (["amount_value": "5.0"], "400 / 26"), (["amount_value": "+5"], "400 / 26"),
        (["amount_value": "99999999999999999999999"], "400 / 26"), (["amount_value": "9007199254740993"], "400 / 26"),
        (["amount_fraction": "100000000"], "400 / 26"), (["amount_fraction": nil], "400 / 25"),
        (["amount_currency": "EUR"], "400 / 30"), (["amount_currency": nil], "400 / 25"),
        (["exchange_wire_details": "x"], "400 / 26"), (["exchange_wire_details": "[]"], "400 / 26"),
        (["exchange_wire_details": #"{"type": "sepa"}"#], "400 / 26"), (["exchange_wire_details": #"{"account_number": 1}"#], "400 / 26"),
        (["exchange_wire_details": #"{"bank_uri": "https://evil.example/"}"#], "400 / 26"),
        (["exchange_wire_details": #"{"test": {"account_number": 99}}"#], "400 / 26"),
    ])
    func aCraftedAddressMovesNothing(changes: [String: String?], expected: String) async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let path = try await alice.confirm("5.25")
        try await alice.get(PageBrowser.callback(path))
        let page = alice
        let crafted = PageBrowser.callback(path, changes)
        try await alice.get(crafted, accept: "application/json")
        #expect(alice.response.refusal == expected)
        alice = page
        try await alice.submit(crafted, ["answer": "\(page.answer)"], accept: "application/json")
        #expect(alice.response.refusal == expected)
        alice = page
        try await alice.submit(crafted, ["answer": "\(page.answer)"])
        #expect(expected.hasPrefix("\(alice.response.status) / ") && alice.text.contains("<h1>") && !alice.text.contains("<script>"))
        #expect(try await bank.balance("alice") == "KUDOS:100")
    }

    @Test func aParameterThatIsThereTwiceIsRefused() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let callback = PageBrowser.callback(try await alice.confirm("5.25"))
        try await alice.get(callback + "&reserve_pub=" + PageBrowser.reserve, accept: "application/json")
        #expect(alice.response.refusal == "400 / 26")
    }

    @Test func wireDetailsThatAgreeAreTaken() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let path = try await alice.confirm("5.25")
        let number = try #require(try await bank.service.store.account(named: "exchange")?.number)
        let details = #"{"type": "test", "bank_uri": "http://\#(TestBank.host)", "account_number": \#(number), "sig": "x"}"#
        for text in [details, #"{"test": \#(details)}"#, "{}"] {
            try await alice.get(PageBrowser.callback(path, ["exchange_wire_details": text]))
            #expect(alice.response.status == 200, "\(text)")
        }
    }

    @Test func onlyTheSessionThatConfirmedCanPay() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let callback = PageBrowser.callback(try await alice.confirm("5.25"))
        try await alice.get(callback)
        let answer = alice.answer
        // Nobody, somebody else, and the same customer in another session.
        var nobody = bank.browser()
        try await nobody.get(callback, accept: "application/json")
        #expect(nobody.response.refusal == "403 / 44")
        var bob = try await bank.customer("bob")
        var second = bank.browser()
        try await second.get("/login")
        try await second.submit("/login", ["username": "alice", "password": "alice's password"])
        for var browser in [bob, second] {
            try await browser.get(callback, accept: "application/json")
            #expect(browser.response.refusal == "404 / 5107")
            try await browser.get("/account")
            try await browser.submit(callback, ["answer": "\(answer)"], accept: "application/json")
            #expect(browser.response.refusal == "404 / 5107")
        }
        try await bob.get(callback)
        #expect(bob.response.status == 404 && bob.text.contains("No such withdrawal") && !bob.text.contains("What is"))
        #expect(try await bank.balance("alice") == "KUDOS:100")
        // The same browser after a log-out and a new login.
        try await alice.get("/account")
        try await alice.submit("/logout", [:])
        try await alice.get("/login")
        try await alice.submit("/login", ["username": "alice", "password": "alice's password"])
        try await alice.get(callback)
        #expect(alice.response.status == 404)
    }

    @Test func aPaidWithdrawalIsNotPaidToAnotherReserveOrExchange() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let path = try await alice.confirm("5.25")
        try await alice.get(PageBrowser.callback(path))
        let page = alice
        try await alice.submit(PageBrowser.callback(path), ["answer": "\(page.answer)"])
        let reserve = try ReservePublicKey([UInt8](1...32)).base32
        for changes in [["reserve_pub": reserve], ["exchange": PageBank.otherExchange]] {
            alice = page
            try await alice.submit(PageBrowser.callback(path, changes), ["answer": "\(page.answer)"], accept: "application/json")
            #expect(alice.response.refusal == "409 / 5113")
            try await alice.get(PageBrowser.callback(path, changes))
            #expect(alice.response.status == 409 && alice.text.contains("This is not possible") && alice.text.contains("To your account"))
        }
        #expect(try await bank.balance("alice") == "KUDOS:94.75")
    }
}
