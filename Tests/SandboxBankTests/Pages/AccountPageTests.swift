// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import SandboxBank
import TalerWire
import Testing
import TestSupport

@Suite struct AccountPageTests {
    @Test func openingAnAccountLogsInAndShowsTheGift() async throws {
        let bank = try await PageBank()
        var browser = bank.browser()
        try await browser.get("/open-account")
        #expect(browser.response.status == 200)
        try await browser.submit("/open-account", ["username": "alice", "password": "long enough"])
        #expect(browser.response.status == 303 && browser.location == "/account?notice=welcome")
        try await browser.get("/account?notice=welcome")
        #expect(browser.response.status == 200)
        #expect(browser.text.contains("Welcome!") && browser.text.contains("100.00 KUDOS") && browser.text.contains(">alice<"))
        #expect(try await bank.isSound())
    }

    @Test(arguments: [
        ("alice", "long enough", 409), ("two words", "long enough", 406), ("", "long enough", 406), ("<b>", "long enough", 406),
        ("bob", "short", 400), ("bob", String(repeating: "x", count: 4097), 400), ("bank", "long enough", 409),
    ])
    func anAccountThatCannotBeOpenedIsExplainedAndTheNameIsKept(name: String, password: String, status: Int) async throws {
        let bank = try await PageBank()
        _ = try await bank.customer()
        var browser = bank.browser()
        try await browser.get("/open-account")
        try await browser.submit("/open-account", ["username": name, "password": password])
        #expect(browser.response.status == status)
        #expect(browser.text.contains("class=\"problem\"") && browser.text.contains("aria-invalid=\"true\""))
        #expect(browser.value(of: "username") == name.replacing("<", with: "&lt;").replacing(">", with: "&gt;"))
        #expect(!browser.text.contains(password))
        #expect(try await bank.service.store.account(named: "bob") == nil)
        try await browser.submit("/open-account", ["username": name, "password": password], accept: "application/json")
        #expect(browser.response.refusal.hasPrefix("\(status) / "))
    }

    @Test func theHistoryIsNewestFirstInPages() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        _ = try await bank.customer("bob")
        let store = bank.service.store
        let (a, b) = (try #require(try await store.account(named: "alice")), try #require(try await store.account(named: "bob")))
        for index in 1...44 {
            _ = try await store.transfer(Amount("KUDOS:0.5"), from: a.number, to: b.number, subject: "line \(index).", at: bank.clock.now())
        }
        func lines(_ text: String) -> [Int] {
            text.split(separator: "<span>line ").dropFirst().compactMap { Int($0.prefix { $0 != "." }) }
        }
        try await alice.get("/account")
        #expect(lines(alice.text) == Array((25...44).reversed()))
        #expect(!alice.text.contains("rel=\"prev\""))
        func link(_ rel: String) throws -> String {
            let start = try #require(alice.text.firstRange(of: "rel=\"\(rel)\" href=\""))
            return String(alice.text[start.upperBound...].prefix { $0 != "\"" })
        }
        try await alice.get(link("next"))
        #expect(lines(alice.text) == Array((5...24).reversed()))
        try await alice.get(link("next"))
        #expect(lines(alice.text) == [4, 3, 2, 1] && alice.text.contains("Welcome"))
        #expect(!alice.text.contains("rel=\"next\""))
        try await alice.get(link("prev"))
        #expect(lines(alice.text) == Array((5...24).reversed()))
        for odd in ["before=0", "before=x", "after=-1", "after=99999", "before=-9223372036854775808", "after=9223372036854775807"] {
            try await alice.get("/account?" + odd)
            #expect(alice.response.status == 200, "\(odd)")
        }
    }

    @Test func aTransferThatWasSentBackSaysSo() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let store = bank.service.store
        let (a, e) = (try #require(try await store.account(named: "alice")), try #require(try await store.account(named: "exchange")))
        let transfer = try await store.transfer(Amount("KUDOS:1"), from: a.number, to: e.number, subject: "no key", at: bank.clock.now())
        try await alice.get("/account")
        #expect(!alice.text.contains("sent back"))
        try await store.reject(row: transfer.rowID, by: e.number, at: bank.clock.now())
        try await alice.get("/account")
        #expect(alice.text.contains("sent back") && alice.text.contains("100.00 KUDOS"))
    }

