// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// The list of orders: `q`, `state`, `kind`, `from` and `to` filter it, `after` goes on where a page ended.
struct GetOrders: OfficeEndpoint {
    static let route = Route(.get, "/orders")
    static let pageSize = 50
    let office: Office

    func answer(_ visit: Visit) async throws -> Response {
        let query = OrderListQuery(visit.query)
        let after = visit.query["after"]
        let cursor = after.flatMap(OrderCursor.init)
        if after != nil, cursor == nil {
            throw APIError(.genericParameterMalformed, hint: "There is no such page of the list.", detail: "after")
        }
        let page = try await office.store.orders(query.filter, after: cursor, limit: Self.pageSize)
        let waiting = try await office.store.countToSend()
        return try office.answer(
            OrderListPage(
                query: query, orders: page.orders, next: page.next.map { query.text([("after", "\($0)")]) }, isFirst: cursor == nil,
                waiting: waiting, catalog: office.catalog), to: visit.visitor)
    }
}
