// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopCatalog
import Testing

struct ComplaintTests {
    private let article = CatalogFolder.article
    private let goods = CatalogFolder.goods
    private let donation = CatalogFolder.donation

    /// The complaint begins with the key or says the reason, and stands at the line.
    private func expect(_ text: String, in name: String = "a.md", line: Int, _ reason: String, also: [String: String] = [:]) throws {
        let complaints = try CatalogFolder([name: text].merging(also) { first, _ in first }).complaints()
        #expect(complaints.count == 1, "\(complaints)")
        #expect(complaints.first?.hasPrefix("\(name):\(line): ") == true, "\(complaints)")
        #expect(complaints.first?.contains(reason) == true, "\(complaints)")
    }

    @Test(arguments: [
        ("number: 1", "number: x", 3, "number: "), ("number: 1", "number: 9007199254740992", 3, "2^53"),
        ("number: 1", "number: -1", 3, "number: "), ("number: 1", "number: 1.0", 3, "number: "),
        ("kind: article", "kind: shoe", 5, "article, download, donation or goods"),
        ("price: KUDOS:0.50", "price: KUDOS:0.505", 6, "no whole number of KUDOS:0.01"),
        ("price: KUDOS:0.50", "price: EUR:1", 6, "currency is KUDOS"), ("price: KUDOS:0.50", "price: free", 6, "no amount"),
        ("price: KUDOS:0.50", "price: KUDOS:0", 6, "zero"), ("price: KUDOS:0.50", "price: KUDOS:-1", 6, "no amount"),
        ("picture: a.svg", "picture: ../a.svg", 7, "no pictures/"), ("picture: a.svg", "picture: b.svg", 7, "no pictures/b.svg"),
        ("id: a", "id: A b", 2, "lower-case"), ("id: a", "id: ../a", 2, "lower-case"), ("id: a", "id: b", 2, "the file's name, a"),
        ("author: x", "author: x\nautor: x", 10, "autor is no key"), ("author: x", "author:", 9, "“key: value”"),
        ("id: a", "id", 2, "“key: value”"), ("author: x", "author: x\n: y", 10, "“key: value”"),
        ("author: x", "author: x\nsummary: again", 10, "summary is there twice"), ("title: A", "title: A\tB", 4, "control character"),
        ("summary: s", "summary: \u{1}s", 8, "control character"), ("author: x", "author: \u{7F}x", 9, "control character"),
        ("---\nid", "id", 1, "must be ---"), ("---\nteaser", "teaser", 1, "second ---"),
        ("kind: article", "kind: download\nfile: g.txt", 6, "no files/g.txt"), ("kind: article", "kind: download", 1, "file is missing"),
        ("author: x", "author: x\nfile: f.txt", 10, "for the kind download only"),
        ("author: x", "author: x\nminimum: KUDOS:1", 10, "for the kind donation only"),
        ("author: x", "author: x\ndelivery: DE", 10, "for the kind goods only"),
        ("author: x", "author: x\nlanguage: xx", 10, "one of en, de, fr, es, it"),
        ("author: x", "author: x\nstock: many", 10, "from 0 to 1000000"), ("author: x", "author: x\nstock: -1", 10, "from 0 to"),
        ("author: x", "author: x\nstock: 1000001", 10, "from 0 to"), ("author: x", "author: x\nhidden: maybe", 10, "yes or no"),
        ("author: x", "author: x\nmaximum_quantity: 0", 10, "from 1 to 99"),
        ("author: x", "author: x\nmaximum_quantity: 100", 10, "from 1 to 99"),
        ("author: x", "author: x\ntext: x", 10, "text is no key"), ("author: x", "author: x\ntitle.xx: y", 10, "no key"),
        ("author: x", "author: x\ntitle.en: y", 10, "en is the product"),
        ("author: x", "author: x\ntitle.de: a\tb", 10, "control character"),
        ("author: x", "author: x\ntax: VAT", 10, "no tax"), ("author: x", "author: x\ntax: 19%", 10, "no tax"),
        ("author: x", "author: x\ntax: VAT 0%", 10, "no tax"), ("author: x", "author: x\ntax: VAT 101%", 10, "no tax"),
        ("author: x", "author: x\ntax: VAT 1.23456%", 10, "no tax"), ("author: x", "author: x\ntax: VAT .5%", 10, "no tax"),
        ("author: x", "author: x\ntax: VAT 5.%", 10, "no tax"), ("author: x", "author: x\ntax: VAT -5%", 10, "no tax"),
        ("author: x", "author: x\ntax: VAT 5%\ntax: VAT 6%", 11, "VAT is there twice"),
        ("author: x", "author: x\ntaxes: VAT 60%, Levy 41%", 10, "more than 100%"),
        ("author: x", "author: x\ntaxes: VAT 5%,", 10, "no tax"),
        ("author: x\n", "", 1, "author is missing"), ("number: 1\n", "", 1, "number is missing"),
        ("title: A: b\n", "", 1, "title is missing"),
        ("kind: article\n", "", 1, "kind is missing"), ("price: KUDOS:0.50\n", "", 1, "price is missing"),
        ("picture: a.svg\n", "", 1, "picture is missing"), ("summary: s\n", "", 1, "summary is missing"),
        ("\n===\nbody", "", 10, "below ==="), ("teaser\n", "", 10, "the text is missing"),
    ])
    func aComplaintAboutAnArticleNamesTheLine(before: String, after: String, line: Int, reason: String) throws {
        #expect(article.contains(before))
        try expect(article.replacing(before, with: after, maxReplacements: 1), line: line, reason)
    }