    @Test func anAccountIsPublicOnlyWhenItsOwnerOrTheConfigurationSaysSo() async throws {
        let bank = try await PageBank { $0.accounts[1].isPublic = true }
        var alice = try await bank.customer()
        var stranger = bank.browser()
        try await stranger.get("/public")
        #expect(stranger.text.contains("The other") && !stranger.text.contains("alice"))
        #expect(stranger.cookies.isEmpty)
        for name in ["alice", "nobody", "exchange", "%3Cscript%3E", ".."] {
            try await stranger.get("/public/\(name)")
            #expect(stranger.response.status == 404, "\(name)")
        }
        try await alice.get("/account")
        try await alice.submit("/account/visibility", ["public": "yes"])
        #expect(alice.location == "/account?notice=public")
        try await stranger.get("/public/alice")
        #expect(stranger.response.status == 200 && stranger.text.contains("100.00 KUDOS") && stranger.text.contains("Welcome"))
        try await alice.get("/account")
        try await alice.submit("/account/visibility", ["public": "no"])
        try await stranger.get("/public/alice")
        #expect(stranger.response.status == 404)
        try await alice.get("/account")
        try await alice.submit("/account/visibility", ["public": "maybe"])
        #expect(alice.response.status == 400)
    }

    @Test func aPublicAccountDoesNotNameThoseWhoPayIt() async throws {
        let bank = try await PageBank { $0.accounts[1].isPublic = true }
        var alice = try await bank.customer()
        try await alice.get("/account/transfer")
        try await alice.submit("/account/transfer", ["to": "other", "amount": "3", "subject": "A gift"])
        var stranger = bank.browser()
        try await stranger.get("/public/other")
        #expect(stranger.text.contains("A gift") && stranger.text.contains("+3.00 KUDOS"))
        #expect(!stranger.text.contains("alice"))
    }

    @Test func pagesHaveAStrictPolicyAndNothingInline() async throws {
        let bank = try await PageBank()
        var browser = bank.browser()
        var alice = try await bank.customer()
        for path in ["/", "/login", "/open-account", "/public", "/static/nothing", "/account/nothing", "/nothing/at/all"] {
            try await browser.get(path)
            check(browser, path)
        }
        for path in ["/account", "/account/transfer", "/account/withdraw", "/withdrawals/x", "/public/x"] {
            try await alice.get(path)
            check(alice, path)
            #expect(alice.response.fields["Cache-Control"] == "no-store", "\(path)")
        }
    }

    private func check(_ browser: PageBrowser, _ path: String) {
        let policy = browser.response.fields["Content-Security-Policy"] ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"), "\(path)")
        #expect(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "\(path)")
        #expect(browser.response.fields["Access-Control-Allow-Origin"] == nil, "\(path)")
        #expect(browser.text.contains("<h1"), "\(path)")
        for inline in ["<style", " style=", "<script>", " onclick", " onload", "javascript:"] {
            #expect(!browser.text.contains(inline), "\(path)")
        }
    }

    @Test func programsStillGetJSONForWhatIsNoPage() async throws {
        let bank = try await PageBank()
        var program = bank.browser()
        try await program.get("/nothing", accept: "*/*")
        #expect(program.response.refusal == "404 / 21")
        #expect(program.response.fields["Access-Control-Allow-Origin"] == "*")
        try await program.get("/config")
        #expect(program.response.fields["Content-Type"] == "application/json")
        try await program.send(.delete, "/account", accept: "application/json")
        #expect(program.response.refusal == "405 / 20")
        try await program.send(.put, "/account")
        #expect(program.response.status == 405 && program.response.fields["Allow"] == "GET, HEAD" && program.text.contains("<h1>"))
    }
}
