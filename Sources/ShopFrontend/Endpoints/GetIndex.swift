// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog

/// The front page: everything that there is to buy.
struct GetIndex: ShopEndpoint {
    static let route = Route(.get, "/")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await shop.visitor(request)
        let words = visitor.words
        let cards = shop.catalog.listed.enumerated().map { index, product in
            IndexPage.Card(
                name: product.text(in: words.language).title.text, kind: words(product.kindKey),
                summary: product.text(in: words.language).summary.text, detail: product.detail(words),
                price: product.isDonation ? words("index.asYouLike") : words.amount(product.price),
                picture: shop.links.picture(product.picture),
                url: shop.links.product(product.id), isBelow: index >= 6)
        }
        return try shop.answer(IndexPage(words: words, cards: cards), to: visitor)
    }
}
