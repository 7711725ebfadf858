// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopCatalog
import Testing

struct SearchTests {
    private func catalog() throws -> Catalog {
        try CatalogFolder([
            "a.md": CatalogFolder.article.replacing("title: A: b", with: "title: Crème brûlée").replacing(
                "summary: s", with: "summary: Dessert"),
            "a.de.md": "---\ntitle: Gebrannte Creme, groß\n---\n", "mug.md": CatalogFolder.goods,
            "give.md": CatalogFolder.donation.replacing("author: x", with: "author: Łukasz Ørsted\nhidden: no"),
            "secret.md": CatalogFolder.article.replacing("id: a\nnumber: 1", with: "number: 9\nhidden: yes")
                .replacing("summary: s", with: "summary: brulee"),
        ]).catalog()
    }

    @Test(arguments: [
        ("creme", Language.english, ["a"]), ("CRÈME", .english, ["a"]), ("Cre\u{300}me", .english, ["a"]), ("brule", .english, ["a"]),
        ("dessert creme", .english, ["a"]), ("creme tea", .english, []), ("tea", .english, ["mug"]), ("te", .english, ["mug", "give"]),
        ("gross", .german, ["a"]), ("GROẞ", .german, ["a"]), ("groß", .english, []), ("brulee", .german, ["a"]),
        ("dessert", .german, ["a"]),
        ("lukasz", .english, ["give"]), ("orsted", .french, ["give"]), ("creme-brulee", .english, ["a"]), ("", .english, []),
        (" .,!? ", .english, []), ("a mug", .english, ["mug"]),
    ])
    func wordsAreFoundWhateverTheirAccents(query: String, language: Language, expected: [String]) throws {
        #expect(try catalog().listed(with: query, in: language).map(\.id) == expected)
    }
}
