// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import SandboxBank
import TalerWire
import Testing
import TestSupport

@Suite struct TransferPageTests {
    private func send(_ browser: inout PageBrowser, _ fields: [String: String]) async throws {
        try await browser.get("/account/transfer")
        try await browser.submit("/account/transfer", fields)
    }

    @Test func moneyGoesToANameANumberOrAPaytoAddress() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        _ = try await bank.customer("bob")
        let number = try #require(try await bank.service.store.account(named: "bob")?.number)
        for to in ["bob", " bob ", "\(number)", "payto://x-taler-bank/\(TestBank.host)/bob?receiver-name=x"] {
            try await send(&alice, ["to": to, "amount": "1.25", "subject": "tea"])
            #expect(alice.response.status == 303, "\(to)")
            try await alice.get(try #require(alice.location))
            #expect(alice.text.contains("1.25 KUDOS were transferred to bob."))
        }
        #expect(try await bank.balance("bob") == "KUDOS:105")
        #expect(try await bank.isSound())
    }

    @Test(arguments: [
        ("1", "1"), ("1.5", "1.5"), ("0.00000001", "0.00000001"), ("KUDOS:2.25", "2.25"), ("2,5", "2.5"), (" 3 KUDOS ", "3"),
        ("100", "100"),
        ("007", "7"), ("kudos:1", "1"), ("1.000", "1"),
    ])
    func amountsAreReadExactly(text: String, digits: String) async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        try await send(&alice, ["to": "exchange", "amount": text])
        #expect(alice.response.status == 303)
        #expect(try await bank.balance("exchange") == "KUDOS:\(digits)")
    }

    @Test(arguments: [
        ("exchange", "0", 400, "amount", "more than zero"), ("exchange", "", 400, "amount", "enter an amount"),
        ("exchange", "-1", 400, "amount", "in digits"), ("exchange", "1e3", 400, "amount", "in digits"),
        ("exchange", "1.", 400, "amount", "in digits"), ("exchange", ".5", 400, "amount", "in digits"),
        ("exchange", "１", 400, "amount", "in digits"), ("exchange", "1 2 3", 400, "amount", "in digits"),
        ("exchange", "1,000", 400, "amount", "without a mark"), ("exchange", "1.000.000", 400, "amount", "in digits"),
        ("exchange", "0.000000001", 400, "amount", "eight digits"), ("exchange", "EUR:1", 400, "amount", "KUDOS only"),
        ("exchange", "1 EUR", 400, "amount", "KUDOS only"), ("exchange", "99999999999999999999999", 400, "amount", "more than the bank"),
        ("exchange", "4503599627370496", 400, "amount", "more than the bank"),
        ("exchange", "100.00000001", 409, "amount", "not enough money for this: its balance is 100.00 KUDOS"),
        ("alice", "1", 400, "to", "your own account"), ("", "1", 400, "to", "enter the name"), ("nobody", "1", 404, "to", "no account"),
        ("0", "1", 404, "to", "no account"), ("99999999999999999999999", "1", 404, "to", "no account"),
        ("payto://x-taler-bank/elsewhere.example/bob", "1", 404, "to", "payto address"), ("payto:", "1", 404, "to", "payto address"),
        ("<script>alert(1)</script>", "1", 404, "to", "no account"),
    ])
    func whatIsWrongIsSaidBesideTheFieldAndTheInputIsKept(
        to: String, amount: String, status: Int, field: String, words: String
    ) async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        try await send(&alice, ["to": to, "amount": amount, "subject": "\"><i>kept"])
        #expect(alice.response.status == status)
        let start = try #require(alice.text.firstRange(of: "id=\"\(field)-problem\""))
        #expect(alice.text[start.upperBound...].prefix(300).contains(words))
        #expect(alice.value(of: "to") == to.replacing("<", with: "&lt;").replacing(">", with: "&gt;"))
        #expect(alice.value(of: "amount") == amount)
        #expect(alice.value(of: "subject") == "&quot;&gt;&lt;i&gt;kept")
        #expect(try await bank.balance("alice") == "KUDOS:100")
        try await alice.submit("/account/transfer", ["to": to, "amount": amount], accept: "application/json")
        #expect(alice.response.refusal.hasPrefix("\(status) / "))
    }

    @Test(arguments: ["two\nlines", String(repeating: "x", count: 1025), "\u{85}"])
    func aSubjectIsOneLine(subject: String) async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        try await send(&alice, ["to": "exchange", "amount": "1", "subject": "a\(subject)b"])
        #expect(alice.response.status == 400 && alice.text.contains("subject-problem"))
        #expect(try await bank.balance("alice") == "KUDOS:100")
    }

    @Test func digitsThatAreANumberAndANameAreNotGuessedAt() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let number = try #require(try await bank.service.store.account(named: "alice")?.number)
        _ = try await bank.customer("bob")
        _ = try await bank.customer("\(number + 1)")
        try await send(&alice, ["to": "\(number + 1)", "amount": "1"])
        #expect(alice.response.status == 409 && alice.text.contains("is the number of one account and the name of another"))
        #expect(try await bank.balance("alice") == "KUDOS:100")
    }

    @Test func sendingAFormTwiceMovesMoneyOnce() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        try await alice.get("/account/transfer")
        let form = alice
        for _ in 0..<3 {
            alice = form
            try await alice.submit("/account/transfer", ["to": "exchange", "amount": "4", "subject": "rent"])
            #expect(alice.response.status == 303)
        }
        #expect(try await bank.balance("alice") == "KUDOS:96")
        alice = form
        try await alice.submit("/account/transfer", ["to": "exchange", "amount": "5", "subject": "rent"])
        #expect(alice.response.status == 409 && alice.text.contains("This form was sent before"))
        #expect(try await bank.balance("alice") == "KUDOS:96")
        // Another customer's forms have names of their own.
        var bob = try await bank.customer("bob")
        try await bob.get("/account")
        try await bob.submit("/account/transfer", ["to": "exchange", "amount": "1", "slip": try #require(form.value(of: "slip"))])
        #expect(bob.response.status == 303)
        for slip in [
            "", "short", String(repeating: "x", count: 65), String(repeating: "é", count: 8), "\u{0}" + String(repeating: "x", count: 20),
        ] {
            try await bob.get("/account")
            try await bob.submit("/account/transfer", ["to": "exchange", "amount": "1", "slip": slip])
            #expect(bob.response.status == 400)
        }
        #expect(try await bank.balance("bob") == "KUDOS:99")
    }

    @Test func aLinkFillsTheFormAndMovesNothing() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        try await alice.get("/account/transfer?to=exchange&amount=99&subject=%22%3E%3Cscript%3E")
        #expect(alice.value(of: "to") == "exchange" && alice.value(of: "amount") == "99")
        #expect(!alice.text.contains("<script>"))
        #expect(try await bank.balance("alice") == "KUDOS:100")
    }

    @Test func aTransferOfSomebodyElseIsNotShown() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        _ = try await bank.customer("bob")
        let store = bank.service.store
        let (b, e) = (try #require(try await store.account(named: "bob")), try #require(try await store.account(named: "exchange")))
        let row = try await store.transfer(Amount("KUDOS:1"), from: b.number, to: e.number, subject: "secret", at: bank.clock.now()).rowID
        for query in ["transfer=\(row)", "transfer=x", "transfer=-1", "withdrawal=x", "notice=public", "notice=%3Cb%3E"] {
            try await alice.get("/account?" + query)
            #expect(alice.response.status == 200 && !alice.text.contains("id=\"outcome\""), "\(query)")
        }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\" onmouseover=\"x", "'><img src=x onerror=x>", "\"\u{301} autofocus", "{{bankName}}", "`x`",
    ])
    func textsOfOthersAreShownAsText(text: String) async throws {
        let bank = try await PageBank { settings in
            settings.accounts[1].isPublic = true
            settings.accounts[1].receiverName = text
            settings.name = "Bank \(text)"
        }
        var alice = try await bank.customer()
        try await send(&alice, ["to": "other", "amount": "1", "subject": text])
        #expect(alice.response.status == 303)
        for path in ["/account", "/public/other", "/public", "/account/withdraw", "/nothing"] {
            try await alice.get(path)
            // By scalars: a mark that combines with a quote makes another character of it.
            let page = alice.text.unicodeScalars
            #expect(page.firstRange(of: text.unicodeScalars) == nil || text.hasPrefix("{"), "\(path)")
            #expect(page.firstRange(of: "&lt;script".unicodeScalars) != nil || !text.hasPrefix("<"), "\(path)")
        }
    }
}
