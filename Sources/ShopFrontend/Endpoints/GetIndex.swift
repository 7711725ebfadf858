// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopCatalog

/// The front page: everything that there is to buy.
struct GetIndex: ShopEndpoint {
    static let route = Route(.get, "/")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let cards = shop.catalog.listed.enumerated().map { index, product in
            IndexPage.Card(
                name: product.title, kind: product.kindWord, summary: product.text.summary.text, detail: product.detail,
                price: product.isDonation ? "as you like" : product.price.shopText, picture: shop.links.picture(product.picture),
                url: shop.links.product(product.id), isBelow: index >= 6)
        }
        return try shop.answer(IndexPage(cards: cards))
    }
}
