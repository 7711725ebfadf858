// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopCatalog
import TalerWire

extension Product {
    /// The key of the word for its kind.
    var kindKey: String {
        switch kind {
        case .article: "kind.article"
        case .download: "kind.download"
        case .donation: "kind.donation"
        case .goods: "kind.goods"
        }
    }

    /// Author, and how long an essay takes to read.
    func detail(_ words: Words) -> String {
        guard case .article = kind else { return author }
        let time = words("product.reading", count: max(1, (text.wordCount + 100) / 200))
        return "\(author) · \(time.replacing(" ", with: "\u{A0}"))"
    }

    /// What the buyer gets, in a few words each.
    func gets(_ words: Words) -> [String] {
        let noName = words("product.getsNoName")
        return switch kind {
        case .article:
            [words("product.getsEssay", ["words": words.number(text.wordCount / 50 * 50)]), words("product.getsEssayAgain"), noName]
        case .download(let file): [words("product.getsFile", ["file": file]), words("product.getsFileAgain"), noName]
        case .donation: [words("product.getsAnySum"), noName, words("product.getsNoLetters")]
        case .goods: [words("product.getsSent"), words("product.getsNoAccount")]
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
            let delivery = DeliveryTerms(destinations: .everywhere, days: 1...2, price: nil)
            let passage = Passage("t", .english)
            let text = ProductText(title: passage, summary: passage, teaser: passage, body: passage)
            return (kinds + [.goods(delivery)]).map {
                Product(id: "i", number: 0, author: "a", price: amount, picture: "p", kind: $0, text: text)
            }
        }
    }
}
