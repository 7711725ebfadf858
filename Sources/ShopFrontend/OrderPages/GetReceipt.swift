// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import Pages
import ShopStore
import TalerWire

/// A paid order's receipt, for the signed link or the browser that paid; in the order's language unless `?lang=` wants another.
struct GetReceipt: ShopEndpoint {
    static let route = Route(.get, "/receipt/:order")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let access = try await shop.access(path["order"], for: request)
        var visitor = try await shop.visitor(request)
        guard let order = access.order else { return try await shop.askWallet(access, visitor) }
        guard order.isPaid else {
            if case .owner = access { return Response.redirect(shop.links.order(order.id)) }
            return Response.redirect(shop.links.sharedOrder(order.id))
        }
        if visitor.chosenLanguage == nil, let language = Language(rawValue: order.language), shop.languages.offered.contains(language) {
            visitor.words = shop.texts.words(language)
        }
        let (known, refunds) = try await shop.refunds(of: order)
        let page = ReceiptPage(
            words: visitor.words, order: known,
            seller: ReceiptPage.Seller(shop.settings, visitor.words),
            contractHash: try await shop.store.currentOffer(of: known.id)?.contractHash.base32,
            refunds: RefundRecord(refunds, of: known, links: shop.links, words: visitor.words), back: shop.links.fulfillment(known.id))
        return try shop.answer(page, to: visitor)
    }
}
