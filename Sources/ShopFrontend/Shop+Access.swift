// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire
import WebSession

extension Shop {
    /// The order, for who has its signed link or the browser that it belongs to.
    /// - Throws: 403 / 44.
    func order(_ id: OrderID?, hasKey: Bool, for request: Request) async throws -> Order {
        let session = sessions.session(of: request)
        guard let id, hasKey || session != nil, let order = try await store.order(id), hasKey || order.session == session else {
            throw APIError(.genericForbidden, hint: "This address is only for who has paid.")
        }
        return order
    }
}
