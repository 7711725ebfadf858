// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopOffice
import ShopStore
import TalerWire
import Testing
import TestSupport

struct StockPageTests {
    /// By its bytes: among characters it is one, which an escaper can overlook.
    private static let markedQuote = "\"\u{301}".unicodeScalars
    private static let nasty = "<script>alert(1)</script>\"\u{301}'"

    private func shop() async throws -> (OfficeBench, OfficeBrowser) {
        let bench = try OfficeBench(
            catalog: CatalogView(title: { ["full": "Full", "low": "Low", "out": Self.nasty, "over": "Over"][$0] }))
        try await bench.store.setCatalogStock(["full": 100, "low": 5, "out": 0, "over": 3, "gone": 2], at: bench.clock.now())
        return (bench, try await bench.owner())
    }

    @Test func whatIsPressingStandsFirst() async throws {
        var (bench, browser) = try await shop()
        _ = try await bench.paidOrder([try OfficeBench.line("over", quantity: 3)])
        _ = try await bench.store.changeSupply(of: "over", by: -1, reason: "r", form: nil, at: bench.clock.now())
        _ = try await bench.order([try OfficeBench.line("gone")])
        try await bench.store.setCatalogStock(["full": 100, "low": 5, "out": 0, "over": 3], at: bench.clock.now())
        try await browser.get("/stock")
        #expect(browser.status == 200)
        let places = ["1 missing", "sold out</span>", ">low</span>", "/stock/full", "not in the catalog any more"].map {
            browser.text.firstRange(of: $0)?.lowerBound
        }
        #expect(places.allSatisfy { $0 != nil })
        #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
        #expect(browser.text.contains("3 products are missing, sold out or nearly so"))
        #expect(!browser.text.contains("<script"))
        #expect(!browser.text.unicodeScalars.contains(Self.markedQuote))
    }

    @Test func theStockIsATableForOtherProgramsToo() async throws {
        var (_, browser) = try await shop()
        try await browser.get("/stock.csv")
        #expect(browser.status == 200)
        #expect(browser.response.fields["Content-Type"] == "text/csv; charset=utf-8")
        let lines = browser.text.components("\r\n")
        #expect(lines.first == "product,title,limited,available,reserved,sold,supply,missing,in_file")
        #expect(lines.contains("low,Low,yes,5,0,0,5,0,5"))
    }

    @Test func theOwnerChangesTheSupplyAndSaysWhy() async throws {
        var (bench, browser) = try await shop()
        try await browser.get("/stock/low")
        #expect(browser.text.contains("Only 5 can be ordered."))
        let form = try #require(browser.value(of: "form"))
        try await browser.submit("/stock/low", ["form": form, "difference": "+7", "reason": Self.nasty])
        #expect(browser.status == 303)
        let location = try #require(browser.location)
        #expect(location.hasPrefix("/stock/low?done="))
        try await browser.get(location)
        #expect(browser.text.contains("Changed by +7: the supply was 12 then."))
        #expect(browser.text.contains("The product’s file says stock: 5, and the supply is 12, as 7 more were added here."))
        #expect(browser.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!browser.text.contains("<script"))
        #expect(try await bench.store.stock("low")?.supply == 12)
        try await browser.get("/stock/full?done=" + (location.split(separator: "=").last.map(String.init) ?? ""))
        #expect(!browser.text.contains("Changed by"))
    }

    @Test func aFormThatIsSentTwiceChangesOnce() async throws {
        var (bench, browser) = try await shop()
        try await browser.get("/stock")
        let form = try #require(browser.value(of: "form"))
        var locations: Set<String> = []
        for _ in 0..<3 {
            var copy = browser
            try await copy.submit("/stock/full", ["form": form, "difference": "-4", "reason": "r"])
            #expect(copy.status == 303)
            locations.insert(copy.location ?? "")
        }
        #expect(locations.count == 1)
        #expect(try await bench.store.stock("full")?.supply == 96)
    }

