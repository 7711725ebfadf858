// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopOffice
import TalerWire
import Testing
import TestSupport

@Suite struct LoginTests {
    @Test func theTokenOpensTheOffice() async throws {
        let bench = try OfficeBench()
        var browser = bench.browser()
        try await browser.get("/orders")
        #expect(browser.status == 303)
        #expect(browser.location == "/login?next=%2Forders")
        try await browser.get("/login?next=%2Forders")
        try await browser.submit("/login", ["token": " \(OfficeBench.token)\r\n", "next": "/orders"])
        #expect(browser.status == 303)
        #expect(browser.location == "/orders")
        try await browser.get("/orders")
        #expect(browser.status == 200)
        try await browser.get("/login")
        #expect(browser.location == "/")
    }

    @Test(arguments: ["", "x", "the-token-of-this-very-offic", "the-token-of-this-very-office0", String(repeating: "a", count: 5000)])
    func anotherTokenDoesNot(token: String) async throws {
        var browser = try OfficeBench().browser()
        try await browser.logIn(token)
        #expect(browser.status == 401)
        #expect(!browser.text.contains("value=\"\(token)\"") || token.isEmpty)
        try await browser.get("/orders")
        #expect(browser.status == 303)
    }

    @Test func aTokenThatCouldBeGuessedIsNone() {
        #expect(OfficeToken("fifteen-letters") == nil)
        #expect(OfficeToken("   fifteen-letters   ") == nil)
        #expect(OfficeToken("sixteen-letters!") != nil)
        #expect(OfficeToken(String(repeating: "a", count: 1025)) == nil)
        #expect(OfficeToken(OfficeToken.newText()) != nil)
    }

    @Test func everyPageButTheLoginAsksForIt() async throws {
        let bench = try OfficeBench()
        for route in Office.routes where !["/login", "/static/:name"].contains(route.pattern) {
            var browser = bench.browser()
            let path = route.pattern.split(separator: "/").map { $0.hasPrefix(":") ? "1" : $0 }.joined(separator: "/")
            if route.method == .get {
                try await browser.get("/" + path)
                #expect(browser.status == 303, "\(route)")
                #expect(browser.location?.hasPrefix("/login") == true, "\(route)")
            } else {
                try await browser.get("/login")
                try await browser.submit("/" + path, [:])
                #expect(browser.status == 401, "\(route)")
            }
            try await browser.send(route.method, "/" + path, accept: "application/json")
            #expect(browser.status == 401, "\(route)")
        }
    }

    @Test func aFormWithoutItsTokenDoesNothing() async throws {
        let bench = try OfficeBench()
        let owner = try await bench.owner()
        var other = try await bench.owner()
        try await other.get("/orders")
        for route in Office.routes where route.method == .post {
            let path = "/" + route.pattern.split(separator: "/").map { $0.hasPrefix(":") ? "1" : $0 }.joined(separator: "/")
            for token in ["", "x", other.formToken] {
                var browser = owner
                try await browser.submit(path, ["form_token": token, "token": OfficeBench.token])
                #expect(browser.status == 403, "\(route) \(token)")
            }
            var browser = owner
            try await browser.get("/orders")
            try await browser.send(
                .post, path, OfficeBrowser.encode(["form_token": browser.formToken]), more: ["Content-Type": "text/plain"])
            #expect(browser.status == 400, "\(route)")
        }
        var browser = owner
        try await browser.get("/orders")
        #expect(browser.status == 200)
    }

