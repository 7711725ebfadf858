// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopCatalog

/// The front page.
struct IndexPage: Page {
    static let templateName = "index"
    static var samples: [IndexPage] {
        let card = Card(
            title: Passage("t", .german), summary: Passage("s", .german), kind: "k", detail: "d", price: "p", picture: "p", url: "u",
            isSoldOut: true, isBelow: true)
        let filters = [IndexFilter(), IndexFilter(text: "q", kind: "article", page: 6)]
        return filters.flatMap { filter in
            [0, 240].map { count in
                IndexPage(
                    words: .sample, links: nil, filter: filter, kinds: ["article", "goods"], count: count, pageCount: count / 24 + 1,
                    cards: count == 0 ? [] : [card], chosen: .german, ownHeading: Passage("h", .german), ownLead: Passage("l", .german))
            }
        }
    }

    struct Card: Sendable {
        var title: Passage
        var summary: Passage
        var kind: String
        var detail: String
        var price: String
        var picture: String
        var url: String
        var isSoldOut: Bool
        /// Far down the page: its picture can wait.
        var isBelow: Bool
    }

    let words: Words
    /// Nil in samples.
    let links: ShopLinks?
    let filter: IndexFilter
    /// The names of the kinds that can be chosen.
    let kinds: [String]
    /// Products on all pages.
    let count: Int
    let pageCount: Int
    let cards: [Card]
    let chosen: Language?
    /// The owner's words; nil for the program's.
    var ownHeading: Passage?
    var ownLead: Passage?

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text(title), "description": .text(lead), "canonical": .text(absolute(filter)),
            "products": .list(cards.map { .record(self.record($0)) }), "text": .text(filter.text),
            "longest": .text("\(IndexFilter.longestText)"),
        ]
        if filter.text.isEmpty {
            if filter.page == 1 {
                var welcome: PageRecord = ["lead": .text(lead)]
                if let ownLead, let language = words.foreign(ownLead.language) { welcome["foreignLead"] = .record(["code": language]) }
                record["welcome"] = .record(welcome)
            }
            record["heading"] = .text(heading)
            if let ownHeading, let language = words.foreign(ownHeading.language) {
                record["foreignHeading"] = .record(["code": language])
            }
        } else {
            record["isSearch"] = .flag(true)
            let found = ["words": filter.text]
            record["heading"] = .text(count == 0 ? words("index.nothing", found) : words("index.found", count: count, found))
        }
        if let kind = filter.kind { record["kindField"] = .record(["value": .text(kind)]) }
        if kinds.count > 1 || filter.kind != nil { record["kinds"] = .record(["choices": .list(choices)]) }
        if count == 0 { record["nothing"] = .record(["help": .text(words(filter.text.isEmpty ? "index.none" : "index.nothingHelp"))]) }
        if pageCount > 1 { record["pages"] = .record(pages) }
        return record
    }

    private var heading: String { ownHeading?.text ?? words("index.heading") }
    private var lead: String { ownLead?.text ?? words("index.lead") }

    private var title: String {
        let title = filter.text.isEmpty ? heading : words("index.searchTitle", ["words": filter.text])
        return filter.page == 1 ? title : "\(title) · \(pageText)"
    }

    private var pageText: String { words("index.page", ["page": words.number(filter.page), "pages": words.number(pageCount)]) }

    private func record(_ card: Card) -> PageRecord {
        var record: PageRecord = [
            "name": .text(card.title.text), "kind": .text(card.kind), "summary": .text(card.summary.text), "detail": .text(card.detail),
            "price": .text(card.price), "picture": .text(card.picture), "url": .text(card.url), "below": .flag(card.isBelow),
            "soldOut": .flag(card.isSoldOut),
        ]
        if let language = words.foreign(card.title.language) { record["foreignTitle"] = .record(["code": language]) }
        if let language = words.foreign(card.summary.language) { record["foreignSummary"] = .record(["code": language]) }
        return record
    }

    private var choices: [PageValue] {
        let names = Product.Kind.names.filter { kinds.contains($0) || $0 == filter.kind }
        return ([nil] + names.map(Optional.some)).map { kind in
            .record([
                "label": .text(words(kind.map { "kinds.\($0)" } ?? "kinds.all")), "link": .text(address(filter.kind(kind))),
                "isCurrent": .flag(kind == filter.kind),
            ])
        }
    }

    private var pages: PageRecord {
        var record: PageRecord = ["position": .text(pageText), "numbers": .list(numbers)]
        if filter.page > 1 { record["previous"] = .record(link(filter.page - 1)) }
        if filter.page < pageCount { record["next"] = .record(link(filter.page + 1)) }
        return record
    }

    private func link(_ page: Int) -> PageRecord {
        ["link": .text(address(filter.page(page))), "address": .text(absolute(filter.page(page)))]
    }

    /// The first and the last page, and those beside this one; where some are left out there is a gap.
    private var numbers: [PageValue] {
        let shown = Set([1, filter.page - 1, filter.page, filter.page + 1, pageCount]).filter { (1...pageCount).contains($0) }.sorted()
        var last = 0
        return shown.map { page in
            defer { last = page }
            return .record([
                "number": .text(words.number(page)), "label": .text(words("index.goToPage", ["page": words.number(page)])),
                "link": .text(address(filter.page(page))), "isCurrent": .flag(page == filter.page), "gap": .flag(page > last + 1),
            ])
        }
    }

    private func address(_ filter: IndexFilter) -> String { (links?.index ?? "/") + filter.query() }

    private func absolute(_ filter: IndexFilter) -> String { (links.map { $0.absolute($0.index) } ?? "/") + filter.query(chosen) }
}
