// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import ShopCatalog
import ShopStore
import TalerWire

/// The front page: what there is to buy, 24 on a page. `?q=` searches, `?kind=` shows one kind, `?page=` counts from 1.
struct GetIndex: ShopEndpoint {
    static let route = Route(.get, "/")
    static let pageSize = 24
    let shop: Shop

    /// - Throws: ``APIError``: 404 / 21 for a page or a kind that there is not.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await shop.visitor(request)
        let words = visitor.words
        let catalog = shop.catalog
        let filter = try Self.filter(request)
        let products = Self.products(catalog, filter, words.language)
        let pageCount = max(1, (products.count + Self.pageSize - 1) / Self.pageSize)
        guard filter.page <= pageCount else { throw Self.noSuchPage }
        let shown = products.dropFirst((filter.page - 1) * Self.pageSize).prefix(Self.pageSize)
        let stocks = try await shop.store.stocks(shown.filter { $0.stock != nil }.map(\.id))
        let cards = shown.enumerated().map { index, product in card(product, words, stocks[product.id], isBelow: index >= 6) }
        let page = IndexPage(
            words: words, links: shop.links, filter: filter, kinds: catalog.listedKinds, count: products.count, pageCount: pageCount,
            cards: cards, chosen: visitor.chosenLanguage, ownHeading: shop.settings.text(shop.settings.heading, words.language),
            ownLead: shop.settings.text(shop.settings.lead, words.language))
        return try shop.answer(page, to: visitor)
    }

    private static let noSuchPage = APIError(.genericEndpointUnknown, hint: "There is no such page.")

    private static func filter(_ request: Request) throws(APIError) -> IndexFilter {
        var filter = IndexFilter()
        let text = (request.query["q"] ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        filter.text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(IndexFilter.longestText)))
        if let kind = request.query["kind"], !kind.isEmpty {
            guard Product.Kind.names.contains(kind) else { throw noSuchPage }
            filter.kind = kind
        }
        if let text = request.query["page"] {
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let page = Int(text), page > 0 else { throw noSuchPage }
            filter.page = page
        }
        return filter
    }

    private static func products(_ catalog: Catalog, _ filter: IndexFilter, _ language: Language) -> [Product] {
        guard !filter.text.isEmpty else { return filter.kind.map { catalog.listed(kind: $0) } ?? catalog.listed }
        let found = catalog.listed(with: filter.text, in: language)
        guard let kind = filter.kind else { return found }
        return found.filter { $0.kind.name == kind }
    }

    private func card(_ product: Product, _ words: Words, _ stock: Stock?, isBelow: Bool) -> IndexPage.Card {
        let text = product.text(in: words.language)
        return IndexPage.Card(
            title: text.title, summary: text.summary, kind: words(product.kindKey), detail: product.detail(words),
            price: product.isDonation ? words("index.asYouLike") : words.amount(product.price),
            picture: shop.links.picture(product.picture), url: shop.links.product(product.id), isSoldOut: stock?.available == 0,
            isBelow: isBelow)
    }
}
