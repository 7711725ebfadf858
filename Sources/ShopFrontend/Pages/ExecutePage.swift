// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages

/// Asks the wallet to pay, or to replay, a contract that it knows by its hash.
struct ExecutePage: Page {
    static let templateName = "execute"
    static var samples: [ExecutePage] {
        [ExecutePage(words: .sample, product: "p", price: "p", contractHash: "h", payURL: "u", productURL: "u")]
    }

    var words: Words
    var product: String
    var price: String
    var contractHash: String
    var payURL: String
    var productURL: String

    var record: PageRecord {
        [
            "title": .text(words("execute.title")), "description": .text(words("execute.description")),
            "asked": .markup(words.markup("execute.asked", ["product": .strong(product), "price": .text(price)])),
            "contractHash": .text(contractHash), "payURL": .text(payURL), "productURL": .text(productURL),
        ]
    }
}
