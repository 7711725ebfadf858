// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopCatalog
import Testing

struct TranslationTests {
    private let article = CatalogFolder.article

    @Test func whatIsNotTranslatedIsInTheMainLanguageAndSaysSo() throws {
        let product = try #require(
            try CatalogFolder([
                "a.md": article, "a.de.md": "---\ntitle: Ein A\n---\nAnfang\n", "a.fr.md": "---\nsummary: résumé\n---\n===\nfin",
            ])
            .catalog()["a"])
        let german = product.text(in: .german)
        #expect(german.title == Passage("Ein A", .german))
        #expect(german.summary == Passage("s", .english))
        #expect(german.teaser == Passage("Anfang", .german))
        #expect(german.body == Passage("body", .english))
        let french = product.text(in: .french)
        #expect(french.title == Passage("A: b", .english))
        #expect(french.summary == Passage("résumé", .french))
        #expect(french.teaser == Passage("teaser", .english))
        #expect(french.body == Passage("fin", .french))
        #expect(product.text(in: .english) == product.text)
        #expect(product.text(in: .italian) == product.text)
        #expect(product.title == "A: b")
    }

    @Test func theMainLanguageIsTheShopsOrTheProducts() throws {
        let folder = try CatalogFolder([
            "a.md": article, "b.md": article.replacing("id: a\nnumber: 1", with: "number: 2\nlanguage: it"),
            "b.en.md": "---\ntitle: In English\n---\n",
        ])
        #expect(try folder.catalog()["a"]?.language == .english)
        #expect(try folder.catalog(.french)["a"]?.language == .french)
        let product = try #require(try folder.catalog(.french)["b"])
        #expect(product.language == .italian)
        #expect(product.text(in: .english).title.text == "In English")
    }

    @Test func aHeadMayHoldShortTranslations() throws {
        let text = article.replacing("author: x", with: "author: x\ntitle.de: Ein A\nsummary.es: resumen")
        let product = try #require(try CatalogFolder(["a.md": text]).catalog()["a"])
        #expect(product.text(in: .german).title == Passage("Ein A", .german))
        #expect(product.text(in: .german).summary == Passage("s", .english))
        #expect(product.text(in: .spanish).summary == Passage("resumen", .spanish))
    }
}
