// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

/// A new purchase as the database takes it.
struct PurchaseRow: Sendable {
    private let new: NewPurchase

    init(_ new: NewPurchase) { self.new = new }

    func arguments(paid: Amount, now: Timestamp) -> StatementArguments {
        [
            new.contractHash.blob, new.contract.text, new.signature.blob, new.wish.shopURL, new.wish.product, new.wish.amount?.description,
            new.payURL, new.exchange.id, new.amount.description, paid.description, new.fees.description, new.summary, new.permission,
            now.storedSeconds,
        ]
    }
}

extension StoredPurchase {
    init(_ row: Row) throws {
        id = row["id"]
        contractHash = try row.fixed("h_contract")
        contract = try JSONParser.parse(row["contract"] as String)
        signature = try row.fixed("sig")
        let chosen: String? = row["chosen_amount"]
        wish = PurchaseWish(shopURL: row["shop_url"], product: row["product"], amount: try chosen.map { try Amount($0) })
        payURL = row["pay_url"]
        exchangeURL = row["base_url"]
        amount = try row.amount("amount")
        paid = try row.amount("paid")
        fees = try row.amount("fees")
        summary = row["summary"]
        permission = row["permission"]
        attempts = row["attempts"]
        lastError = row["last_error"]
        created = try row.time("created")
        refundURL = row["refund_url"]
        switch row["state"] as String {
        case "unresolved": state = .unresolved
        case "paid": state = .paid(fulfillmentURL: row["fulfillment_url"])
        case "refused": state = .refused(row["last_error"] ?? "")
        default: throw WalletStoreError.corrupt("a payment's state")
        }
    }
}
