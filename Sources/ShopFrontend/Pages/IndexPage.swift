// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// The front page.
struct IndexPage: Page {
    static let templateName = "index"
    static let samples = [
        IndexPage(cards: [Card(name: "n", kind: "k", summary: "s", detail: "d", price: "p", picture: "p", url: "u", isBelow: true)])
    ]

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

    var cards: [Card]

    var record: PageRecord {
        [
            "title": "Essays", "description": "Short essays, for small change.",
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
