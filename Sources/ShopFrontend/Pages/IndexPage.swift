// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages

/// The front page.
struct IndexPage: Page {
    static let templateName = "index"
    static var samples: [IndexPage] {
        let card = Card(name: "n", kind: "k", summary: "s", detail: "d", price: "p", picture: "p", url: "u", isBelow: true)
        return [IndexPage(words: .sample, cards: [card])]
    }

    struct Card: Sendable {
        var name: String
        var kind: String
        var summary: String
        var detail: String
        var price: String
        var picture: String
        var url: String
        /// Far down the page: its picture can wait.
        var isBelow: Bool
    }

    var words: Words
    var cards: [Card]

    var record: PageRecord {
        [
            "title": .text(words("index.title")), "description": .text(words("index.description")),
            "products": .list(
                cards.map { card in
                    .record([
                        "name": .text(card.name), "kind": .text(card.kind), "summary": .text(card.summary), "detail": .text(card.detail),
                        "price": .text(card.price), "picture": .text(card.picture), "url": .text(card.url), "below": .flag(card.isBelow),
                    ])
                }),
        ]
    }
}
