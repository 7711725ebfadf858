// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopStore

/// What was bought, where it is several things.
struct PartsPage: Page {
    static let templateName = "parts"
    static var samples: [PartsPage] {
        get throws {
            let contents: [BoughtPart.Content] = [
                .article, .donation, .goods, .gone, .fileGone(name: "f"),
                .download(BoughtPart.Download(url: "u", fileName: "f", byteCount: 1)),
            ]
            let parts = contents.map {
                BoughtPart(position: 0, title: "t", language: "de", content: $0, kindKey: "kind.article", picture: "p")
            }
            return try BoughtFrame.samples(.sample).map { PartsPage(frame: $0, parts: parts.map { ($0, "u") }) }
        }
    }

    var frame: BoughtFrame
    /// With the address of each one's page.
    var parts: [(part: BoughtPart, url: String)]

    private var words: Words { frame.words }

    var record: PageRecord {
        var record = frame.record
        record["title"] = .text(words("bought.title"))
        record["description"] = .text(words("bought.description"))
        if !frame.order.isWhollyRefunded { record["list"] = .list(parts.map { .record(item($0.part, $0.url)) }) }
        return record
    }

    private func item(_ part: BoughtPart, _ url: String) -> PageRecord {
        let line = frame.order.lines[part.position]
        var item: PageRecord = ["name": .text(part.title), "url": .text(url), "action": .text(action(part.content))]
        if part.language != words.language.code { item["lang"] = .record(["code": .text(part.language)]) }
        if let key = part.kindKey { item["kind"] = .text(words(key)) }
        if let picture = part.picture { item["picture"] = .record(["url": .text(picture)]) }
        if line.quantity > 1 { item["quantity"] = .record(["text": .text(words("bought.pieces", count: line.quantity))]) }
        return item
    }

    private func action(_ content: BoughtPart.Content) -> String {
        switch content {
        case .article: words("bought.read")
        case .download(let download): words("bought.download", ["file": download.fileName])
        case .fileGone, .gone: words("bought.missing")
        case .donation: words("bought.thankYou")
        case .goods: frame.order.sent.map { words("bought.sent", ["date": words.date($0.time)]) } ?? words("bought.notSent")
        }
    }
}
