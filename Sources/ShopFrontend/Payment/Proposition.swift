// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import TalerWire

/// A contract before the backend has completed and signed it.
struct Proposition {
    let settings: ShopSettings
    let order: Order
    let product: Product
    let transactionID: Int64
    let now: Timestamp

    /// The label of the shop's own place in `locations`.
    private static let here = "shop"

    var expiry: Timestamp { now.advanced(bySeconds: settings.offerTime) }

    var json: JSONValue {
        var location = JSONObject()
        for (part, value) in settings.address { location[part] = .string(value) }
        return .object([
            "amount": ClassicAmount(order.amount).json,
            "max_fee": ClassicAmount(settings.maximumFee).json,
            "transaction_id": .integer(transactionID),
            "summary": .string(product.title),
            "products": .array([
                .object([
                    "description": .string(product.title),
                    "quantity": .integer(Int64(order.quantity)),
                    "price": ClassicAmount(order.amount).json,
                    "product_id": .integer(product.number),
                    "delivery_location": .string(settings.publicURL + "/product/" + product.id),
                ])
            ]),
            "timestamp": now.classicJSON,
            "expiry": expiry.classicJSON,
            "refund_deadline": expiry.advanced(bySeconds: settings.refundTime).classicJSON,
            "merchant": .object([
                "name": .string(settings.name), "address": .string(Self.here), "jurisdiction": .string(Self.here),
            ]),
            "locations": .object([Self.here: .object(location)]),
        ])
    }
}
