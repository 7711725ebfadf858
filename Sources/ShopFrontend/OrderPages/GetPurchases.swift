// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore

/// The orders of this browser, twenty to a page: `?page=n`.
struct GetPurchases: ShopEndpoint {
    static let route = Route(.get, "/purchases")
    let shop: Shop

    private static let pageSize = 20
    private static let maximumPage = 10_000

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = try await shop.visitor(request)
        let number = min(max(1, request.query["page"].flatMap { Int($0) } ?? 1), Self.maximumPage)
        var found: [Order] = []
        if let session = visitor.session {
            found = try await shop.store.orders(session: session, skip: (number - 1) * Self.pageSize, limit: Self.pageSize + 1)
        }
        var entries: [PurchasesPage.Entry] = []
        for order in found.prefix(Self.pageSize) { entries.append(try await entry(order)) }
        let page = PurchasesPage(
            words: visitor.words, entries: entries, newer: number > 1 ? address(number - 1) : nil,
            older: found.count > Self.pageSize ? address(number + 1) : nil)
        return try shop.answer(page, to: visitor)
    }

    private func entry(_ order: Order) async throws -> PurchasesPage.Entry {
        let phase = try await shop.phase(of: order)
        return PurchasesPage.Entry(
            order: order, phase: phase, url: phase.isBought ? shop.links.fulfillment(order.id) : shop.links.order(order.id),
            receipt: phase.isBought ? shop.links.receipt(order.id) : nil)
    }

    private func address(_ page: Int) -> String { page == 1 ? shop.links.purchases : "\(shop.links.purchases)?page=\(page)" }
}
