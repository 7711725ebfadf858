// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import Pages
import ShopStore
import TalerWire
import Testing
import TestSupport

@testable import ShopOffice

struct StatusPageTests {
    private static let nasty = "<script>alert(1)</script>\"\u{301}"

    private func finding(_ id: String, _ severity: String, advice: String = "", details: [String] = [], subject: String = "s") -> JSONValue
    {
        [
            "id": .string(id), "severity": .string(severity), "subject": .string(subject), "message": .string("Message of \(id)."),
            "advice": .string(advice), "details": .array(details.map { .string($0) }), "new": .integer(1),
        ]
    }

    private func answer(_ findings: [JSONValue]) -> Response {
        Response(json: ["status": "problem", "checked": ["t_s": .integer(1_800_000_000)], "findings": .array(findings)])
    }

    @Test func whatTheBackendFindsIsShown() async throws {
        let bench = try OfficeBench()
        bench.backend.set {
            $0.statusAnswer = answer([
                finding("exchange-unreachable", "problem", advice: "See https://not.linked.example/", subject: Self.nasty),
                finding("clock-skew", "warning", details: [Self.nasty, "second"]), finding("from-later", "catastrophe"),
                finding("backend-running", "info"), finding("database-older", "info"),
            ])
        }
        var browser = try await bench.owner()
        try await browser.get("/status")
        #expect(browser.status == 200)
        for id in ["exchange-unreachable", "clock-skew", "from-later", "database-older"] {
            #expect(browser.text.contains("Message of \(id)."))
        }
        #expect(!browser.text.contains("<script"))
        #expect(!browser.text.contains("href=\"https://not.linked"))
        #expect(browser.text.contains("<li><bdi>second</bdi></li>"))
        #expect(!browser.text.contains("Nothing keeps the shop from being paid."))
        #expect(!browser.text.contains("Message of backend-running."))
        try await browser.get("/")
        #expect(browser.text.contains("Message of from-later."))
        #expect(!browser.text.contains("Message of database-older."))
    }

