// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopCatalog
import ShopStore
import TalerWire

/// A receipt to print.
struct ReceiptPage: Page {
    static let templateName = "receipt"
    static var samples: [ReceiptPage] {
        get throws {
            try RefundRecord.samples(.sample).map {
                ReceiptPage(
                    words: .sample, order: $0.order, seller: Seller(name: "n", address: ["a"], taxNumber: "x"), contractHash: "h",
                    refunds: $0, back: "b")
            }
        }
    }

    struct Seller: Sendable {
        var name: String
        /// Lines.
        var address: [String]
        var taxNumber: String?
    }

    var words: Words
    var order: Order
    var seller: Seller
    var contractHash: String?
    var refunds: RefundRecord
    /// The page of what was bought.
    var back: String

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text(words("receipt.title")), "description": .text(words("receipt.title")), "seller": .text(seller.name),
            "address": .list(seller.address.map { .text($0) }), "order": .text(order.id.text),
            "table": .record(OrderTable(order: order, words: words).record), "back": .text(back),
        ]
        if let number = seller.taxNumber { record["taxNumber"] = .record(["text": .text(words("receipt.taxNumber", ["number": number]))]) }
        if let paidAt = order.paidAt { record["date"] = .text(words.dateTime(paidAt)) }
        if let number = order.paidTransaction { record["transaction"] = .record(["number": .text("\(number)")]) }
        if let contractHash { record["contract"] = .record(["hash": .text(contractHash)]) }
        if let delivery = order.delivery { record["delivery"] = .record(delivery.record(words)) }
        if !refunds.isEmpty { record["refunds"] = .record(refunds.record) }
        if !refunds.refunds.coming.isZero, let rest = try? order.amount.subtracting(refunds.refunds.coming) {
            record["rest"] = .record([
                "refunded": .text(words.amount(refunds.refunds.coming)), "amount": .text(words.amount(rest)),
            ])
        }
        if record["rest"] != nil, order.lines.contains(where: { !$0.taxes.isEmpty }) {
            record["taxNote"] = .record(["text": .text(words("receipt.taxNote"))])
        }
        return record
    }
}

extension ReceiptPage.Seller {
    /// Street, postcode and town, and the country by its name in the page's language where the owner has put its code.
    init(_ settings: ShopSettings, _ words: Words) {
        let parts = Dictionary(settings.address.map { ($0.part, $0.value) }) { first, _ in first }
        let town = [parts["zip_code"], parts["city"]].compactMap(\.self).joined(separator: " ")
        let country = parts["country"].map { CountryCode($0).map { Countries.name($0.code, language: words.language.code) } ?? $0 }
        name = settings.name
        address = [parts["street"], town, country].compactMap(\.self).filter { !$0.isEmpty }
        taxNumber = settings.taxNumber
    }
}
