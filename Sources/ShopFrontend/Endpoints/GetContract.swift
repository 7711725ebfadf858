// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog
import ShopStore
import TalerWire
import WebSession

/// The offer that a page hands to the wallet: `?order=ID[&key=KEY]`, or `?product=ID[&quantity=n][&amount=CUR:x]` for an order of one line that needs
/// no address. An order's is for the browser that made it and for whoever has the order's key; others get 403 / 44, and so does what another
/// site's page sends a browser for. HEAD makes nothing (405). 200 `{contract, sig, H_contract, pay_url, exec_url}`; the same contract for the same order until it expires. 409 / 2160 with
/// `fulfillment_url` for what is paid already, without it while a payment may still settle; 410 / 2161 with `order_url` for an
/// order that is over; 410 / 2670 with `available` for what is sold out.
struct GetContract: ShopEndpoint {
    static let route = Route(.get, "/taler/contract")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try check(request)
        let session = shop.sessions.session(of: request)
        let words = try await shop.visitor(request).words
        var response: Response
        if let text = request.query["order"] {
            let order = try await shop.knownOrder(text, for: request)
            response = try self.response(try await shop.offers.offer(for: order), words)
        } else {
            let known = session ?? SessionCookie.newSession()
            let click = try Click(request, shop, words)
            response = try await answer(click, session: known)
            shop.sessions.set(known, in: &response)
        }
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    /// A request may make an order and reserve goods: only the shop's own pages and programs that are no browsers send it.
    private func check(_ request: Request) throws(APIError) {
        guard request.method != .head else {
            throw APIError(.genericMethodInvalid, hint: "A contract is made for GET alone.", fields: ["Allow": "GET"])
        }
        let site = request.fields["Sec-Fetch-Site"]
        guard site == nil || site == "same-origin" || site == "none", request.fields["Sec-Fetch-Mode"] != "navigate" else {
            throw APIError(.genericForbidden, hint: "A contract is made for this shop's own pages.")
        }
    }

    /// An order from before whose time is over makes room for a new one.
    private func answer(_ click: Click, session: String) async throws -> Response {
        var order = try await click.order(session: session, shop)
        var outcome = try await shop.offers.offer(for: order)
        if case .closed = outcome {
            order = try await click.order(session: session, shop)
            outcome = try await shop.offers.offer(for: order)
        }
        return try response(outcome, click.words)
    }

    /// For who may see the order.
    private func response(_ outcome: Offers.Outcome, _ words: Words) throws -> Response {
        switch outcome {
        case .refusal(let response): return response
        case .underWay:
            throw APIError(.merchantPostOrdersIdPayAlreadyPaid, hint: "A payment for this is still under way. You will not pay twice.")
        case .paid(let order):
            throw APIError(
                .merchantPostOrdersIdPayAlreadyPaid, hint: "This is paid already.",
                members: ["fulfillment_url": .string(shop.links.absolute(shop.links.fulfillment(order.id)))])
        case .closed(let order): throw shop.closed(order, words)
        case .offer(let offer):
            guard let contract = try? JSONParser.parse(offer.contract) else {
                throw ShopStoreError.damaged("contract \(offer.transactionID)")
            }
            return Response(
                json: .object([
                    "contract": contract, "sig": offer.signature.json, "H_contract": offer.contractHash.json,
                    "pay_url": .string(shop.links.pay(offer.order)), "exec_url": .string(shop.links.execute(offer.order)),
                ]))
        }
    }
}