    @Test(arguments: [
        ("", "r", "difference"), ("x", "r", "difference"), ("1.5", "r", "difference"), ("0", "r", "difference"),
        ("99999999999999999999", "r", "difference"), ("5", "  ", "reason"), ("5", String(repeating: "a", count: 201), "reason"),
        ("-101", "r", "difference"), ("1000000000", "r", "difference"),
    ]) func whatIsWrongIsSaidBesideTheFieldAndNothingIsLost(_ difference: String, _ reason: String, _ field: String) async throws {
        var (bench, browser) = try await shop()
        try await browser.get("/stock/full")
        let form = try #require(browser.value(of: "form"))
        try await browser.submit("/stock/full", ["form": form, "difference": difference, "reason": reason])
        #expect([400, 409].contains(browser.status))
        #expect(browser.text.contains("aria-invalid=\"true\""))
        #expect(browser.text.contains("role=\"alert\""))
        #expect(browser.value(of: "difference") == difference)
        #expect(browser.value(of: "form") == form)
        if field == "difference" { #expect(browser.value(of: "reason") == reason) }
        #expect(try await bench.store.stock("full")?.supply == 100)
    }

    @Test func everyMinusOfAKeyboardIsOne() async throws {
        var (bench, browser) = try await shop()
        for (index, minus) in ["-", "−", "–"].enumerated() {
            try await browser.get("/stock/full")
            let form = try #require(browser.value(of: "form"))
            try await browser.submit("/stock/full", ["form": form, "difference": " \(minus)1 ", "reason": "r"])
            #expect(try await bench.store.stock("full")?.supply == 99 - index)
        }
    }

    @Test(arguments: ["/stock/none", "/stock/%3Cscript%3E", "/stock/..", "/stock/a%2Fb"]) func whatHasNoStockIsNotFound(_ path: String)
        async throws
    {
        var (_, browser) = try await shop()
        try await browser.get(path)
        #expect(browser.status == 404)
        #expect(!browser.text.contains("<script"))
        try await browser.submit(path, ["form": "0123456789abcdef", "difference": "1", "reason": "r"])
        #expect(browser.status == 404)
        try await browser.get("/stock/full")
        try await browser.submit("/stock/full", ["form": "\"><script>", "difference": "1", "reason": "r"])
        #expect(browser.status == 400)
        #expect(!browser.text.contains("<script"))
    }

    @Test func manyProductsHavePagesAndASearch() async throws {
        let bench = try OfficeBench(catalog: CatalogView(title: { $0 == "p0042" ? "Émile’s \u{202E}book" : $0 }))
        try await bench.store.setCatalogStock(Dictionary(uniqueKeysWithValues: (1000...1119).map { ("p\($0)", 50) } + [("p0042", 50)]))
        var browser = try await bench.owner()
        try await browser.get("/stock")
        #expect(browser.text.contains("121 products"))
        #expect(browser.text.contains("Page 1 of 3"))
        try await browser.get("/stock?page=3")
        #expect(browser.text.contains("Page 3 of 3"))
        #expect(browser.text.contains("/stock/p0042"))
        for page in ["99999999999999999999", "-3", "x", "4"] {
            try await browser.get("/stock?page=\(page)")
            #expect(browser.status == 200)
        }
        try await browser.get("/stock?q=%C3%A9MILE")
        #expect(browser.text.contains("/stock/p0042"))
        #expect(browser.text.contains("<p class=\"fine\">1 product."))
        try await browser.get("/stock?q=%22%3E%3Cscript%3E")
        #expect(browser.text.contains("No product is called like that."))
        #expect(!browser.text.contains("<script"))
    }

    @Test func withoutLimitedProductsThePageSaysHowToLimitThem() async throws {
        var browser = try await OfficeBench().owner()
        try await browser.get("/stock")
        #expect(browser.text.contains("<code>stock: 12</code>"))
    }
}
