// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire

/// Takes deposit permissions to the backend.
struct Payments: Sendable {
    let store: ShopStore
    let backend: MerchantClient
    let settlement: Settlement

    enum Outcome {
        case paid(OrderID)
        case refusal(Response)
    }

    /// - Parameters:
    ///   - permission: as the wallet sent it; forwarded whole but for what is not the wallet's to say: the day of the transfer.
    ///   - named: the order that the address named, if any.
    /// - Throws: ``APIError``: 400 for a permission that does not belong to a contract of this shop, 502 and 504 when the backend gives no
    ///   answer; the payment may then still settle, and the same permission may be sent again.
    func pay(_ permission: JSONObject, named: OrderID?) async throws -> Outcome {
        let offer = try await offer(permission, named: named)
        guard case .object(let contract)? = try? JSONParser.parse(offer.contract) else {
            throw ShopStoreError.damaged("contract \(offer.transactionID)")
        }
        var forwarded = permission
        // When the shop gets its money is the shop's to say, and no coin's signature covers it.
        for name in ["edate", "wire_transfer_deadline"] { forwarded[name] = nil }
        forwarded["amount"] = contract["amount"]
        forwarded["max_fee"] = contract["max_fee"]
        try await store.paymentBegins(offer.contractHash)
        let reply = try await BackendReply.of { () async throws(SendError) in try await backend.pay(.object(forwarded)) }
        switch reply {
        case .message(let json):
            guard (try? json.decode(as: PaymentResponse.self))?.contractHash == offer.contractHash else {
                throw APIError(.genericReplyMalformed, hint: "The payment service confirmed something else.", status: 502)
            }
            try await settlement.settle(offer.contractHash)
            return .paid(offer.order)
        case .refusal(let response, _):
            // A refusal of these coins need not be the end of an earlier attempt: the backend knows.
            _ = try await settlement.reconcile(try await store.offer(offer.contractHash) ?? offer)
            return .refusal(response)
        }
    }

    private func offer(_ permission: JSONObject, named: OrderID?) async throws -> Offer {
        guard let text = permission["H_contract"]?.stringValue else {
            throw APIError(
                .genericJsonInvalid, hint: "The JSON of the request is not as it must be.", detail: "H_contract: a base32 string is needed",
                members: ["field": "H_contract"])
        }
        let hash: ContractHash
        do { hash = try ContractHash(base32: text) } catch {
            throw APIError(.genericJsonInvalid, detail: "H_contract: \(error)", members: ["field": "H_contract"])
        }
        guard let offer = try await store.offer(hash) else {
            throw APIError(.merchantGenericOrderUnknown, hint: "This shop has made no such offer.")
        }
        if let named, named != offer.order {
            throw APIError(.genericParameterMalformed, hint: "The payment is for another order.", detail: "order")
        }
        if let number = permission["transaction_id"], number != .integer(offer.transactionID) {
            throw APIError(
                .genericJsonInvalid, hint: "The payment is for another contract.", detail: "transaction_id",
                members: ["field": "transaction_id"])
        }
        return offer
    }
}
