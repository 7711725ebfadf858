// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import SandboxBank
import TalerWire
import Testing
import TestSupport

@Suite struct SessionTests {
    private static let cookie = "taler_bank_session"

    private func logIn(_ browser: inout PageBrowser, _ name: String = "alice", _ password: String = "alice's password") async throws {
        try await browser.get("/login")
        try await browser.submit("/login", ["username": name, "password": password])
    }

    @Test func theCookieIsSignedAndNotForScripts() async throws {
        let bank = try await PageBank()
        var browser = bank.browser()
        try await browser.get("/login")
        let field = try #require(browser.response.fields["Set-Cookie"])
        #expect(field.contains("; HttpOnly") && field.contains("; SameSite=Lax") && field.hasPrefix("taler_bank_session="))
        var alice = try await bank.customer()
        let value = try #require(alice.cookies[Self.cookie])
        alice.cookies[Self.cookie] = (value.first == "0" ? "1" : "0") + value.dropFirst()
        try await alice.get("/account")
        #expect(alice.location == "/login?next=%2Faccount")
    }

    @Test func aLoginNeedsNameAndPassword() async throws {
        let bank = try await PageBank()
        _ = try await bank.customer()
        for (name, password) in [
            ("alice", "wrong"), ("alice", ""), ("", ""), ("nobody", "x"), ("bank", "x"), ("<i>", "x"), ("alice", "bob's password"),
        ] {
            var browser = bank.browser()
            try await logIn(&browser, name, password)
            #expect(browser.response.status == 401, "\(name)")
            #expect(browser.text.contains("Name or password is wrong."))
            #expect(browser.value(of: "username") == name.replacing("<", with: "&lt;").replacing(">", with: "&gt;"))
            try await browser.get("/account")
            #expect(browser.response.status == 303)
        }
        var browser = bank.browser()
        try await logIn(&browser)
        #expect(browser.response.status == 303 && browser.location == "/account")
    }

    @Test(arguments: ["//evil.example/", "https://evil.example/", "/\\evil.example", "/logout", "/account%0d%0aX: y", "javascript:x"])
    func aLoginLeadsToPagesOfTheBankOnly(next: String) async throws {
        let bank = try await PageBank()
        _ = try await bank.customer()
        var browser = bank.browser()
        try await browser.get("/login?next=" + PercentEncoding.encode(next))
        #expect(browser.value(of: "next")?.isEmpty == true)
        try await browser.submit("/login", ["username": "alice", "password": "alice's password", "next": next])
        #expect(browser.location == "/account")
        try await logIn(&browser)
    }

