// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// Asks the wallet to pay, or to replay, a contract that it knows by its hash.
struct ExecutePage: Page {
    static let templateName = "execute"
    static let samples = [ExecutePage(product: "p", price: "p", contractHash: "h", payURL: "u", productURL: "u")]

    var product: String
    var price: String
    var contractHash: String
    var payURL: String
    var productURL: String

    var record: PageRecord {
        [
            "title": "Finishing your payment", "description": "Finishing a payment.", "product": .text(product), "price": .text(price),
            "contractHash": .text(contractHash), "payURL": .text(payURL), "productURL": .text(productURL),
        ]
    }
}
