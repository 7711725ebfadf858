// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import Logging
import Pages
import ShopCatalog
import Synchronization
import Testing

struct ReloadTests {
    private let article = CatalogFolder.article
    private let log = Log()

    private final class Log: Sendable {
        private let kept = Mutex<[String]>([])
        var lines: [String] { kept.withLock { $0 } }
        func append(_ line: String) { kept.withLock { $0.append(line) } }
    }

    private struct Recorder: LogHandler {
        let log: Log
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) { log.append("\(event.message) \(event.metadata ?? [:])") }
    }

    private func holder(_ folder: CatalogFolder) throws -> CatalogHolder {
        try CatalogHolder(
            folder: folder.path, rules: try CatalogFolder.rules(), logger: Logger(label: "test") { [log] _ in Recorder(log: log) })
    }

    /// Two looks, and what they found is taken.
    private func reload(_ holder: CatalogHolder, _ hook: CatalogHolder.StockHook = { _ in }) async throws {
        holder.look()
        holder.look()
        try await holder.take(hook)
    }

    @Test func aBrokenCatalogIsRefusedAtTheStart() throws {
        let folder = try CatalogFolder(["a.md": article.replacing("number: 1", with: "number: x")])
        #expect(throws: CatalogErrors.self) { try holder(folder) }
    }

    @Test func aChangedFileIsReadAgain() async throws {
        let folder = try CatalogFolder(["a.md": article])
        let holder = try holder(folder)
        try await holder.take()
        let before = holder.current
        try folder.write(article.replacing("title: A: b", with: "title: C"), to: "a.md")
        try await reload(holder)
        #expect(holder.current["a"]?.title == "C")
        #expect(before["a"]?.title == "A: b")
    }

    @Test func nothingIsTakenBeforeTwoLooksHaveSeenTheSame() async throws {
        let folder = try CatalogFolder(["a.md": article])
        let holder = try holder(folder)
        try await holder.take()
        // Somebody writes slowly, and what is there at first is no product.
        for length in [20, 60, 120] {
            try folder.write(String(article.replacing("title: A: b", with: "title: C").prefix(length)), to: "a.md")
            #expect(!holder.look())
            #expect(holder.problems.isEmpty)
        }
        try folder.write(article.replacing("title: A: b", with: "title: C"), to: "a.md")
        #expect(!holder.look())
        try await holder.take()
        #expect(holder.current["a"]?.title == "A: b")
        #expect(holder.look())
        try await holder.take()
        #expect(holder.current["a"]?.title == "C")
        #expect(!holder.look())
    }

    @Test func oneLookIsEnoughForWhoSaysThatAllIsThere() async throws {
        let folder = try CatalogFolder(["a.md": article])
        let holder = try holder(folder)
        try await holder.take()
        try folder.write(article.replacing("title: A: b", with: "title: C"), to: "a.md")
        #expect(holder.look(isComplete: true))
        try await holder.take()
        #expect(holder.current["a"]?.title == "C")
    }

    @Test func productsComeAndGo() async throws {
        let folder = try CatalogFolder(["a.md": article])
        let holder = try holder(folder)
        try folder.write(CatalogFolder.goods, to: "mug.md")
        try await reload(holder)
        #expect(holder.current.products.map(\.id) == ["a", "mug"])
        try folder.remove("a.md")
        try await reload(holder)
        #expect(holder.current.products.map(\.id) == ["mug"])
        #expect(holder.current["a"] == nil)
    }

    @Test func aRenamedFileIsAnotherProduct() async throws {
        let text = article.replacing("id: a\n", with: "")
        let folder = try CatalogFolder(["a.md": text])
        let holder = try holder(folder)
        try folder.remove("a.md")
        try folder.write(text, to: "b.md")
        try await reload(holder)
        #expect(holder.current.products.map(\.id) == ["b"])
    }

    @Test func aTranslationComesAndGoes() async throws {
        let folder = try CatalogFolder(["a.md": article])
        let holder = try holder(folder)
        try folder.write("---\ntitle: Ein A\n---\n", to: "a.de.md")
        try await reload(holder)
        #expect(holder.current["a"]?.text(in: .german).title.text == "Ein A")
        try folder.remove("a.de.md")
        try await reload(holder)
        #expect(holder.current["a"]?.text(in: .german).title.text == "A: b")
    }

    @Test func aBrokenCatalogKeepsTheEarlierOneAndEveryComplaintIsLoggedOnce() async throws {
        let folder = try CatalogFolder(["a.md": article])
        let holder = try holder(folder)
        try await holder.take()
        let broken = article.replacing("number: 1", with: "number: x").replacing("author: x", with: "author:")
        try folder.write(broken, to: "a.md")
        for _ in 0..<3 { try await reload(holder) }
        #expect(holder.current["a"]?.author == "x")
        #expect(holder.problems.map(\.line) == [3, 9])
        #expect(log.lines.count == 2)
        #expect(log.lines.first?.contains("\(folder.path)/a.md:3: number: ") == true)
        #expect(log.lines.last?.contains("\(folder.path)/a.md:9: ") == true)

        try folder.write(article.replacing("title: A: b", with: "title: C"), to: "a.md")
        try await reload(holder)
        #expect(holder.current["a"]?.title == "C")
        #expect(holder.problems.isEmpty)
    }

    @Test func aBrokenCatalogThatIsPutBackIsAllRightAgain() async throws {
        let folder = try CatalogFolder(["a.md": article, "mug.md": CatalogFolder.goods])
        let holder = try holder(folder)
        try folder.remove("pictures/a.svg")
        try await reload(holder)
        #expect(holder.problems.count == 2)
        #expect(holder.current.pictures.names == ["a.svg"])
        try folder.write("<svg/>", to: "pictures/a.svg")
        try await reload(holder)
        #expect(holder.problems.isEmpty)
    }

    @Test func aFolderThatCannotBeReadIsAProblemForAsLongAsItLasts() async throws {
        let folder = try CatalogFolder(["a.md": article])
        let holder = try holder(folder)
        try folder.move("files", to: "elsewhere")
        holder.look()
        #expect(holder.problems.map(\.reason) == ["the folder cannot be read"])
        try folder.move("elsewhere", to: "files")
        holder.look()
        #expect(holder.problems.isEmpty)
        #expect(holder.current["a"] != nil)
    }

    @Test func picturesAndFilesAreReadAgain() async throws {
        let folder = try CatalogFolder([
            "a.md": article.replacing("kind: article", with: "kind: download\nfile: f.txt")
        ])
        let holder = try holder(folder)
        let request = try #require(Request(.get, "/pictures/a.svg"))
        let tag = try holder.current.pictures.answer("a.svg", to: request).fields["ETag"]
        try folder.write("<svg>another</svg>", to: "pictures/a.svg")
        try folder.write("longer", to: "files/f.txt")
        try folder.write("<svg/>", to: "pictures/b.svg")
        try await reload(holder)
        let answer = try holder.current.pictures.answer("a.svg", to: request)
        #expect(answer.fields["ETag"] != tag)
        #expect(String(decoding: answer.body, as: UTF8.self) == "<svg>another</svg>")
        #expect(holder.current.files.contents("f.txt") == Array("longer".utf8))
        #expect(holder.current.pictures.names == ["a.svg", "b.svg"])
        try folder.remove("pictures/b.svg")
        try await reload(holder)
        #expect(holder.current.pictures.names == ["a.svg"])
    }

    @Test func theStoreIsToldOfNewNumbersBeforeTheyAreShown() async throws {
        let folder = try CatalogFolder(["a.md": article, "mug.md": CatalogFolder.goods])
        let holder = try holder(folder)
        let told = Mutex<[[String: Int]]>([])
        let hook: CatalogHolder.StockHook = { [holder] stock in
            told.withLock { $0.append(stock) }
            if stock["mug"] == 20 { #expect(holder.current["mug"]?.stock == 12) }
        }
        try await holder.take(hook)
        try await reload(holder, hook)
        try folder.write(article.replacing("title: A: b", with: "title: C"), to: "a.md")
        try await reload(holder, hook)
        try folder.write(CatalogFolder.goods.replacing("stock: 12", with: "stock: 20"), to: "mug.md")
        try await reload(holder, hook)
        try folder.write(CatalogFolder.goods.replacing("stock: 12\n", with: ""), to: "mug.md")
        try await reload(holder, hook)
        #expect(told.withLock { $0 } == [["mug": 12], ["mug": 20], [:]])
    }

    @Test func aCatalogOfWhichTheStoreCannotBeToldWaits() async throws {
        struct Closed: Error {}
        let folder = try CatalogFolder(["mug.md": CatalogFolder.goods])
        let holder = try holder(folder)
        try await holder.take()
        try folder.write(CatalogFolder.goods.replacing("stock: 12", with: "stock: 20"), to: "mug.md")
        await #expect(throws: Closed.self) { try await reload(holder) { _ in throw Closed() } }
        #expect(holder.current["mug"]?.stock == 12)
        try await reload(holder)
        #expect(holder.current["mug"]?.stock == 20)
    }
}
