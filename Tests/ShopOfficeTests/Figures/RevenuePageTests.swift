// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import ShopOffice
import ShopStore
import TalerWire
import Testing

struct RevenuePageTests {
    /// By its bytes: among characters it is one, which an escaper can overlook.
    private static let markedQuote = "\"\u{301}".unicodeScalars
    private static let nasty = "<script>alert(1)</script>\"'`\u{301} onload=x =cmd"

    /// 15 January 2027, 08:00 UTC, is now.
    private func shop() async throws -> (OfficeBench, OfficeBrowser) {
        let bench = try OfficeBench(catalog: CatalogView(title: { $0 == "essay" ? "An Essay" : nil }))
        let first = try await bench.paidOrder([try OfficeBench.line("essay", title: "Old title", kind: .article, price: "KUDOS:1.25")])
        try await bench.store.noteRefund(first.id, try Amount("KUDOS:0.25"))
        _ = try await bench.paidOrder([try OfficeBench.line("gone", title: Self.nasty, quantity: 3)], number: 2, session: "other")
        return (bench, try await bench.owner())
    }

    @Test func thePageShowsWhatWasPaidGivenBackAndKept() async throws {
        var (_, browser) = try await shop()
        try await browser.get("/revenue")
        #expect(browser.status == 200)
        #expect(browser.text.contains("<dt>Kept</dt><dd class=\"big\">13.00 KUDOS</dd>"))
        #expect(browser.text.contains("<dt>Paid</dt><dd>13.25 KUDOS</dd>"))
        #expect(browser.text.contains("<dt>Given back</dt><dd>0.25 KUDOS</dd>"))
        #expect(browser.text.contains("<dt>Paid orders</dt><dd>2</dd>"))
        #expect(
            browser.text.contains(
                "<th scope=\"row\">Friday, 15 January 2027</th><td class=\"number\">2</td><td class=\"number\">13.25</td><td class=\"number\">0.25</td><td class=\"number\">13.00</td>"
            ))
        #expect(browser.text.contains("<bdi>An Essay</bdi>"))
        #expect(!browser.text.contains("Old title"))
        #expect(browser.text.contains("days in UTC"))
        #expect(browser.text.contains("aria-current=\"true\">Last 30 days</a>"))
    }

    @Test func namesOfProductsStayText() async throws {
        var (_, browser) = try await shop()
        for target in ["/revenue", "/"] {
            try await browser.get(target)
            #expect(browser.status == 200)
            #expect(!browser.text.contains("<script"))
            #expect(!browser.text.unicodeScalars.contains(Self.markedQuote))
            #expect(!browser.text.contains(" style="))
            #expect(browser.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        }
    }

    @Test func everyDrawingOfThePageIsWellFormedAndHasItsOwnNames() async throws {
        var (_, browser) = try await shop()
        for (target, count) in [
            ("/revenue", 4), ("/revenue?from=2020-01-01&to=2027-01-15&by=day", 4), ("/revenue?from=2001-01-01&to=2001-01-01", 2), ("/", 1),
        ] {
            try await browser.get(target)
            var ids: [String] = []
            let drawings = browser.text.drawings
            #expect(drawings.count == count, "\(target)")
            for drawing in drawings {
                let reader = DrawingReader()
                try reader.read(drawing)
                ids += reader.ids
            }
            #expect(Set(ids).count == ids.count, "\(target)")
        }
    }

    @Test(arguments: [
        "from=2026-02-30&to=2026-03-01", "from=x&to=%22%3E%3Cscript%3E", "from=2027-01-02&to=2027-01-01", "from=2000-01-01&to=2027-01-01",
        "from=&to=",
    ]) func whatIsNoTimeIsToldBesideTheFieldAndKept(_ query: String) async throws {
        var (_, browser) = try await shop()
        try await browser.get("/revenue?" + query)
        #expect(browser.status == 400)
        #expect(browser.text.contains("aria-invalid=\"true\""))
        #expect(browser.text.contains("role=\"alert\""))
        #expect(!browser.text.contains("<script"))
        if query.contains("2026-02-30") { #expect(browser.value(of: "from") == "2026-02-30") }
        try await browser.get("/revenue.csv?" + query)
        #expect(browser.status == 400)
    }

    @Test func tooManyBarsAreDrawnByTheNextStep() async throws {
        var (_, browser) = try await shop()
        try await browser.get("/revenue?from=2025-12-13&to=2027-01-16&by=day")
        #expect(browser.text.contains("they are shown by week"))
        #expect(browser.text.contains("11 January 2027 to 16 January 2027"))
    }

    @Test func theTableForSpreadsheetsIsExactAndRunsNothing() async throws {
        var (_, browser) = try await shop()
        try await browser.get("/revenue.csv?from=2027-01-14&to=2027-01-15")
        #expect(browser.response.fields["Content-Type"] == "text/csv; charset=utf-8; header=present")
        #expect(browser.response.fields["Content-Disposition"] == "attachment; filename=\"revenue-2027-01-14-2027-01-15-by-day.csv\"")
        #expect(
            browser.text == "first_day,last_day,orders,currency,paid,given_back,kept\r\n2027-01-14,2027-01-14,0,KUDOS,0,0,0\r\n"
                + "2027-01-15,2027-01-15,2,KUDOS,13.25,0.25,13\r\n")
        try await browser.get("/revenue.csv?of=products")
        #expect(browser.text.contains("essay,An Essay,article,1,1,KUDOS,1.25,0.25,1\r\n"))
    }

    @Test func aFormulaInATitleIsAText() async throws {
        let bench = try OfficeBench()
        _ = try await bench.paidOrder([try OfficeBench.line("p", title: "=HYPERLINK(\"http://x\")")])
        var browser = try await bench.owner()
        try await browser.get("/revenue.csv?of=products")
        #expect(browser.text.contains("p,\"'=HYPERLINK(\"\"http://x\"\")\",goods"))
    }

    @Test func twentyProductsHaveARowAndTheOthersShareOne() async throws {
        let many = try ManyOrders(count: 500, products: 60, seconds: 86_400 * 20, end: try Timestamp(seconds: 1_800_000_000))
        var browser = try await OfficeBench(store: many.store).owner()
        try await browser.get("/revenue")
        #expect(browser.text.contains("<tr class=\"rest\"><th scope=\"row\"><bdi>41 other products</bdi></th>"))
        #expect(browser.text.components(separatedBy: "<bdi>Product ").count == 20)
        try await browser.get("/revenue.csv?of=products")
        // A heading, sixty products, the one that is in every fourth order, and refunds of a part that belong to none.
        #expect((62...63).contains(browser.text.components(separatedBy: "\r\n").count - 1))
    }

    @Test func anEmptyShopHasAPageToo() async throws {
        var browser = try await OfficeBench().owner()
        for target in ["/revenue", "/", "/revenue.csv", "/revenue?from=1970-01-01&to=1970-01-01", "/revenue?from=9998-12-01&to=9998-12-31"]
        {
            try await browser.get(target)
            #expect(browser.status == 200, "\(target)")
        }
        try await browser.get("/revenue")
        #expect(browser.text.contains("Nothing was paid in this time."))
    }
}

extension String {
    /// The drawings of a page, each with its own tags.
    var drawings: [String] {
        components(separatedBy: "<svg xmlns=").dropFirst().compactMap { part in
            part.firstRange(of: "</svg>").map { "<svg xmlns=" + part[..<$0.upperBound] }
        }
    }
}