    @Test func anExchangeThatWantsToKnowTheOwnerStandsOutWithItsLink() async throws {
        let bench = try OfficeBench()
        bench.backend.set {
            $0.statusAnswer = answer([
                finding(
                    "identification-needed", "problem",
                    advice: "Open https://exchange.example/kyc-spa/A_b-c?d=1&e=2 and answer what is asked there.")
            ])
        }
        var browser = try await bench.owner()
        try await browser.get("/status")
        #expect(browser.text.contains("An exchange wants to know who you are"))
        #expect(
            browser.text.contains(
                "Open <a href=\"https://exchange.example/kyc-spa/A_b-c?d=1&amp;e=2\" rel=\"noopener noreferrer\">https://exchange.example/kyc-spa/A_b-c?d=1&amp;e=2</a> and"
            ))
    }

    @Test(arguments: [
        "javascript:alert(1)", "data:text/html,x", "https://user@evil.example/", "https:///x", "http://\"onmouseover=x", "//evil.example/",
        "ftp://a.example/", "HTTPS", "https://", "java\nscript:https",
    ]) func whatIsNoPlainWebAddressIsNoLink(_ advice: String) {
        let pieces = LinkedText.pieces("Open \(advice) now")
        guard case .list(let list) = pieces else { return }
        for case .record(let piece) in list {
            if case .record? = piece["link"] { Issue.record("\(advice) is a link") }
        }
        var text = ""
        for case .record(let piece) in list { if case .text(let part)? = piece["text"] { text += part } }
        #expect(text == "Open \(advice) now")
    }

    @Test func addressesEndBeforeTheSentenceDoes() {
        #expect(
            LinkedText.pieces("Go to http://a.example/b, then (https://c.example).")
                == .list([
                    LinkedText.plain("Go to "), .record(["text": "", "link": .record(["url": "http://a.example/b"])]),
                    LinkedText.plain(", then ("), .record(["text": "", "link": .record(["url": "https://c.example"])]),
                    LinkedText.plain(")."),
                ]))
        #expect(LinkedText.pieces("") == .list([]))
    }

    @Test func aBackendThatIsAwayOrOddIsSaidToBe() async throws {
        let bench = try OfficeBench()
        var browser = try await bench.owner()
        for (answer, words) in [
            (Response(status: 401, json: ["code": .integer(40)]), "does not take the shop’s token"),
            (Response(status: 404, json: ["code": .integer(21)]), "does not tell its state"),
            (Response(status: 200, type: "text/html", text: Self.nasty), "cannot be read"),
            (Response(status: 200, json: ["status": .integer(1)]), "cannot be read"),
            (Response(status: 503), "answered 503"),
        ] {
            bench.backend.set { $0.statusAnswer = answer }
            for target in ["/status", "/"] {
                try await browser.get(target)
                #expect(browser.status == 200)
                #expect(browser.text.contains(words), "\(words)")
                #expect(!browser.text.contains("<script"))
            }
        }
        bench.backend.set { $0.isDown = true }
        for target in ["/status", "/"] {
            try await browser.get(target)
            #expect(browser.status == 200)
            #expect(browser.text.contains("The payment backend is away"))
        }
    }

    @Test func theCatalogsFirstMistakesAreInTheOpen() async throws {
        let bench = try OfficeBench(
            catalog: CatalogView(title: { _ in nil }, problems: { (1...60).map { "catalog/a.md:\($0): words" } }))
        var browser = try await bench.owner()
        for target in ["/status", "/"] {
            try await browser.get(target)
            let text = browser.text
            let summary = try #require(text.firstRange(of: "What exactly")?.lowerBound)
            for line in [1, 2, 3] {
                let place = try #require(text.firstRange(of: "a.md:\(line): words")?.lowerBound)
                #expect(place < summary)
            }
            let fourth = try #require(text.firstRange(of: "a.md:4: words")?.lowerBound)
            #expect(fourth > summary)
            #expect(text.contains("a.md:53: words") && !text.contains("a.md:54: words") && text.contains("and 7 more"))
        }
    }

    @Test func whatWaitsTooLongInTheShopIsTold() async throws {
        let bench = try OfficeBench(catalog: CatalogView(title: { _ in nil }, problems: { ["catalog/a.md:3: \(Self.nasty)"] }))
        let paying = try await bench.order([try OfficeBench.line()])
        let offer = try await bench.offer(paying)
        try await bench.store.paymentBegins(offer.contractHash)
        _ = try await bench.order([try OfficeBench.line("other")], session: "other")
        var browser = try await bench.owner()
        try await browser.get("/status")
        #expect(!browser.text.contains("Payments whose outcome is not known"))
        #expect(!browser.text.contains("still open"))
        #expect(browser.text.contains("The catalog has mistakes"))
        #expect(browser.text.contains("catalog/a.md:3: &lt;script&gt;"))
        bench.clock.advance(bySeconds: 3600 + 15 * 60)
        browser = try await bench.owner()
        try await browser.get("/status")
        #expect(browser.text.contains("Payments whose outcome is not known: 1, the order of the first is of 15 Jan 2027, 08:00 UTC."))
        #expect(
            browser.text.contains(
                "Orders whose time is over are still open: 1, the first should have been closed at 15 Jan 2027, 09:00 UTC."))
        #expect(!browser.text.contains("Nothing waits for you here."))
    }

    @Test func moneyThatCouldNotBeGivenBackCanBeTriedAgain() async throws {
        let bench = try OfficeBench()
        let order = try await bench.order([try OfficeBench.line()])
        let offer = try await bench.offer(order)
        #expect(try await bench.store.close(order.id, .expired, transaction: offer.transactionID, at: bench.clock.now()))
        _ = try await bench.store.settle(offer.contractHash, at: bench.clock.now())
        try await bench.store.giveBackFailed(offer.contractHash, error: Self.nasty, isFinal: true, at: bench.clock.now())
        var browser = try await bench.owner()
        for target in ["/", "/status"] {
            try await browser.get(target)
            #expect(browser.text.contains("Money that has to go back to a buyer could not be given back."))
            #expect(!browser.text.contains("<script"))
        }
        #expect(browser.text.contains("<strong>4.00 KUDOS</strong> of order"))
        try await browser.submit("/orders/\(order.id)/give-back", [:])
        #expect(browser.status == 303)
        #expect(try await bench.store.failedGiveBacks().isEmpty)
        try await browser.get("/status")
        #expect(browser.text.contains("Nothing waits for you here."))
    }

    @Test func theDashboardShowsWhatThereIsToDo() async throws {
        let bench = try OfficeBench(catalog: CatalogView(title: { _ in "Sticks" }))
        try await bench.store.setCatalogStock(["tally-sticks": 1])
        let paid = try await bench.paidOrder(delivery: OfficeBench.address)
        var browser = try await bench.owner()
        try await browser.get("/")
        #expect(browser.text.contains("<dt>Today</dt><dd class=\"big\">4.00 KUDOS</dd><dd class=\"fine\">1 paid order</dd>"))
        #expect(browser.text.contains("1 order waits to be sent."))
        #expect(browser.text.contains("<bdi>Ada Lovelace</bdi>"))
        #expect(browser.text.contains("Sold out: Sticks."))
        #expect(browser.text.contains("href=\"/orders/\(paid.id)\""))
        _ = try await bench.store.setSent(paid.id, Order.Sending(time: bench.clock.now(), note: ""))
        try await browser.get("/")
        #expect(!browser.text.contains("to be sent."))
        let quiet = try OfficeBench()
        browser = try await quiet.owner()
        try await browser.get("/")
        #expect(browser.text.contains("All is well."))
        #expect(browser.text.contains("Nobody has ordered anything yet."))
    }
}