    @Test func theCookieIsForThisSiteAlone() async throws {
        var browser = try OfficeBench(publicURL: "https://office.example/behind/").browser()
        try await browser.get("/login")
        let first = try #require(browser.response.fields.all("Set-Cookie").first)
        for part in ["taler_office_session=", "HttpOnly", "SameSite=Strict", "Secure", "Path=/behind/;"] { #expect(first.contains(part)) }
        let before = browser.cookies["taler_office_session"]
        try await browser.submit("/login", ["token": OfficeBench.token])
        #expect(browser.location == "/behind/")
        #expect(browser.response.fields.all("Set-Cookie").count == 2)
        for cookie in browser.response.fields.all("Set-Cookie") {
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Secure"))
        }
        #expect(browser.cookies["taler_office_session"] != before)
    }

    @Test func whoKnewTheNameBeforeTheLoginHasNothingFromIt() async throws {
        let bench = try OfficeBench()
        var browser = bench.browser()
        try await browser.get("/login")
        var thief = bench.browser()
        thief.cookies = browser.cookies
        try await browser.submit("/login", ["token": OfficeBench.token])
        try await thief.get("/orders")
        #expect(thief.status == 303)
    }

    @Test func logoutEndsTheSessionForWhoeverHasTheCookie() async throws {
        let bench = try OfficeBench()
        var browser = try await bench.owner()
        var copy = browser
        try await browser.get("/orders")
        try await browser.submit("/logout", [:])
        #expect(browser.location == "/login?notice=logged-out")
        try await browser.get("/login?notice=logged-out")
        #expect(browser.text.contains("You are logged out."))
        try await copy.get("/orders")
        #expect(copy.status == 303)
    }

    @Test func eightIdleHoursEndASessionAndWorkKeepsIt() async throws {
        let bench = try OfficeBench()
        var browser = try await bench.owner()
        for _ in 0..<3 {
            bench.clock.advance(bySeconds: 8 * 3600 - 1)
            try await browser.get("/orders")
            #expect(browser.status == 200)
        }
        bench.clock.advance(bySeconds: 8 * 3600)
        try await browser.submit("/logout", [:])
        #expect(browser.status == 401)
        #expect(browser.text.contains("Nothing was done."))
        try await browser.get("/orders")
        #expect(browser.status == 303)
    }

    @Test func anotherProcessOrTokenKnowsNoSessionOfThisOne() async throws {
        let owner = try await OfficeBench().owner()
        var browser = try OfficeBench().browser()
        browser.cookies = owner.cookies
        try await browser.get("/orders")
        #expect(browser.status == 303)
    }

    @Test func wrongTokensAreCountedByClient() async throws {
        let bench = try OfficeBench()
        var stranger = bench.browser(at: "192.0.2.66")
        for _ in 0..<10 {
            try await stranger.logIn("wrong")
            #expect(stranger.status == 401)
        }
        try await stranger.logIn()
        #expect(stranger.status == 429)
        #expect(stranger.response.fields["Retry-After"] == "900")
        // Nobody else is kept out, and he not for ever.
        _ = try await bench.owner(at: "192.0.2.7")
        bench.clock.advance(bySeconds: 900)
        try await stranger.logIn()
        #expect(stranger.status == 303)
    }

    @Test func aBrowserThatIsKnownIsCountedByItself() async throws {
        let bench = try OfficeBench()
        var known = try await bench.owner(at: nil)
        try await known.get("/orders")
        try await known.submit("/logout", [:])
        for _ in 0..<50 {
            var stranger = bench.browser(at: nil)
            try await stranger.logIn("wrong")
            #expect(stranger.status == 401)
        }
        var stranger = bench.browser(at: nil)
        try await stranger.logIn()
        #expect(stranger.status == 429)
        try await known.logIn()
        #expect(known.status == 303)
    }

    @Test func behindAProxyItsWordCounts() async throws {
        let bench = try OfficeBench(isBehindProxy: true)
        var browser = bench.browser(at: "127.0.0.1")
        for index in 0..<11 {
            try await browser.get("/login")
            try await browser.submit("/login", ["token": "wrong"], more: ["X-Forwarded-For": "10.0.0.\(index), 192.0.2.5"])
            #expect(browser.status == (index < 10 ? 401 : 429))
        }
        try await browser.get("/login")
        try await browser.submit("/login", ["token": OfficeBench.token], more: ["X-Forwarded-For": "192.0.2.6"])
        #expect(browser.status == 303)
    }

    @Test func aProxyOfTheMachineIsBelievedThoughNobodyToldOfIt() async throws {
        let bench = try OfficeBench()
        for index in 0..<11 {
            var stranger = bench.browser(at: "127.0.0.1")
            try await stranger.get("/login")
            try await stranger.submit("/login", ["token": "wrong"], more: ["X-Forwarded-For": "10.0.0.\(index), 192.0.2.5"])
            #expect(stranger.status == (index < 10 ? 401 : 429))
        }
        var owner = bench.browser(at: "127.0.0.1")
        try await owner.get("/login")
        try await owner.submit("/login", ["token": OfficeBench.token], more: ["X-Forwarded-For": "192.0.2.6"])
        #expect(owner.status == 303)
    }

    @Test(arguments: ["127.0.0.1", "::1"]) func tenWrongTokensDoNotShutTheMachineItselfOut(address: String) async throws {
        let bench = try OfficeBench()
        for _ in 0..<10 {
            var somebody = bench.browser(at: address)
            try await somebody.logIn("wrong")
            #expect(somebody.status == 401)
        }
        let owner = try await bench.owner(at: address)
        #expect(owner.status == 303)
    }

    @Test func whatCanBeRefusedUnreadIsNotParsed() async throws {
        var stranger = try OfficeBench().browser()
        // To parse it would be to find that it is no form.
        try await stranger.send(.post, "/login", "form_token=x&token=%")
        #expect(stranger.status == 403)
    }

    @Test func formsAreNotEndless() async throws {
        var owner = try await OfficeBench().owner()
        try await owner.get("/orders")
        let token = "form_token=" + PercentEncoding.encode(owner.formToken)
        try await owner.send(.post, "/logout", token + "&x=" + String(repeating: "a", count: Office.maximumFormBytes))
        #expect(owner.status == 413)
        try await owner.send(.post, "/logout", token + String(repeating: "&x=", count: 200))
        #expect(owner.status == 400)
        try await owner.send(.post, "/logout", token + String(repeating: "&x=", count: 199))
        #expect(owner.status == 303)
    }

    @Test(arguments: [
        ("https://office.example/", "__Host-taler_office_session"), ("https://office.example/behind/", "taler_office_session"),
        ("http://office.example/", "taler_office_session"),
    ])
    func theCookieIsBoundToItsHostWhereTheOfficeHasItForItself(url: String, name: String) async throws {
        var browser = try await OfficeBench(publicURL: url).owner()
        try await browser.get("/orders")
        #expect(browser.status == 200)
        #expect(browser.cookies.keys.filter { $0.hasSuffix("taler_office_session") } == [name])
        var visitor = try OfficeBench(publicURL: url).browser()
        try await visitor.get("/login")
        let cookie = try #require(visitor.response.fields["Set-Cookie"])
        #expect(cookie.hasPrefix(name + "="))
        // What browsers ask of such a name.
        if name.hasPrefix("__Host-") { #expect(cookie.contains("; Path=/;") && cookie.hasSuffix("; Secure") && !cookie.contains("Domain")) }
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "/orders\r\nSet-Cookie: a=b", "javascript:alert(1)", "/nowhere",
        "/logout", "/orders/../../x y", "\u{2F}\u{301}orders", "/login",
    ])
    func theLoginLeadsNowhereElse(next: String) async throws {
        var browser = try OfficeBench().browser()
        try await browser.get("/login?next=" + PercentEncoding.encode(next))
        #expect(browser.value(of: "next") == "")
        try await browser.submit("/login", ["token": OfficeBench.token, "next": next])
        #expect(browser.location == "/")
    }

    @Test func pagesAreKeptOutOfCachesAndFrames() async throws {
        var browser = try await OfficeBench().owner()
        for (target, status) in [("/orders", 200), ("/nothing-here", 404), ("/login", 303)] {
            try await browser.get(target)
            #expect(browser.status == status)
            #expect(browser.response.fields["Cache-Control"] == "no-store", "\(target)")
            let policy = browser.response.fields["Content-Security-Policy"] ?? ""
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"))
            #expect(browser.response.fields["X-Content-Type-Options"] == "nosniff")
            #expect(browser.response.fields["Cross-Origin-Opener-Policy"] == "same-origin")
        }
        try await browser.get("/nothing-here")
        #expect(browser.text.contains("There is nothing here") && browser.text.contains("navigation"))
        try await browser.send(.put, "/orders")
        #expect(browser.status == 405)
        #expect(browser.response.fields["Allow"]?.contains("GET") == true)
        try await browser.get("/nothing-here", accept: "application/json")
        #expect(try browser.response.json()["code"] == .integer(21))
    }

    @Test func theNameOfTheShopBreaksNothing() async throws {
        let name = "\"><script>alert(1)</script>\u{301}'"
        var browser = try OfficeBench(shopName: name).browser()
        try await browser.get("/login")
        #expect(!browser.text.contains("<script>alert") && browser.text.contains("&lt;script&gt;"))
    }
}
