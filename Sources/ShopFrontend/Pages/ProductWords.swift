// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import TalerWire

extension Product {
    /// The key of the word for its kind.
    var kindKey: String {
        switch kind {
        case .article: "kind.article"
        case .download: "kind.download"
        case .donation: "kind.donation"
        }
    }

    /// Author, and how long an essay takes to read.
    func detail(_ words: Words) -> String {
        guard case .article = kind else { return author }
        let time = words("product.reading", count: max(1, (wordCount + 100) / 200))
        return "\(author) · \(time.replacing(" ", with: "\u{A0}"))"
    }

    /// What the buyer gets, in a few words each.
    func gets(_ words: Words) -> [String] {
        let noName = words("product.getsNoName")
        return switch kind {
        case .article:
            [words("product.getsEssay", ["words": words.number(wordCount / 50 * 50)]), words("product.getsEssayAgain"), noName]
        case .download(let file): [words("product.getsFile", ["file": file]), words("product.getsFileAgain"), noName]
        case .donation: [words("product.getsAnySum"), noName, words("product.getsNoLetters")]
        }
    }
}

extension Product {
    /// One of each kind, for the check of templates.
    static var samples: [Product] {
        get throws {
            let amount = Amount.zero(try Currency("KUDOS"))
            let kinds: [Kind] = [
                .article, .download(file: "f"), .donation(DonationRange(suggested: [amount], minimum: amount, maximum: amount)),
            ]
            let text = Markup(trusted: "")
            return kinds.map {
                Product(
                    id: "i", number: 0, title: "t", summary: "s", author: "a", price: amount, picture: "p", teaser: text, body: text,
                    wordCount: 0, kind: $0)
            }
        }
    }
}
