// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire
import WebSession

/// `?order=ID&key=KEY[&H_contract=HASH]`: what was given back of a paid order, part by part with the exchange's signatures, for the wallet
/// that paid it. For who has the signed link, or the browser that paid. The message is the backend's `GET /refund`, and so are refusals.
struct GetRefund: ShopEndpoint {
    static let route = Route(.get, "/taler/refund")
    let shop: Shop

    /// - Throws: ``APIError``: 400 / 25 without an order, 403 / 44 for who may not see it, 404 / 2005 when there is no contract of that
    ///   hash or nothing was ever offered, 502 and 504 when the backend gives no answer that makes sense.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        guard let text = request.query["order"] else { throw APIError(.genericParameterMissing, hint: "Which order?", detail: "order") }
        let named = OrderID(text)
        let hasKey = named.map { shop.links.isRefundKey(request.query["key"], of: $0) } ?? false
        let order = try await shop.order(named, hasKey: hasKey, for: request)
        let hash = try await contract(of: order, named: request.query["H_contract"])
        let reply = try await BackendReply.of { () async throws(SendError) in
            try await shop.backend.refunds(of: hash, timeout: .seconds(10))
        }
        if case .message(let json) = reply, let list = try? json.decode(as: RefundList.self) {
            try await shop.settlement.note(list, of: hash, order: order)
        }
        var response =
            switch reply {
            case .message(let json): Response(json: json)
            case .refusal(let refusal, _): refusal
            }
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    /// The contract by which the order was paid, or whose money came for a closed order; another one of the same order, which settled as well, is named by its hash.
    private func contract(of order: Order, named text: String?) async throws -> ContractHash {
        if let text {
            guard let hash = try? ContractHash(base32: text) else {
                throw APIError(.genericParameterMalformed, hint: "This is no hash of a contract.", detail: "H_contract")
            }
            guard let offer = try await shop.store.offer(hash), offer.order == order.id else {
                throw APIError(.merchantGenericOrderUnknown, hint: "The order has no such contract.")
            }
            return hash
        }
        let offers = try await shop.store.offers(of: order.id)
        let settled = offers.first { $0.state == .paid } ?? offers.last { $0.state == .surplus }
        let current = try await shop.store.currentOffer(of: order.id)
        guard let offer = settled ?? current else {
            throw APIError(.merchantGenericOrderUnknown, hint: "There is no offer for this order.")
        }
        return offer.contractHash
    }
}
