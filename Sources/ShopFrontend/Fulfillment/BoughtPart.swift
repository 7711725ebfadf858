// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopCatalog
import ShopStore

/// One position of what was bought, as its page shows it.
struct BoughtPart: Sendable {
    enum Content: Sendable {
        case article
        case download(Download)
        /// The file has left the shop.
        case fileGone(name: String)
        case donation
        case goods
        /// It has left the catalog, and nobody remembered its words.
        case gone
    }

    struct Download: Sendable {
        var url: String
        var fileName: String
        var byteCount: Int
    }

    var position: Int
    var title: String
    /// Of title, teaser and body.
    var language: String
    var content: Content
    /// `kind.…`, nil where that is not known.
    var kindKey: String?
    /// Author, and how long it takes to read.
    var detail: String?
    var picture: String?
    var teaser: Markup?
    var body: Markup?
}

extension Shop {
    /// What is shown of a position: the catalog's words where it still has the product as it was sold, else those that were sold.
    func part(_ position: Int, of order: Order, for words: Words) -> BoughtPart? {
        guard order.lines.indices.contains(position) else { return nil }
        let line = order.lines[position]
        let product = catalog[line.product].flatMap { line.kind == .unknown || $0.lineKind == line.kind ? $0 : nil }
        let kind = line.kind == .unknown ? product?.lineKind ?? .unknown : line.kind
        var part = BoughtPart(
            position: position, title: line.title, language: order.language, content: content(kind, line, product, position, of: order),
            kindKey: kind == .unknown ? nil : "kind.\(kind.rawValue)")
        if let product {
            part.picture = links.picture(product.picture)
            part.detail = product.detail(words)
            let text = product.text(in: words.language)
            if order.language != words.language.code { part.title = text.title.text }
            part.language = text.body.language.code
            part.teaser = text.teaser.markup
            part.body = text.body.markup
        } else if let text = line.text {
            part.language = text.language
            part.teaser = Markdown.render(text.teaser)
            part.body = Markdown.render(text.body)
        } else if kind == .article {
            part.content = .gone
        }
        return part
    }

    private func content(_ kind: OrderLine.Kind, _ line: OrderLine, _ product: Product?, _ position: Int, of order: Order)
        -> BoughtPart.Content
    {
        switch kind {
        case .article: return .article
        case .donation: return .donation
        case .goods: return .goods
        case .download:
            guard let name = fileName(of: line), let bytes = catalog.files.contents(name) else {
                return .fileGone(name: line.file ?? line.title)
            }
            return .download(
                BoughtPart.Download(url: links.download(order.id, position: position), fileName: name, byteCount: bytes.count))
        case .delivery, .unknown: return .gone
        }
    }

    /// The file that was sold while it is there; else the one that the same product has now.
    func fileName(of line: OrderLine) -> String? {
        if let file = line.file, catalog.files.contents(file) != nil { return file }
        guard case .download(let file)? = catalog[line.product]?.kind, catalog.files.contents(file) != nil else { return nil }
        return file
    }
}

extension Product {
    /// What an order's line of it is called.
    var lineKind: OrderLine.Kind {
        switch kind {
        case .article: .article
        case .download: .download
        case .donation: .donation
        case .goods: .goods
        }
    }
}

extension Order {
    /// Positions that a buyer has something of: all but the fee for delivery.
    var partPositions: [Int] { lines.indices.filter { lines[$0].kind != .delivery } }
}
