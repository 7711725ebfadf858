// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Pages
import ShopFrontend
import TalerWire
import Testing

struct CatalogTests {
    private let good = """
        ---
        id: a
        number: 1
        title: A: b
        kind: article
        price: KUDOS:0.50
        picture: a.svg
        summary: s
        author: x
        ---
        teaser
        ===
        body
        """

    private func catalog(_ files: [String: String]) throws -> Catalog {
        let folder = NSTemporaryDirectory() + "catalog-" + UUID().uuidString
        for sub in ["pictures", "files"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(sub)", withIntermediateDirectories: true)
        }
        for (name, text) in files.merging(["pictures/a.svg": "<svg/>", "files/f.txt": "f"], uniquingKeysWith: { $1 }) {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        return try Catalog(folder: folder, smallestUnit: try Amount("KUDOS:0.01"))
    }

    @Test func theShopsOwnCatalogIsSound() throws {
        let catalog = try Catalog(folder: ShopBench.root + "/catalog", smallestUnit: try Amount("KUDOS:0.01"))
        #expect(catalog.products.count >= 8)
        #expect(catalog.products.contains { if case .download = $0.kind { true } else { false } })
        #expect(catalog.products.contains { $0.isRepeatable })
        for product in catalog.products where product.kind == .article { #expect(product.wordCount > 300, "\(product.id)") }
    }

    @Test func aProductIsRead() throws {
        let product = try #require(try catalog(["a.md": good])["a"])
        #expect(product.title == "A: b")
        #expect(product.price == (try Amount("KUDOS:0.5")))
        #expect(product.teaser.html == "<p>teaser</p>")
        #expect(product.body.html == "<p>body</p>")
    }

    @Test(arguments: [
        ("number: 1", "number: x", 3), ("number: 1", "number: 9007199254740992", 3), ("kind: article", "kind: shoe", 5),
        ("price: KUDOS:0.50", "price: KUDOS:0.505", 6), ("price: KUDOS:0.50", "price: EUR:1", 6), ("price: KUDOS:0.50", "price: free", 6),
        ("price: KUDOS:0.50", "price: KUDOS:0", 6), ("picture: a.svg", "picture: ../a.svg", 7), ("picture: a.svg", "picture: b.svg", 7),
        ("id: a", "id: A b", 2), ("id: a", "id: ../a", 2), ("author: x", "autor: x", 9), ("author: x", "author:", 9), ("id: a", "id", 2),
        ("author: x", "summary: again", 9), ("title: A", "title: A\tB", 4), ("---\nid", "id", 1),
        ("kind: article", "kind: download\nfile: g.txt", 6),
        ("kind: article", "kind: donation\nsuggested: KUDOS:1\nminimum: KUDOS:2\nmaximum: KUDOS:3", 6),
    ])
    func aComplaintNamesTheLine(before: String, after: String, line: Int) throws {
        do {
            _ = try catalog(["a.md": good.replacing(before, with: after)])
            Issue.record("“\(after)” was accepted")
        } catch let error as CatalogError {
            #expect(error.line == line, "\(error)")
            #expect(error.file.hasSuffix("/a.md"))
        }
    }

    @Test(arguments: [("author: x\n", ""), ("\n===\nbody", ""), ("teaser\n", "")])
    func whatIsMissingIsSaid(before: String, after: String) {
        #expect(throws: CatalogError.self) { try catalog(["a.md": good.replacing(before, with: after)]) }
    }

    @Test func idsAndNumbersAreUnique() {
        #expect(throws: CatalogError.self) { try catalog(["a.md": good, "b.md": good.replacing("number: 1", with: "number: 2")]) }
        #expect(throws: CatalogError.self) { try catalog(["a.md": good, "b.md": good.replacing("id: a", with: "id: b")]) }
    }

    @Test func anEmptyCatalogIsRefused() {
        #expect(throws: CatalogError.self) { try catalog([:]) }
    }
}
