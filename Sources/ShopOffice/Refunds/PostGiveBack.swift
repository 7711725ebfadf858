// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

/// Asks the backend once more for money that it would not give back: the shop's own loop does it.
struct PostGiveBack: OfficeEndpoint {
    static let route = Route(.post, "/orders/:id/give-back")
    let office: Office

    func answer(_ visit: Visit) async throws -> Response {
        let order = try await office.order(visit.path["id"])
        for giveBack in try await office.store.giveBacks(of: order.id) where giveBack.state == .failed {
            try await office.store.retryGiveBack(giveBack.contractHash, at: office.clock.now())
        }
        return office.redirect("/orders/\(order.id)?notice=retried")
    }
}