    @Test(arguments: [
        ("delivery: DE, FR", "delivery: DE, XX", 11, "“XX” is no country"), ("delivery: DE, FR", "delivery: de", 11, "no country"),
        ("delivery: DE, FR", "delivery: DE, DE", 11, "DE is there twice"), ("delivery: DE, FR", "delivery: DE,", 11, "“” is no country"),
        ("delivery: DE, FR", "delivery: everywhere, DE", 11, "“everywhere” is no country"),
        ("delivery: DE, FR\n", "", 1, "delivery is missing"), ("delivery_days: 2-5\n", "", 1, "delivery_days is missing"),
        ("delivery_days: 2-5", "delivery_days: soon", 12, "3 or 2-5"), ("delivery_days: 2-5", "delivery_days: 5-2", 12, "3 or 2-5"),
        ("delivery_days: 2-5", "delivery_days: 2-366", 12, "at most 365"), ("delivery_days: 2-5", "delivery_days: 1-2-3", 12, "3 or 2-5"),
        ("delivery_days: 2-5", "delivery_days: -3", 12, "3 or 2-5"), ("delivery_price: KUDOS:3", "delivery_price: 3", 13, "no amount"),
        ("delivery_price: KUDOS:3", "delivery_price: KUDOS:0.001", 13, "no whole number"),
        ("delivery_price: KUDOS:3", "delivery_price: EUR:3", 13, "currency is KUDOS"),
        ("It holds tea.", "", 14, "the text is missing"),
    ])
    func aComplaintAboutGoodsNamesTheLine(before: String, after: String, line: Int, reason: String) throws {
        #expect(goods.contains(before))
        try expect(goods.replacing(before, with: after), line: line, reason)
    }

    @Test(arguments: [
        ("minimum: KUDOS:1", "minimum: KUDOS:2", 6, "between minimum and maximum"),
        ("suggested: KUDOS:1, KUDOS:2", "suggested: KUDOS:1, KUDOS:4", 6, "between minimum and maximum"),
        ("suggested: KUDOS:1, KUDOS:2", "suggested: KUDOS:1, 2", 6, "2 is no amount"),
        ("suggested: KUDOS:1, KUDOS:2", "suggested: KUDOS:1,", 6, "is no amount"), ("minimum: KUDOS:1", "minimum: none", 7, "no amount"),
        ("maximum: KUDOS:3", "maximum: EUR:3", 8, "currency is KUDOS"), ("price: KUDOS:2", "price: KUDOS:3.01", 5, "between"),
        ("suggested: KUDOS:1, KUDOS:2\n", "", 1, "suggested is missing"), ("minimum: KUDOS:1\n", "", 1, "minimum is missing"),
        ("maximum: KUDOS:3\n", "", 1, "maximum is missing"), ("author: x", "author: x\nmaximum_quantity: 2", 12, "one at a time"),
    ])
    func aComplaintAboutADonationNamesTheLine(before: String, after: String, line: Int, reason: String) throws {
        #expect(donation.contains(before))
        try expect(donation.replacing(before, with: after), line: line, reason)
    }

    @Test(arguments: [
        ("a.de.md", "title: x", 1, "must be ---"), ("a.de.md", "---\nprice: KUDOS:1\n---\n", 2, "price is no key of a translation"),
        ("a.de.md", "---\ntitle: a\tb\n---\n", 2, "control character"),
        ("a.en.md", "---\ntitle: x\n---\n", 1, "en is the main language of a"),
        ("b.de.md", "---\ntitle: x\n---\n", 1, "there is no product b"),
    ])
    func aComplaintAboutATranslationNamesTheLine(name: String, text: String, line: Int, reason: String) throws {
        try expect(text, in: name, line: line, reason, also: ["a.md": article])
    }

    @Test func anUnknownLanguageIsSaid() throws {
        let complaints = try CatalogFolder(["a.md": article, "a.xx.md": "---\n---\n"]).complaints()
        #expect(complaints == ["a.xx.md:1: xx is none of the languages en, de, fr, es, it"])
    }