    @Test func aLoginGoesOnWhereItWasAskedFor() async throws {
        let bank = try await PageBank()
        _ = try await bank.customer()
        var browser = bank.browser()
        try await browser.get("/account/transfer")
        let login = try #require(browser.location)
        try await browser.get(login)
        try await browser.submit(
            "/login", ["username": "alice", "password": "alice's password", "next": try #require(browser.value(of: "next"))])
        #expect(browser.location == "/account/transfer")
    }

    @Test func whoKnewTheCookieBeforeTheLoginHasNothingFromIt() async throws {
        let bank = try await PageBank()
        _ = try await bank.customer()
        var attacker = bank.browser()
        try await attacker.get("/login")
        let token = attacker.formToken
        var victim = bank.browser()
        victim.cookies = attacker.cookies
        try await logIn(&victim)
        #expect(victim.cookies[Self.cookie] != attacker.cookies[Self.cookie])
        try await attacker.get("/account")
        #expect(attacker.response.status == 303)
        try await victim.get("/account/transfer")
        #expect(victim.formToken != token)
    }

    @Test func aSecondLoginInOneBrowserEndsTheFirstSession() async throws {
        let bank = try await PageBank()
        let alice = try await bank.customer()
        _ = try await bank.customer("bob")
        var old = alice
        var browser = alice
        try await browser.send(
            .post, "/login",
            PageBrowser.encode(["username": "bob", "password": "bob's password", "form_token": try await token(of: alice)]))
        #expect(browser.response.status == 303)
        try await browser.get("/account")
        #expect(browser.text.contains(">bob<"))
        try await old.get("/account")
        #expect(old.response.status == 303)
    }

    private func token(of browser: PageBrowser) async throws -> String {
        var browser = browser
        try await browser.get("/account")
        return browser.formToken
    }

    @Test func aLogoutEndsThisSessionInTheBooksAndNoOther() async throws {
        let bank = try await PageBank()
        var first = try await bank.customer()
        var second = bank.browser()
        try await logIn(&second)
        var copy = first
        try await first.get("/account")
        try await first.submit("/logout", [:])
        #expect(first.location == "/?notice=logged-out")
        #expect(first.cookies[Self.cookie] != copy.cookies[Self.cookie])
        try await first.get("/?notice=logged-out")
        #expect(first.text.contains("You are logged out."))
        try await copy.get("/account")
        #expect(copy.response.status == 303)
        try await second.get("/account")
        #expect(second.response.status == 200)
    }

    @Test func aSessionEndsAfterAnHourOfSilenceAndAfterHalfADayInAnyCase() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        for _ in 0..<12 {
            bank.clock.advance(bySeconds: 3500)
            try await alice.get("/account")
            #expect(alice.response.status == 200)
        }
        bank.clock.advance(bySeconds: 3500)
        try await alice.get("/account")
        #expect(alice.response.status == 303)
        var again = bank.browser()
        try await logIn(&again)
        bank.clock.advance(bySeconds: 3601)
        try await again.get("/account")
        #expect(again.response.status == 303)
    }

    /// Every form of the bank, with fields that it would take.
    private static let forms: [(path: String, fields: [String: String])] = [
        ("/login", ["username": "alice", "password": "alice's password"]), ("/logout", [:]),
        ("/open-account", ["username": "mallory", "password": "long enough"]), ("/account/visibility", ["public": "yes"]),
        ("/account/transfer", ["to": "bob", "amount": "1", "slip": "00000000000000000000000000"]),
        ("/account/withdraw", ["amount": "1"]),
        ("/withdrawals/x", ["answer": "1"]),
    ]

    @Test(arguments: forms.indices)
    func aFormWithoutTheTokenOfThisBrowserDoesNothing(index: Int) async throws {
        let (path, fields) = Self.forms[index]
        let bank = try await PageBank()
        var alice = try await bank.customer()
        var bob = try await bank.customer("bob")
        var anonymous = bank.browser()
        try await anonymous.get("/login")
        let before = anonymous.formToken
        try await bob.get("/account")
        for token in ["", "x", bob.formToken, before] {
            try await alice.submit(path, fields.merging(["form_token": token]) { $1 })
            #expect(alice.response.status == 403)
            #expect(alice.text.contains("Nothing was done"))
        }
        try await alice.send(.post, path, PageBrowser.encode(fields))
        #expect(alice.response.status == 403)
        try await alice.get("/account")
        try await alice.send(
            .post, path, #"{"form_token": "\#(alice.formToken)"}"#, more: ["Content-Type": "application/json"])
        #expect(alice.response.status == 400)
        // The token is no use without the cookie that it belongs to.
        var thief = bank.browser()
        try await alice.get("/account")
        try await thief.submit(path, fields.merging(["form_token": alice.formToken]) { $1 })
        #expect(thief.response.status == 403)
        #expect(try await bank.balance("alice") == "KUDOS:100")
        #expect(try await bank.service.store.account(named: "mallory") == nil)
        #expect(try await bank.service.store.account(named: "alice")?.isPublic == false)
        try await alice.get("/account")
        #expect(alice.response.status == 200)
    }

    @Test func wrongPasswordsAreCountedByAccountWithoutShuttingItsOwnerOut() async throws {
        let bank = try await PageBank()
        var home = try await bank.customer()
        try await home.get("/account")
        try await home.submit("/logout", [:])
        for index in 0..<10 {
            var stranger = bank.browser(at: "198.51.100.\(index)")
            try await logIn(&stranger, "alice", "guess \(index)")
            #expect(stranger.response.status == 401)
        }
        var stranger = bank.browser(at: "198.51.100.200")
        try await logIn(&stranger)
        #expect(stranger.response.status == 429)
        #expect(stranger.response.fields["Retry-After"] == "900")
        #expect(stranger.text.contains("15 minutes") && stranger.text.contains("<form"))
        // Neither the owner's own browser, nor programs, nor other accounts are concerned.
        try await logIn(&home)
        #expect(home.response.status == 303)
        try await stranger.send(
            .get, "/history?delta=5", more: BankCredentials(username: "alice", password: "alice's password").basicFields)
        #expect(stranger.response.status == 200)
        try await logIn(&stranger, "exchange", "x's password")
        #expect(stranger.response.status == 303)
        bank.clock.advance(bySeconds: 900)
        try await stranger.get("/account")
        var later = bank.browser(at: "198.51.100.200")
        try await logIn(&later)
        #expect(later.response.status == 303)
    }

    @Test func aKnownBrowserIsCountedToo() async throws {
        let bank = try await PageBank()
        var home = try await bank.customer()
        try await home.get("/account")
        try await home.submit("/logout", [:])
        for _ in 0..<10 { try await logIn(&home, "alice", "wrong") }
        #expect(home.response.status == 401)
        try await logIn(&home)
        #expect(home.response.status == 429)
        // Whoever has forged the browser's name is a stranger.
        home.cookies["taler_bank_browser"] = "4-AAAA.AAAA"
        try await logIn(&home)
        #expect(home.response.status == 303)
    }

    @Test func wrongPasswordsAreCountedByAddress() async throws {
        let bank = try await PageBank()
        _ = try await bank.customer()
        for index in 0..<50 {
            var browser = bank.browser(at: "203.0.113.7")
            try await logIn(&browser, "somebody\(index)", "x")
            #expect(browser.response.status == 401)
        }
        var browser = bank.browser(at: "203.0.113.7")
        try await logIn(&browser)
        #expect(browser.response.status == 429)
        var other = bank.browser(at: "203.0.113.8")
        try await logIn(&other)
        #expect(other.response.status == 303)
    }

    @Test func behindAProxyTheAddressIsTheOneThatItAppended() async throws {
        let bank = try await PageBank { $0.isBehindProxy = true }
        _ = try await bank.customer()
        func attempt(_ from: String, _ name: String) async throws -> Int {
            var browser = bank.browser(at: "127.0.0.1")
            try await browser.get("/login")
            try await browser.send(
                .post, "/login", PageBrowser.encode(["username": name, "password": "x", "form_token": browser.formToken]),
                more: ["X-Forwarded-For": from])
            return browser.response.status
        }
        for index in 0..<50 { #expect(try await attempt("10.0.0.\(index), 203.0.113.7", "a\(index)") == 401) }
        #expect(try await attempt("203.0.113.8, 203.0.113.7", "b") == 429)
        #expect(try await attempt("203.0.113.7, 203.0.113.8", "b") == 401)
    }

    @Test func rightPasswordsAreNotCounted() async throws {
        let bank = try await PageBank()
        _ = try await bank.customer()
        for _ in 0..<60 {
            var browser = bank.browser()
            try await logIn(&browser)
            #expect(browser.response.status == 303)
        }
    }

    @Test func anIPv6ClientIsCountedByItsNetworkNotByEachOfItsAddresses() async throws {
        let bank = try await PageBank()
        _ = try await bank.customer()
        for index in 0..<50 {
            var browser = bank.browser(at: "2001:db8:0:7::\(String(index + 1, radix: 16))")
            try await logIn(&browser, "somebody\(index)", "x")
            #expect(browser.response.status == 401)
        }
        var browser = bank.browser(at: "2001:db8:0:7:ffff::1")
        try await logIn(&browser)
        #expect(browser.response.status == 429)
        var neighbour = bank.browser(at: "2001:db8:0:8::1")
        try await logIn(&neighbour)
        #expect(neighbour.response.status == 303)
    }

    @Test func behindAUNIXSocketNobodyIsShutOutForOthersWithTheSameAddress() async throws {
        let bank = try await PageBank()
        _ = try await bank.customer()
        func attempt(_ name: String, _ password: String) async throws -> Int {
            var browser = bank.browser(at: nil)
            try await logIn(&browser, name, password)
            return browser.response.status
        }
        for index in 0..<60 { #expect(try await attempt("somebody\(index)", "x") == 401) }
        #expect(try await attempt("alice", "alice's password") == 303)
        for _ in 0..<10 { _ = try await attempt("alice", "x") }
        #expect(try await attempt("alice", "alice's password") == 429)
    }

    @Test func oneAccountDoesNotFillTheBooksWithSessions() async throws {
        let bank = try await PageBank()
        var first = try await bank.customer()
        var second = bank.browser()
        try await logIn(&second)
        for _ in 2..<SessionLimits.perAccount {
            var browser = bank.browser()
            try await logIn(&browser)
        }
        try await first.get("/account")
        #expect(first.response.status == 200)
        var last = bank.browser()
        try await logIn(&last)
        try await first.get("/account")
        #expect(first.response.status == 303)
        for var browser in [second, last] {
            try await browser.get("/account")
            #expect(browser.response.status == 200)
        }
    }
}
