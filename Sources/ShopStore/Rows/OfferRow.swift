// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

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
