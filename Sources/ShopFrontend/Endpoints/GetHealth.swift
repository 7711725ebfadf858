// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

/// 200 while the shop can read its database.
struct GetHealth: ShopEndpoint {
    static let route = Route(.get, "/health")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        _ = try await shop.store.offersUnderWay()
        return Response(json: .object(["status": "ok"]))
    }
}
