// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire
import Testing

@testable import ShopFrontend

/// What every answer says to browsers and caches.
struct HeaderTests {
    private static let name = "00000000000000000000000000"

    /// One address for each route, and some that are none.
    static let requests: [(HTTPMethod, String)] =
        Shop.routes.map { route in
            let path = route.pattern.split(separator: "/").map { $0.hasPrefix(":") ? name : String($0) }.joined(separator: "/")
            return (route.method, "/" + path)
        } + [
            (.get, "/static/base.css"), (.get, "/texts/en.js"), (.get, "/product/essay"), (.get, "/taler/contract?product=essay"),
            (.get, "/x"),
            (.put, "/"), (.head, "/"), (.get, "/?q=a"), (.get, "/?lang=de"),
        ]

    @Test(arguments: requests) func everyAnswerSaysHowLongItMayBeKept(method: HTTPMethod, target: String) async throws {
        let browser = Browser(try ShopBench.scratch())
        for accept in ["text/html", "application/json"] {
            let response = try await browser.send(method, target, more: [("Accept", accept)])
            let rule = try #require(response.fields["Cache-Control"])
            let isFile = ["/static/base.css", "/texts/en.js"].contains(target)
            #expect(rule == (isFile ? "no-cache" : "no-store"), "\(target)")
            #expect(response.fields.all("Cache-Control").count == 1)
        }
    }

    @Test(arguments: requests) func everyAnswerIsFencedIn(method: HTTPMethod, target: String) async throws {
        let response = try await Browser(try ShopBench.scratch()).send(method, target)
        let policy = try #require(response.fields["Content-Security-Policy"])
        #expect(policy.contains("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(!policy.contains("*"))
        #expect(response.fields["X-Content-Type-Options"] == "nosniff")
        #expect(response.fields["X-Frame-Options"] == "DENY")
        #expect(response.fields["Referrer-Policy"] == "no-referrer")
        #expect(response.fields["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups")
        #expect(response.fields["Cross-Origin-Resource-Policy"] == "same-origin")
        #expect(response.fields["Permissions-Policy"]?.contains("camera=()") == true)
        #expect(response.fields["Server"] == nil)
        #expect(response.fields["X-Powered-By"] == nil)
        #expect(response.fields["Strict-Transport-Security"] == nil, "not reached over https")
    }

    @Test func overHTTPSBrowsersStayWithIt() async throws {
        let bench = try ShopBench.scratch(publicURL: "https://shop.example/")
        #expect(try await Browser(bench).get("/").fields["Strict-Transport-Security"] == "max-age=31536000")
    }

    @Test(arguments: [
        ("https://shop.example/", "__Host-taler_shop_session", "/", true),
        ("https://shop.example/books/", "taler_shop_session", "/books/", true),
        ("http://shop.example:8080/", "taler_shop_session", "/", false),
    ])
    func cookiesAreForThisShopAlone(url: String, name: String, path: String, isSecure: Bool) async throws {
        let bench = try ShopBench.scratch(publicURL: url)
        let request = try #require(Request(.get, "/taler/contract?product=essay"))
        let cookie = try #require(await bench.shop.handler.handle(request).fields["Set-Cookie"])
        let parts = cookie.split(separator: ";").map { $0.drop { $0 == " " } }
        #expect(parts.first?.hasPrefix(name + "=") == true)
        #expect(parts.contains("HttpOnly"))
        #expect(parts.contains("SameSite=Lax"))
        #expect(parts.contains("Path=\(path)"))
        #expect(parts.contains("Secure") == isSecure)
        #expect(!parts.contains { $0.lowercased().hasPrefix("domain") })
        let german = try #require(Request(.get, "/?lang=de"))
        let language = try #require(await bench.shop.handler.handle(german).fields["Set-Cookie"])
        #expect(language.hasPrefix(name.replacing("session", with: "language") + "=de;"))
    }

    @Test(arguments: HostileText.all) func nobodyIsSentToAnotherHost(hostile: HostileText) async throws {
        let bench = try ShopBench.scratch()
        let browser = Browser(bench)
        try await browser.add("card")
        for host in ["evil.example", hostile.text] {
            browser.fields["Host"] = host
            browser.fields["X-Forwarded-Host"] = "evil.example"
            let forms = try await browser.checkout()
            let responses = [
                try await browser.submit("/cart", ["product": "card", "quantity": hostile.text]),
                try await browser.submit("/cart", ["product": "gift", "choice": "own", "own": hostile.text]),
                try await browser.submit("/cart/line", ["remove": hostile.text]),
                try await browser.submit("/cart/line", ["adjust": hostile.text]),
                try await browser.submitRaw(
                    "/checkout", forms.map { ($0.0, $0.0 == "form_token" || $0.0 == "checkout" ? $0.1 : hostile.text) }),
                try await browser.get("/checkout?next=//evil.example&next=\(hostile.encoded.replacing("%00", with: ""))"),
            ]
            for response in responses {
                guard let location = response.fields["Location"] else { continue }
                #expect(location.hasPrefix("/") && !location.hasPrefix("//") && !location.hasPrefix("/\\"), "\(location)")
                #expect(location.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            }
        }
    }

    @Test(arguments: HostileText.all) func nothingFromOutsideBecomesAHeader(hostile: HostileText) async throws {
        let browser = Browser(try ShopBench.scratch())
        let targets = [
            "/?lang=\(hostile.encoded)", "/cart?notice=\(hostile.encoded)&product=\(hostile.encoded)", "/product/\(hostile.encoded)",
            "/taler/contract?product=\(hostile.encoded)",
        ]
        for target in targets {
            guard let request = Request(.get, target, fields: browser.fields) else { continue }
            for entry in await browser.bench.shop.handler.handle(request).fields.entries {
                #expect(!entry.value.utf8.contains { $0 < 0x20 || $0 == 0x7F })
                #expect(entry.value.utf8.allSatisfy { $0 < 0x80 }, "\(entry)")
            }
        }
    }

    @Test(arguments: [
        "/static/..%2Fcatalog%2Fmug.md", "/static/%2e%2e/Package.swift", "/pictures/%2e%2e%2fmug.md", "/pictures/..%5c..%5cetc%5cpasswd",
        "/texts/..%2F..%2Ftexts%2Fen.js", "/texts/en.txt", "/texts/en", "/static//etc/passwd", "/static/%2Fetc%2Fpasswd",
        "/static/.%00.css",
        "/static/base.css%00", "/static/base.css/", "/static/BASE.CSS", "/pictures/", "/download/..%2F..%2Fsecret?key=x",
    ])
    func noAddressReachesAFileThatIsNotInItsTable(target: String) async throws {
        guard let request = Request(.get, target) else { return }
        let response = await (try ShopBench()).shop.handler.handle(request)
        #expect([403, 404].contains(response.status))
        #expect(response.body.count < 1000)
    }
}