    @Test func aProductIsTranslatedOnce() throws {
        let text = article.replacing("author: x", with: "author: x\ntitle.de: y")
        let complaints = try CatalogFolder(["a.md": text, "a.de.md": "---\ntitle: z\n---\n"]).complaints()
        #expect(complaints.count == 1)
        #expect(complaints.first?.contains("a is translated into de twice") == true)
    }

    @Test func idsAndNumbersAreUnique() throws {
        try expect(
            article.replacing("id: a", with: "id: b"), in: "b.md", line: 3, "a has the number 1, too", also: ["a.md": article])
        let list = article.replacing("\n---\nteaser\n===\nbody", with: "\ntext: t\n  ===\n  u").replacing("number: 1", with: "number: 2")
        try expect(list, in: "products.list", line: 2, "a.md:2 has the id a, too", also: ["a.md": article])
    }

    @Test func everythingThatIsWrongIsSaidAtOnce() throws {
        let complaints = try CatalogFolder([
            "a.md": article.replacing("number: 1", with: "number: x").replacing("picture: a.svg", with: "picture:").replacing(
                "s\n", with: "\n"),
            "mug.md": goods.replacing("DE, FR", with: "XX, YY").replacing("a.svg", with: "b.svg").replacing("stock: 12", with: "stock: x"),
            "give.md": donation.replacing("a.svg", with: "c.svg"), "nobody.de.md": "---\n---\n", "a.de.md": "---\ntitle: x\n---\n",
        ]).complaints()
        let places = complaints.map { $0.split(separator: ": ")[0] }
        #expect(
            places == ["a.md:3", "a.md:7", "a.md:8", "give.md:9", "mug.md:6", "mug.md:9", "mug.md:11", "mug.md:11", "nobody.de.md:1"],
            "\(complaints)")
    }

    @Test func whatAMistakeHidesIsSaidWithIt() throws {
        let complaints = try CatalogFolder([
            "a.md": article,
            "b.md": article.replacing("id: a\n", with: "").replacing("a.svg", with: "b.svg").replacing("author: x\n", with: ""),
            "c.md": article.replacing("id: a\n", with: "").replacing("number: 1", with: "number: 4").replacing(
                "kind: article", with: "kind: download\nfile: g.txt\nstock: many"),
            "c.en.md": "---\n---\n", "c.de.md": "---\ntitle: x\n---\n",
        ]).complaints()
        #expect(
            complaints.map { $0.split(separator: ": ").prefix(2).joined(separator: " ") } == [
                "b.md:1 author is missing in the head", "b.md:2 number", "b.md:6 picture", "c.en.md:1 en is the main language of c",
                "c.md:5 file", "c.md:6 stock",
            ],
            "\(complaints)")
    }

    @Test(arguments: ["id: a\n---\nteaser", "nothing", "---\nid: A\n"])
    func aProductThatCannotBeReadIsNoMistakeOfItsTranslations(text: String) throws {
        let complaints = try CatalogFolder(["a.md": text, "a.de.md": "---\ntitle: x\n---\n"]).complaints()
        #expect(complaints.count == 1 && complaints.first?.hasPrefix("a.md:1: ") == true, "\(complaints)")
    }

    @Test(arguments: [
        ("price: KUDOS:0.50", "price: KUDOS:3,50", 6, "KUDOS:3,50 is no amount: write KUDOS:3.50"),
        ("price: KUDOS:0.50", "price: 5", 6, "5 is no amount: write KUDOS:5"),
        ("price: KUDOS:0.50", "price: 5 KUDOS", 6, "write KUDOS:5"), ("price: KUDOS:0.50", "price: KUDOS 5,5", 6, "write KUDOS:5.5"),
        ("author: x", "author: x\ntitel: y", 10, "titel is no key of a product; did you mean title?"),
        ("author: x", "author: x\nhiden: yes", 10, "did you mean hidden?"),
    ])
    func aComplaintSaysWhatWasMeant(before: String, after: String, line: Int, reason: String) throws {
        try expect(article.replacing(before, with: after), line: line, reason)
    }

    @Test func anEmptyCatalogIsRefused() throws {
        #expect(try CatalogFolder().complaints().count == 1)
    }

    @Test func aMissingFolderIsRefused() throws {
        let folder = try CatalogFolder(["a.md": article])
        try folder.remove("pictures")
        #expect(try folder.complaints() == ["pictures: the folder cannot be read"])
        #expect(throws: CatalogErrors.self) { try Catalog(folder: "/nonexistent/catalog", rules: try CatalogFolder.rules()) }
    }

    @Test func whatIsNotUTF8IsRefused() throws {
        let folder = try CatalogFolder(["a.md": article])
        try folder.write([0x2D, 0x2D, 0x2D, 0x0A, 0xFF], to: "b.md")
        #expect(try folder.complaints() == ["b.md: the file cannot be read as UTF-8"])
    }
}
