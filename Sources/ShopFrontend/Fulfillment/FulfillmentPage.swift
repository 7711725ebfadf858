// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopStore

/// One thing that was bought, for who has paid; nothing of it when all the money went back.
struct FulfillmentPage: Page {
    static let templateName = "fulfillment"
    static var samples: [FulfillmentPage] {
        get throws {
            let contents: [BoughtPart.Content] = [
                .article, .donation, .goods, .gone, .fileGone(name: "f"),
                .download(BoughtPart.Download(url: "u", fileName: "f", byteCount: 1)),
            ]
            return try BoughtFrame.samples(.sample).flatMap { frame in
                contents.map {
                    FulfillmentPage(
                        frame: frame,
                        part: BoughtPart(
                            position: 0, title: "t", language: "de", content: $0, kindKey: "kind.article", detail: "d", picture: "p",
                            teaser: Markup(trusted: ""), body: Markup(trusted: "")))
                }
            }
        }
    }

    var frame: BoughtFrame
    var part: BoughtPart

    private var words: Words { frame.words }

    var record: PageRecord {
        var record = frame.record
        record["title"] = .text(part.title)
        record["description"] = .text(words("bought.description"))
        if part.language != words.language.code { record["lang"] = .record(["code": .text(part.language)]) }
        if let key = part.kindKey { record["kind"] = .text(words(key)) }
        guard !frame.order.isWhollyRefunded else { return record }
        if let picture = part.picture { record["picture"] = .record(["url": .text(picture)]) }
        if let detail = part.detail { record["detail"] = .text(detail) }
        if let teaser = part.teaser { record["teaser"] = .markup(teaser) }
        if let body = part.body { record["body"] = .markup(body) }
        put(part.content, in: &record)
        return record
    }

    private func put(_ content: BoughtPart.Content, in record: inout PageRecord) {
        let number = frame.order.id.text
        switch content {
        case .article: record["article"] = .flag(true)
        case .donation: record["donation"] = .flag(true)
        case .goods: record["goods"] = .record(GoodsRecord(order: frame.order, position: part.position, words: words).record)
        case .gone: record["gone"] = .record(["text": .text(words("bought.gone", ["number": number]))])
        case .fileGone(let name):
            record["fileGone"] = .record(["text": .text(words("bought.fileGone", ["file": name, "number": number]))])
        case .download(let download):
            record["download"] = .record([
                "url": .text(download.url), "fileName": .text(download.fileName), "size": .text(words.size(download.byteCount)),
                "label": .text(words("bought.download", ["file": download.fileName])),
            ])
        }
    }
}
