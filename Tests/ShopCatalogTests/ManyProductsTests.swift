// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Logging
import ShopCatalog
import Testing

struct ManyProductsTests {
    private static func entry(_ number: Int) -> String {
        """
        id: p\(number)
        number: \(number)
        title: Title \(number)
        title.de: Titel \(number)
        kind: article
        price: KUDOS:0.50
        picture: a.svg
        summary: What number \(number) is about, in one sentence.
        author: Ida Fenn
        text: What everybody may read about it.
          ===
          What is shown to who has paid for number \(number).
        ---

        """
    }

    private static func list(_ count: Int) -> String { (1...count).map(entry).joined() }

    private func time(_ folder: CatalogFolder, _ count: Int) throws -> Duration {
        let start = ContinuousClock.now
        let catalog = try folder.catalog()
        let end = ContinuousClock.now
        #expect(catalog.products.count == count)
        #expect(catalog["p\(count)"]?.text(in: .german).title.text == "Titel \(count)")
        return start.duration(to: end)
    }

    @Test func tenThousandProductsAreReadInTheTimeOfTenThousand() throws {
        let small = try CatalogFolder(["products.list": Self.list(500)])
        let large = try CatalogFolder(["products.list": Self.list(10_000)])
        var times: (small: [Duration], large: [Duration]) = ([], [])
        for _ in 0..<3 {
            times.small.append(try time(small, 500))
            times.large.append(try time(large, 10_000))
        }
        // Were each product compared with each other one, it would be 400 times.
        let ratio = try #require(times.large.min()) / (try #require(times.small.min()))
        #expect(ratio < 60, "\(ratio) times")
    }

    @Test func oneChangedFileOfManyIsReadAlone() async throws {
        let folder = try CatalogFolder(["products.list": Self.list(1000)])
        try folder.write(CatalogFolder.goods.replacing("number: 2", with: "number: 2000"), to: "mug.md")
        let holder = try CatalogHolder(
            folder: folder.path, rules: try CatalogFolder.rules(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try folder.write(CatalogFolder.goods.replacing("number: 2", with: "number: 2000").replacing("A mug", with: "Cup"), to: "mug.md")
        holder.look()
        holder.look()
        try await holder.take()
        #expect(holder.current["mug"]?.title == "Cup")
        #expect(holder.current.products.count == 1001)
    }
}
