// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog
import ShopStore
import TalerWire
import Testing

@testable import ShopFrontend

struct FrontPageTests {
    private func products(_ text: String) -> [String] { text.matches(of: /<h2><a href="\/product\/([^"]*)"/).map { String($0.output.1) } }

    private func kinds(_ text: String) throws -> String {
        String(try #require(text.firstMatch(of: /<nav class="kinds"[^>]*>([\s\S]*?)<\/nav>/)).output.1)
    }

    @Test func thereAre24OnAPageAndTheWayToTheOthers() async throws {
        let visitor = try ShopBench(catalog: try TestCatalog.of(60)).visitor()
        let first = try await visitor.get("/").text
        #expect(products(first) == (1...24).map { "p\($0)" })
        #expect(first.contains("<link rel=\"canonical\" href=\"http://shop.example:8080/\">"))
        #expect(first.contains("<link rel=\"next\" href=\"http://shop.example:8080/?page=2\">"))
        #expect(!first.contains("rel=\"prev\""))
        #expect(first.contains("<a href=\"/?page=2\" rel=\"next\">"))
        let second = try await visitor.get("/?page=2").text
        #expect(products(second) == (25...48).map { "p\($0)" })
        #expect(second.contains("<link rel=\"canonical\" href=\"http://shop.example:8080/?page=2\">"))
        #expect(second.contains("<link rel=\"prev\" href=\"http://shop.example:8080/\">"))
        #expect(second.contains("<link rel=\"next\" href=\"http://shop.example:8080/?page=3\">"))
        #expect(second.contains("<a href=\"/?page=2\" aria-label=\"Page 2\" aria-current=\"page\">2</a>"))
        let third = try await visitor.get("/?page=3").text
        #expect(products(third) == (49...60).map { "p\($0)" })
        #expect(!third.contains("rel=\"next\""))
    }

    @Test func manyPagesAreNotAllNamed() async throws {
        let text = try await ShopBench(catalog: try TestCatalog.of(240)).visitor().get("/?page=5").text
        let pages = text.matches(of: /aria-label="Page (\d+)"/).map { String($0.output.1) }
        #expect(pages == ["1", "4", "5", "6", "10"])
        #expect(text.matches(of: /<li aria-hidden="true">…<\/li>/).count == 2)
    }

    @Test func onePageNeedsNoWayToOthers() async throws {
        let text = try await ShopBench(catalog: try TestCatalog.of(24)).visitor().get("/").text
        #expect(!text.contains("class=\"pages\""))
        #expect(!text.contains("rel=\"next\""))
    }

    @Test(arguments: [
        "/?page=0", "/?page=-1", "/?page=2", "/?page=x", "/?page=", "/?page=99999999999999999999", "/?kind=shoe", "/?kind=%3Cscript%3E",
        "/?q=title&page=2",
    ])
    func aPageThatThereIsNotIs404(target: String) async throws {
        let response = try await ShopBench(catalog: try TestCatalog.of(3)).visitor().get(target, accept: "text/html")
        #expect(response.status == 404)
        #expect(!response.text.contains("<script>"))
    }

    @Test(arguments: [
        ("brot", "de", ["night-loaf", "tote-bag"]), ("BROT", "de", ["night-loaf", "tote-bag"]), ("loaf", "de", ["night-loaf"]),
        ("lampe+brennt", "de", ["keep-the-lamp-lit"]), ("cle+tasse", "fr", ["mug"]), ("l%E2%80%99enveloppe", "fr", ["carbon-paper"]),
        ("l%27enveloppe", "fr", ["carbon-paper"]), ("erdely", "en", ["carbon-paper", "tally-sticks"]),
        ("kerbholzer", "de", ["tally-sticks"]),
        ("brot", "en", []),
    ])
    func theSearchKnowsTheReadersLanguageAndTheMainOne(query: String, language: String, expected: [String]) async throws {
        let text = try await ShopBench().visitor().get("/?q=\(query)&lang=\(language)").text
        #expect(products(text) == expected)
        #expect(text.contains("<meta name=\"robots\" content=\"noindex\">"))
        #expect(text.contains("role=\"search\""))
    }

    @Test func nothingFoundIsSaid() async throws {
        let text = try await ShopBench().visitor().get("/?q=zzzzzz").text
        #expect(text.contains("<h1>Nothing found for “zzzzzz”</h1>"))
        #expect(text.contains("Show everything"))
        #expect(!text.contains("class=\"grid\""))
        #expect(try await ShopBench().visitor().get("/?q=%21%21").text.contains("<h1>Nothing found for “!!”</h1>"))
    }

    @Test func aSearchForNothingShowsEverything() async throws {
        let text = try await ShopBench().visitor().get("/?q=++&kind=").text
        #expect(products(text).count == 12)
        #expect(!text.contains("noindex"))
    }

    @Test func whatIsSearchedForCannotBreakOut() async throws {
        let query = "%22%CC%81%3E%3Cscript%3Ealert(1)%3C/script%3E%27%3Cb%3E"
        let response = try await ShopBench().visitor().get("/?q=\(query)&kind=article")
        #expect(!response.text.contains("<script>alert"))
        #expect(!response.text.contains("<b>"))
        #expect(response.text.contains("value=\"&quot;\u{301}&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&lt;b&gt;\""))
    }

    @Test func theOwnersWordsAreFoundInTheReadersLanguageOrElseTheFirst() throws {
        var settings = try ShopBench().shop.settings
        #expect(settings.text(settings.heading, .german) == nil)
        settings.heading = [.english: "Tea", .german: "Tee"]
        #expect(settings.text(settings.heading, .german) == Passage("Tee", .german))
        #expect(settings.text(settings.heading, .french) == Passage("Tea", .english))
    }

    @Test func theFootNamesTheSellerAndWhereItIs() async throws {
        #expect(try await ShopBench().visitor().get("/").text.contains("<p>The Quiet Press, Testtown, Testland</p>"))
    }

    @Test func aLongSearchIsCut() async throws {
        let text = try await ShopBench().visitor().get("/?q=" + String(repeating: "a", count: 3000)).text
        #expect(text.contains("value=\"\(String(repeating: "a", count: 100))\""))
        #expect(text.contains("<h1>Nothing found for “\(String(repeating: "a", count: 100))”</h1>"))
    }

    @Test func aKindIsChosenAndKeepsTheWords() async throws {
        let visitor = try ShopBench().visitor()
        let goods = try await visitor.get("/?kind=goods").text
        #expect(products(goods) == ["mug", "printed-essays", "tote-bag"])
        #expect(try kinds(goods).contains("<a href=\"/?kind=goods\" aria-current=\"true\">Goods</a>"))
        #expect(goods.contains("<input type=\"hidden\" name=\"kind\" value=\"goods\">"))
        let both = try await visitor.get("/?q=paper&kind=article").text
        #expect(products(both) == ["carbon-paper"])
        #expect(try kinds(both).contains("<a href=\"/?q=paper\">Everything</a>"))
        #expect(try kinds(both).contains("<a href=\"/?q=paper&amp;kind=goods\">Goods</a>"))
    }

    @Test func aKindOfWhichThereIsNothingSaysSo() async throws {
        let text = try await ShopBench(catalog: try TestCatalog.of(3)).visitor().get("/?kind=goods").text
        #expect(products(text).isEmpty)
        #expect(text.contains("There is nothing of this at the moment."))
    }

    @Test func whatIsHiddenIsThereForWhoHasTheAddress() async throws {
        let catalog = Catalog(products: [
            try TestCatalog.product("a", number: 1), try TestCatalog.product("secret", number: 2, title: "Secret", isHidden: true),
        ])
        let visitor = try ShopBench(catalog: catalog).visitor()
        #expect(products(try await visitor.get("/").text) == ["a"])
        #expect(products(try await visitor.get("/?q=secret").text).isEmpty)
        #expect(try await visitor.get("/product/secret").text.contains("<h1>Secret</h1>"))
    }

    @Test func whatIsSoldOutSaysSo() async throws {
        let catalog = Catalog(products: [try TestCatalog.product("a", stock: 0), try TestCatalog.product("b", number: 2, stock: 1)])
        let bench = try ShopBench(catalog: catalog)
        try await bench.store.setCatalogStock(catalog.stock)
        let text = try await bench.visitor().get("/").text
        #expect(text.matches(of: /Sold out/).count == 1)
        #expect(try #require(text.firstRange(of: "Sold out")).lowerBound < (try #require(text.firstRange(of: "/product/b"))).lowerBound)
    }

    @Test func titlesInAnotherLanguageSayInWhich() async throws {
        let bench = try ShopBench(catalog: try TestCatalog.of(1))
        let german = try await bench.visitor().get("/?lang=de").text
        #expect(german.contains("<a href=\"/product/p1\" lang=\"en\">Title 1</a>"))
        #expect(german.contains("<p class=\"summary\" lang=\"en\">"))
        #expect(!(try await bench.visitor().get("/").text.contains("<a href=\"/product/p1\" lang")))
        let translated = try await ShopBench().visitor().get("/?lang=de").text
        #expect(translated.contains("<a href=\"/product/mug\">Der Becher mit dem Schlüssel</a>"))
        #expect(translated.contains("<link rel=\"canonical\" href=\"http://shop.example:8080/?lang=de\">"))
    }

    @Test func aShopUnderAPathKeepsItInThePagesLinks() async throws {
        let text = try await ShopBench(publicURL: "https://example.com/books/", catalog: try TestCatalog.of(50)).visitor().get("/?page=2")
            .text
        #expect(text.contains("<link rel=\"prev\" href=\"https://example.com/books/\">"))
        #expect(text.contains("<a href=\"/books/?page=3\" rel=\"next\">"))
        #expect(text.contains("action=\"/books/\" role=\"search\""))
    }

    /// Were every product touched for a page, it would be about 300 times.
    @Test func tenThousandProductsCostAPageHardlyMoreThanThirty() async throws {
        let small = try ShopBench(catalog: try TestCatalog.of(30)).visitor()
        let large = try ShopBench(catalog: try TestCatalog.of(10_000)).visitor()
        func time(_ visitor: ShopBench.Visitor, _ target: String) async throws -> Duration {
            let start = ContinuousClock.now
            let text = try await visitor.get(target).text
            let end = ContinuousClock.now
            #expect(!products(text).isEmpty)
            return start.duration(to: end)
        }
        var times: (small: [Duration], large: [Duration]) = ([], [])
        for _ in 0..<20 {
            times.small.append(try await time(small, "/"))
            times.large.append(try await time(large, "/?page=300"))
        }
        let ratio = try #require(times.large.min()) / (try #require(times.small.min()))
        #expect(ratio < 50, "\(ratio) times")
    }
}
