// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import ShopCatalog
import TalerWire

extension Product {
    var kindWord: String {
        switch kind {
        case .article: "Essay"
        case .download: "Download"
        case .donation: "Donation"
        case .goods: "Goods"
        }
    }

    /// Author, and how long an essay takes to read.
    var detail: String {
        guard case .article = kind else { return author }
        let minutes = max(1, (text.wordCount + 100) / 200)
        return "\(author) · \(minutes)\u{A0}minute\(minutes == 1 ? "" : "s")\u{A0}to\u{A0}read"
    }

    /// What the buyer gets, in a few words each.
    var gets: [String] {
        switch kind {
        case .article:
            ["The whole essay, about \(text.wordCount / 50 * 50) words", "Yours to read again, on any device", "No account, no name"]
        case .download(let file): ["One file, \(file)", "Yours to fetch again, on any device", "No account, no name"]
        case .donation: ["Any sum you like", "No account, no name", "No letters and no reminders"]
        case .goods: ["Sent to you", "No account"]
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
