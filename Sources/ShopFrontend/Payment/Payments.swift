// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import MerchantAPI
import ShopStore
import TalerWire

/// Takes deposit permissions to the backend.
struct Payments: Sendable {
    let store: ShopStore
    let backend: MerchantClient
    let settlement: Settlement

    enum Outcome {
        /// The money has come. The order may be returned, if it was closed: then the money goes back.
        case paid(Order)
        /// The order is closed, and no money of this contract has come.
        case closed(Order)
        case refusal(Response)
    }

    /// - Parameters:
    ///   - permission: as the wallet sent it; forwarded whole, but for what a shop alone may say.
    ///   - named: the order that the address named, if any.
    /// - Throws: ``APIError``: 400 for a permission that does not belong to a contract of this shop, 409 / 2160 when the order is paid by
    ///   another contract, or what nobody needs twice is paid by another order, 502 and 504 when the backend gives no answer; the payment
    ///   may then still settle, and the same permission may be sent again.
    func pay(_ permission: JSONObject, named: OrderID?) async throws -> Outcome {
        let offer = try await offer(permission, named: named)
        guard case .object(let contract)? = try? JSONParser.parse(offer.contract) else {
            throw ShopStoreError.damaged("contract \(offer.transactionID)")
        }
        var forwarded = permission
        forwarded["amount"] = contract["amount"]
        forwarded["max_fee"] = contract["max_fee"]
        // When the money is wired is the shop's to say, and this shop leaves it to its backend.
        for name in ["edate", "wire_transfer_deadline"] { forwarded[name] = nil }
        settlement.attempts.begin(offer.contractHash)
        let reply: BackendReply?
        do {
            reply = try await forward(forwarded, offer)
            settlement.attempts.end(offer.contractHash)
        } catch {
            settlement.attempts.end(offer.contractHash)
            throw error
        }
        switch reply {
        case nil: return try await ended(offer)
        case .message:
            try await settlement.settle(offer.contractHash)
            return .paid(try await order(of: offer))
        case .refusal(let response, _):
            // A refusal of these coins need not be the end of an earlier attempt: the backend knows.
            _ = try await settlement.reconcile(try await store.offer(offer.contractHash) ?? offer)
            return .refusal(response)
        }
    }

    private static let unknownOrder = Int64(ErrorCode.merchantGenericOrderUnknown.rawValue)

    /// - Returns: nil when the order takes no payments by this contract, and nothing was forwarded.
    private func forward(_ permission: JSONObject, _ offer: Offer) async throws -> BackendReply? {
        var permit = try await store.beginPayment(offer.contractHash)
        if case .boughtOtherwise(let other) = permit, let order = try await store.order(other), !order.isPaid {
            // What the shop remembers of the other payment may be over.
            _ = try await settlement.refresh(order)
            permit = try await store.beginPayment(offer.contractHash)
        }
        switch permit {
        case .granted(let isFirst):
            let reply = try await reply(to: permission, for: offer)
            // The backend has lost the contract, so nobody can have paid it.
            if isFirst, case .refusal(let response, Self.unknownOrder?) = reply, response.status == 404 {
                try await store.paymentEnded(offer.contractHash)
            }
            return reply
        case .closed, .paidOtherwise, .boughtOtherwise: return nil
        }
    }

    /// For a contract whose order takes no payments by it any more. What the shop remembers may be less than what the backend knows: money
    /// that has come is not denied.
    private func ended(_ offer: Offer) async throws -> Outcome {
        switch try await settlement.ask(offer) {
        case .settled: return .paid(try await order(of: offer))
        case .underWay: throw APIError(.merchantPostOrdersIdPayAlreadyPaid, hint: "A payment for this is still under way.")
        case .unpaid, .unknown: break
        case nil:
            throw APIError(
                .genericUnexpectedRequestError, hint: "The payment service cannot be asked about this offer.", status: 502)
        }
        let order = try await order(of: offer)
        switch order.state {
        case .paid: throw APIError(.merchantPostOrdersIdPayAlreadyPaid, hint: "This order is paid already, with another offer.")
        case .open:
            throw APIError(
                .merchantPostOrdersIdPayAlreadyPaid, hint: "Something of this order is paid or being paid already, with another order.")
        case .closed, .returned: return .closed(order)
        }
    }

    private func order(of offer: Offer) async throws -> Order {
        guard let order = try await store.order(offer.order) else { throw ShopStoreError.unknownOrder }
        return order
    }

    /// The backend's word, a confirmation of this contract or a refusal. Without it the payment is marked as under way again: who asked
    /// the backend before it had the permission may have been told that there is none.
    private func reply(to permission: JSONObject, for offer: Offer) async throws -> BackendReply {
        do {
            let reply = try await BackendReply.of { () async throws(SendError) in try await backend.pay(.object(permission)) }
            if case .message(let json) = reply, (try? json.decode(as: PaymentResponse.self))?.contractHash != offer.contractHash {
                throw APIError(.genericReplyMalformed, hint: "The payment service confirmed something else.", status: 502)
            }
            return reply
        } catch {
            try await store.paymentBegins(offer.contractHash)
            throw error
        }
    }

    /// A contract that the backend has and the shop has not was lost here, with a database that was restored from an older copy. When its
    /// payment has come, or may come, the wallet is not told that it was refused, so that it keeps it until the shop knows it again; nor is
    /// it while the backend cannot be asked.
    private func unknown(_ hash: ContractHash) async throws(APIError) -> APIError {
        let state = try await settlement.state(of: hash)
        switch state {
        case .paid, .refunded, .wired, .paying, .partiallyPaid:
            settlement.logger.error(
                "a payment was received for an order that this shop has no record of; was its database restored from a copy?",
                metadata: ["H_contract": "\(hash)", "state": "\(state.map(\.rawValue) ?? "")"])
            let hint = "This payment was received, but this shop has no record of its order. Please write to the shop."
            return APIError(.genericDbFetchFailed, hint: hint, detail: "H_contract \(hash)")
        case .offered, .refused, .expired, nil:
            return APIError(.merchantGenericOrderUnknown, hint: "This shop has made no such offer.")
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
        guard let offer = try await store.offer(hash) else { throw try await unknown(hash) }
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
