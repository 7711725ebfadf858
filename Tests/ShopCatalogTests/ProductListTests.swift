// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import ShopCatalog
import Testing

struct ProductListTests {
    private static let head = """
        title: A
        kind: article
        price: KUDOS:0.50
        picture: a.svg
        summary: s
        author: x
        """

    private static let list = """
        ---
        id: a
        number: 1
        \(head)
        title.de: Ein A
        text.de: Anfang
        text:
          What *everybody* may read.

            An indented line.
          ===
          What is sold.
        ---

        id: b
        number: 2
        \(head)
        text: teaser
          ===
          body
        ---
        """

    @Test func manyProductsStandInOneFile() throws {
        let catalog = try CatalogFolder(["products.list": Self.list]).catalog()
        #expect(catalog.products.map(\.id) == ["a", "b"])
        let text = try #require(catalog["a"]?.text)
        #expect(text.teaser.text == "What *everybody* may read.\n\n  An indented line.")
        #expect(text.body.text == "What is sold.")
        #expect(catalog["b"]?.text.teaser.text == "teaser")
        #expect(catalog["b"]?.text.body.text == "body")
        let german = try #require(catalog["a"]?.text(in: .german))
        #expect(german.title == Passage("Ein A", .german))
        #expect(german.teaser == Passage("Anfang", .german))
        #expect(german.body == Passage("What is sold.", .english))
    }

    @Test func aListAndFilesGoTogether() throws {
        let catalog = try CatalogFolder([
            "products.list": Self.list, "mug.md": CatalogFolder.goods.replacing("number: 2", with: "number: 3"),
            "b.fr.md": "---\ntitle: Un B\n---\n",
        ]).catalog()
        #expect(catalog.products.map(\.id) == ["a", "b", "mug"])
        #expect(catalog["b"]?.text(in: .french).title.text == "Un B")
    }

    @Test(arguments: [
        ("id: b\n", "", 20, "id is missing"), ("number: 2", "number: two", 21, "number: "),
        ("text: teaser\n  ===\n  body", "", 20, "text is missing"),
        ("  ===\n  body", "", 28, "below ==="), ("id: b", "id: a", 20, "products.list:2 has the id a, too"),
        ("number: 2", "number: 1", 21, "a has the number 1, too"), ("number: 2", "number: 2\n\nlanguage: zz", 23, "language: "),
        ("text: teaser", "\nautor: z\ntext: teaser", 29, "autor is no key"),
    ])
    func aComplaintNamesTheLine(before: String, after: String, line: Int, reason: String) throws {
        #expect(Self.list.contains(before))
        let complaints = try CatalogFolder(["products.list": Self.list.replacing(before, with: after)]).complaints()
        #expect(complaints.first?.hasPrefix("products.list:\(line): ") == true, "\(complaints)")
        #expect(complaints.first?.contains(reason) == true, "\(complaints)")
    }

    @Test func eachProductOfAListComplains() throws {
        let complaints = try CatalogFolder(["products.list": Self.list.replacing("KUDOS:0.50", with: "EUR:1")]).complaints()
        #expect(complaints.map { $0.split(separator: ": ")[0] } == ["products.list:6", "products.list:24"])
    }
}
