// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopCatalog
import ShopStore
import TalerWire

/// A contract before the backend has completed and signed it.
struct Proposition {
    let settings: ShopSettings
    let order: Order
    let transactionID: Int64
    let now: Timestamp

    /// The label of the shop's own place in `locations`.
    private static let here = "shop"
    /// The label of the place where goods go.
    private static let there = "delivery"

    var expiry: Timestamp { now.advanced(bySeconds: settings.offerTime) }

    var json: JSONValue {
        var contract: JSONObject = [
            "amount": ClassicAmount(order.amount).json,
            "max_fee": ClassicAmount(settings.maximumFee).json,
            "transaction_id": .integer(transactionID),
            "summary": Self.text(order.summary),
            "products": .array(order.lines.map { .object(product($0)) }),
            "timestamp": now.classicJSON,
            "expiry": expiry.classicJSON,
            "refund_deadline": expiry.advanced(bySeconds: settings.refundTime).classicJSON,
            "merchant": .object([
                "name": .string(settings.name), "address": .string(Self.here), "jurisdiction": .string(Self.here),
            ]),
            "locations": .object(locations),
        ]
        if let correlation { contract["repurchase_correlation_id"] = .string(correlation) }
        return .object(contract)
    }

    /// What nobody needs twice has a name of its own: a wallet that has paid for it before shows it once more instead of paying again.
    private var correlation: String? {
        guard order.lines.count == 1, let line = order.lines.first, line.kind == .article || line.kind == .download else { return nil }
        return line.product
    }

    private func product(_ line: OrderLine) -> JSONObject {
        var product: JSONObject = [
            "description": Self.text(line.title),
            "quantity": .integer(Int64(line.quantity)),
            "price": ClassicAmount(line.amount).json,
        ]
        // The fee for sending is no product.
        if line.kind != .delivery { product["product_id"] = .integer(line.number) }
        if !line.taxes.isEmpty {
            product["taxes"] = .array(line.taxes.map { .object([$0.name: ClassicAmount($0.amount).json]) })
        }
        if let date = line.deliveryDate { product["delivery_date"] = .string(date) }
        switch line.kind {
        case .goods, .delivery: if order.delivery != nil { product["delivery_location"] = .string(Self.there) }
        case .article, .download, .donation, .unknown:
            product["delivery_location"] = .string(settings.publicURL + "/product/" + line.product)
        }
        return product
    }

    private var locations: JSONObject {
        var shop = JSONObject()
        for (part, value) in settings.address { shop[part] = part == "zip_code" ? Self.zipCode(value) : .string(value) }
        var locations: JSONObject = [Self.here: .object(shop)]
        if let delivery = order.delivery {
            var place: JSONObject = [
                "name": Self.text(delivery.name), "street": Self.text(delivery.street), "street_number": Self.text(delivery.streetNumber),
                "zip_code": Self.zipCode(delivery.zipCode), "city": Self.text(delivery.city), "country": Self.text(delivery.country),
            ]
            if let state = delivery.state { place["state"] = Self.text(state) }
            locations[Self.there] = .object(place)
        }
        return locations
    }

    /// The format has a number here; where a number would lose something (`01067`, `SW1A 1AA`), it is a text.
    private static func zipCode(_ text: String) -> JSONValue {
        guard let number = Int64(text), number >= 0, number < 1 << 53, "\(number)" == text else { return Self.text(text) }
        return .integer(number)
    }

    /// No contract holds control characters.
    private static func text(_ text: String) -> JSONValue {
        .string(String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control })))
    }
}
