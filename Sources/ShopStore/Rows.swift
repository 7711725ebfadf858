// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

/// A row of `orders`.
struct OrderRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "orders"

    var id: String
    var session: String
    var product: String
    var quantity: Int
    var amount: String
    var created: Int64
    var currentTransaction: Int64?
    var paidTransaction: Int64?
    var paidAt: Int64?

    enum CodingKeys: String, CodingKey {
        case id, session, product, quantity, amount, created
        case currentTransaction = "current_transaction"
        case paidTransaction = "paid_transaction"
        case paidAt = "paid_at"
    }

    /// - Throws: ``ShopStoreError/damaged(_:)``.
    var order: Order {
        get throws {
            guard let orderID = OrderID(id), let sum = try? Amount(amount) else { throw ShopStoreError.damaged("order \(id)") }
            return Order(
                id: orderID, session: session, product: product, quantity: quantity, amount: sum,
                created: try Timestamp(storedSeconds: created), currentTransaction: currentTransaction,
                paidAt: try paidAt.map(Timestamp.init(storedSeconds:)))
        }
    }
}

/// A row of `contracts`.
struct OfferRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "contracts"

    var transactionID: Int64
    var orderID: String
    var contract: String
    var signature: Data
    var contractHash: Data
    var expiry: Int64
    var state: String

    enum CodingKeys: String, CodingKey {
        case transactionID = "transaction_id"
        case orderID = "order_id"
        case contract, signature
        case contractHash = "contract_hash"
        case expiry, state
    }

    init(_ offer: Offer) {
        transactionID = offer.transactionID
        orderID = offer.order.text
        contract = offer.contract
        signature = offer.signature.bytes.stored
        contractHash = offer.contractHash.bytes.stored
        expiry = offer.expiry.storedSeconds
        state = offer.state.rawValue
    }

    /// - Throws: ``ShopStoreError/damaged(_:)``.
    var offer: Offer {
        get throws {
            guard let order = OrderID(orderID), let signature = try? EdDSASignature(signature), let hash = try? ContractHash(contractHash),
                let state = Offer.State(rawValue: state)
            else { throw ShopStoreError.damaged("contract \(transactionID)") }
            return Offer(
                transactionID: transactionID, order: order, contract: contract, signature: signature, contractHash: hash,
                expiry: try Timestamp(storedSeconds: expiry), state: state)
        }
    }
}

extension Timestamp {
    /// Seconds since 1970, the largest number for "never".
    var storedSeconds: Int64 { seconds.map { Int64(clamping: $0) } ?? .max }

    init(storedSeconds: Int64) throws {
        if storedSeconds == .max {
            self = .never
        } else if let seconds = UInt64(exactly: storedSeconds), let time = try? Timestamp(seconds: seconds) {
            self = time
        } else {
            throw ShopStoreError.damaged("the time \(storedSeconds)")
        }
    }
}

extension [UInt8] {
    var stored: Data { Data(self) }
}
