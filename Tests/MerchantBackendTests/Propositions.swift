// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantCore
import TalerWire

/// A proposition with which nothing is wrong, for tests to change.
enum Propositions {
    static let now = time(1_795_000_000)

    static func time(_ seconds: UInt64) -> Timestamp { (try? Timestamp(seconds: seconds)) ?? .zero }

    static func amount(_ text: String) -> JSONValue { (try? Amount(text))?.classicJSON ?? .null }

    static func make(transactionID: Int64 = 62, price: String = "KUDOS:0.5", now: Timestamp = now) -> JSONObject {
        [
            "amount": amount(price), "max_fee": amount("KUDOS:0.1"), "transaction_id": .integer(transactionID),
            "products": [
                [
                    "description": "An essay", "quantity": 1, "price": amount(price), "product_id": 7,
                    "taxes": [["VAT": amount("KUDOS:0.02")]], "delivery_date": "at once", "delivery_location": "https://shop.example/essay",
                ]
            ],
            "timestamp": now.classicJSON, "refund_deadline": now.advanced(bySeconds: 86_400).classicJSON,
            "expiry": now.advanced(bySeconds: 3600).classicJSON,
            "merchant": ["name": "The shop", "address": "office", "jurisdiction": "office"],
            "locations": ["office": ["country": "CH", "city": "Biel"]],
            "colour": ["of": "the", "frontend's": "own"],
        ]
    }
}
