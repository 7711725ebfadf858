// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import Pages
import ShopFrontend
import TalerWire
import Testing

struct LanguagePageTests {
    @Test(arguments: Language.allCases) func everyPageIsInTheBuyersLanguage(language: Language) async throws {
        for (name, page) in try await ShopBench().pages(in: language.code) {
            #expect(page.text.contains("<html lang=\"\(language.code)\">"), "\(name)")
            #expect(page.text.contains("src=\"/texts/\(language.code).js\" defer"), "\(name)")
            #expect(!page.text.contains("⟦"), "\(name)")
            #expect(!page.text.contains("{{") && page.text.firstMatch(of: /\{[a-zA-Z]+\}/) == nil, "\(name)")
            #expect(page.fields["Vary"] == "Accept-Language, Cookie", "\(name)")
            #expect(page.fields["Cache-Control"] == "no-store", "\(name)")
        }
    }

    /// What two languages' pages have in common is names, the catalog's texts, numbers and addresses: no sentence of the shop's own.
    @Test(arguments: Language.allCases.filter { $0 != .english }) func nothingOfEnglishIsLeftOver(language: Language) async throws {
        let texts = try ShopBench.texts
        let (english, other) = (texts.words(.english), texts.words(language))
        // "Download", "Total", "Pages": single words that two languages share.
        let same = english.plainTexts.filter { other.plainTexts[$0.key] == $0.value }
        #expect(same.allSatisfy { !$0.value.contains(" ") } && same.count * 10 < english.plainTexts.count, "\(same)")
        let translated = Set(english.plainTexts.filter { other.plainTexts[$0.key] != $0.value }.values).filter { $0.utf8.count > 12 }
        for (name, page) in try await ShopBench().pages(in: language.code) {
            for text in translated { #expect(!page.text.contains(Markup(escaping: text).html), "\(name): \(text)") }
        }
    }

    @Test func theEnglishSentencesAreFoundWhereTheyBelong() async throws {
        let words = try ShopBench.texts.words(.english)
        let pages = try await ShopBench().pages(in: "en").values.map(\.text).joined()
        for key in ["product.noScriptHelp", "execute.noWallet", "bought.keep", "error.notFoundHelp", "frame.promise", "index.lead"] {
            #expect(pages.contains(Markup(escaping: words(key)).html), "\(key)")
        }
    }

    @Test func amountsAndDatesHaveTheLocalForm() async throws {
        let pages = try await ShopBench().pages(in: "de")
        #expect(pages["small-change, paid"]?.text.contains("0,50 KUDOS, 15. Januar 2027, 08:00 Uhr UTC") == true)
        #expect(pages["front"]?.text.contains("0,50 KUDOS") == true)
        #expect(pages["keep-the-lamp-lit, new"]?.text.contains(",00</label>") == true)
    }

    @Test func theSwitchLeadsToTheSamePageAndIsKept() async throws {
        let visitor = try ShopBench().visitor()
        let link = try await visitor.buy()
        let page = try await visitor.get(link + "&lang=xx", language: "it").text
        let address = try #require(page.firstMatch(of: /<a href="([^"]*)" hreflang="fr" lang="fr">Français<\/a>/)?.output.1)
        #expect(page.contains("hreflang=\"it\" lang=\"it\" aria-current=\"true\">Italiano</a>"))
        let french = try await visitor.get(String(address).replacing("&amp;", with: "&"), language: "it")
        #expect(french.status == 200)
        #expect(french.text.contains("<html lang=\"fr\">"))
        #expect(french.fields.all("Set-Cookie") == ["taler_shop_language=fr; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"])
        #expect(try await visitor.get("/", language: "it").text.contains("<html lang=\"fr\">"))
    }

    @Test func theHeadSaysWhereOneIs() async throws {
        let visitor = try ShopBench(publicURL: "https://example.com/books/").visitor()
        #expect(try await visitor.get("/").text.contains("href=\"/books/cart\" aria-current") == false)
        for place in ["cart", "purchases"] {
            let page = try await visitor.get("/" + place, accept: "text/html").text
            #expect(page.contains("<a href=\"/books/\(place)\" aria-current=\"page\">"))
            #expect(page.matches(of: /aria-current="page"/).count == 1)
        }
    }

    @Test func alternatesAreWholeAddressesOfPagesThatAreThere() async throws {
        let visitor = try ShopBench(publicURL: "https://example.com/books/").visitor()
        let page = try await visitor.get("/product/small-change?a=%22%3E").text
        #expect(
            page.contains(
                "<link rel=\"alternate\" hreflang=\"de\" href=\"https://example.com/books/product/small-change?a=%22%3E&amp;lang=de\">"))
        #expect(try await visitor.get("/nothing", accept: "text/html").text.contains("rel=\"alternate\"") == false)
    }

    @Test(arguments: [
        "/?lang=%0D%0ASet-Cookie:%20a=b", "/?lang=de%0D%0AX:%20y", "/?lang=%22%3E%3Cscript%3E", "/?a=%22%3E%3Cscript%3E&lang=de",
        "/?a=%0D%0AX:%20y&lang=de", "/nothing/%22%3E%3Cscript%3E?lang=de", "/?lang=", "/?lang=DE",
    ])
    func aLanguageBreaksOutOfNothing(target: String) async throws {
        let page = try await ShopBench().visitor().get(target, accept: "text/html")
        #expect(!page.text.contains("<script>"))
        #expect(page.fields.entries.allSatisfy { !$0.value.contains("\r") && !$0.value.contains("\n") && $0.name != "X" })
        let cookies = page.fields.all("Set-Cookie")
        #expect(cookies.isEmpty || cookies == ["taler_shop_language=de; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"])
    }

    @Test(arguments: Language.allCases) func theScriptGetsItsTexts(language: Language) async throws {
        let visitor = try ShopBench().visitor()
        let script = try await visitor.get("/texts/\(language.code).js")
        #expect(script.fields["Content-Type"] == "text/javascript; charset=utf-8")
        #expect(script.fields.all("Set-Cookie").isEmpty)
        let json = try #require(script.text.firstMatch(of: /^window\.talerTexts = Object\.freeze\((.*)\);\n$/)?.output.1)
        guard case .object(let texts) = try JSONParser.parse(String(json)) else { throw JSONError(reason: "no object") }
        #expect(texts["digits"]?.stringValue == (try ShopBench.texts).words(language)("script.digits"))
        #expect(!json.contains("<") && !json.contains("\u{2028}"))
        let tag = try #require(script.fields["ETag"])
        let again = try #require(Request(.get, "/texts/\(language.code).js", fields: ["If-None-Match": tag]))
        #expect(await visitor.bench.shop.handler.handle(again).status == 304)
    }

    @Test(arguments: ["/texts/xx.js", "/texts/en.txt", "/texts/en", "/texts/..%2Fen.js", "/texts/"])
    func otherTextsAreNotThere(target: String) async throws {
        #expect(try await ShopBench().visitor().get(target).status == 404)
    }

    @Test func hintsThatTheScriptShowsAreInTheBuyersLanguage() async throws {
        let response = try await ShopBench().visitor().get("/taler/contract?product=keep-the-lamp-lit&amount=KUDOS:0.001", language: "fr")
        #expect(response.status == 400)
        #expect(try response.object["hint"]?.stringValue?.hasPrefix("Veuillez choisir un montant de ") == true)
    }
}
