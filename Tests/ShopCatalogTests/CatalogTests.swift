// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Pages
import ShopCatalog
import TalerWire
import Testing

struct CatalogTests {
    private let article = CatalogFolder.article

    @Test func theShopsOwnCatalogIsSound() throws {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized.path
        let catalog = try Catalog(folder: root + "/catalog", rules: try CatalogFolder.rules())
        #expect(catalog.products.count >= 8)
        #expect(catalog.listed.contains { if case .download = $0.kind { true } else { false } })
        #expect(catalog.listed.contains { $0.isDonation })
        for product in catalog.products where product.kind == .article { #expect(product.text.wordCount > 300, "\(product.id)") }
    }

    @Test func aProductIsRead() throws {
        let product = try #require(try CatalogFolder(["a.md": article]).catalog()["a"])
        #expect(product.title == "A: b")
        #expect(product.price == (try Amount("KUDOS:0.5")))
        #expect(product.text.teaser.markup.html == "<p>teaser</p>")
        #expect(product.text.body.markup.html == "<p>body</p>")
        #expect(product.text.wordCount == 2)
        #expect(product.stock == nil)
        #expect(product.taxes.isEmpty)
        #expect(!product.isHidden)
        #expect(product.maximumQuantity == 99)
        #expect(!product.isRepeatable)
    }

    @Test func goodsAreRead() throws {
        let product = try #require(try CatalogFolder(["mug.md": CatalogFolder.goods]).catalog()["mug"])
        let delivery = try #require(product.delivery)
        #expect(product.stock == 12)
        #expect(product.taxes == [Tax(name: "VAT", millionths: 190_000)])
        #expect(delivery.destinations == .countries([try #require(CountryCode("DE")), try #require(CountryCode("FR"))]))
        #expect(delivery.reaches(try #require(CountryCode("FR"))))
        #expect(!delivery.reaches(try #require(CountryCode("AT"))))
        #expect(delivery.days == 2...5)
        #expect(delivery.price == (try Amount("KUDOS:3")))
        #expect(product.isRepeatable)
    }

    @Test func goodsThatAreSentEverywhereForNothing() throws {
        let text = CatalogFolder.goods.replacing("DE, FR", with: "everywhere").replacing("2-5", with: "3").replacing(
            "KUDOS:3", with: "KUDOS:0")
        let delivery = try #require(try CatalogFolder(["mug.md": text]).catalog()["mug"]?.delivery)
        #expect(delivery == DeliveryTerms(destinations: .everywhere, days: 3...3, price: nil))
        #expect(delivery.reaches(try #require(CountryCode("NZ"))))
    }

    @Test func whatIsHiddenIsNotListed() throws {
        let catalog = try CatalogFolder([
            "a.md": article.replacing("author: x", with: "author: x\nhidden: yes\nmaximum_quantity: 3"), "mug.md": CatalogFolder.goods,
        ]).catalog()
        #expect(catalog.listed.map(\.id) == ["mug"])
        #expect(catalog["a"]?.isHidden == true)
        #expect(catalog["a"]?.maximumQuantity == 3)
        #expect(catalog.listed(kind: "article").isEmpty)
        #expect(catalog.listedKinds == ["goods"])
    }

    @Test func productsAreInTheOrderOfTheirNumbers() throws {
        let catalog = try CatalogFolder(["zebra.md": article.replacing("id: a\n", with: ""), "mug.md": CatalogFolder.goods]).catalog()
        #expect(catalog.products.map(\.id) == ["zebra", "mug"])
        #expect(catalog["nothing"] == nil)
    }

    @Test(arguments: ["\r\n", "\n"])
    func anyEditorsLineEndsAreRead(lineEnd: String) throws {
        let text = "\u{FEFF}" + article.replacing("\n", with: lineEnd)
        let product = try #require(try CatalogFolder(["a.md": text]).catalog()["a"])
        #expect(product.title == "A: b")
        #expect(product.text.body.text == "body")
    }

    @Test func aLongValueGoesOnInIndentedLines() throws {
        let text = article.replacing("summary: s", with: "summary: one\n  two\n\tthree")
        #expect(try CatalogFolder(["a.md": text]).catalog()["a"]?.text.summary.text == "one two three")
    }

    @Test func otherFilesInTheFolderAreLeftAlone() throws {
        let folder = try CatalogFolder(["a.md": article, ".a.md.swp": "x", "a.md~": "x", "README.txt": "x"])
        #expect(try folder.catalog().products.count == 1)
    }

    @Test func thereAre249Countries() {
        #expect(CountryCode.all.count == 249)
        #expect(Set(CountryCode.all).count == 249)
        #expect(CountryCode.all == CountryCode.all.sorted())
        #expect(CountryCode("de") == nil)
        #expect(CountryCode("XX") == nil)
    }
}
