// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire
import WebSession

/// Who asks for an order's page.
enum OrderAccess: Sendable {
    /// The browser that the order belongs to.
    case owner(Order)
    /// Somebody with the signed link.
    case holder(Order)
    /// Somebody who knows the order's name and nothing else. A wallet may still know it.
    case stranger(Order)

    /// Nil for strangers.
    var order: Order? {
        switch self {
        case .owner(let order), .holder(let order): order
        case .stranger: nil
        }
    }
}

extension Shop {
    /// - Throws: 404 / 2005 for a text that is no order's name: as names are random, nobody learns anything by it.
    func access(_ name: String, for request: Request) async throws -> OrderAccess {
        let order = try await order(name)
        if order.session == sessions.session(of: request) { return .owner(order) }
        return links.isOrderKey(request.query["key"], of: order.id) ? .holder(order) : .stranger(order)
    }

    /// For answers that no page is made of.
    /// - Throws: 404 / 2005, and 403 / 44 for strangers.
    func knownOrder(_ name: String, for request: Request) async throws -> Order {
        guard let order = try await access(name, for: request).order else {
            throw APIError(.genericForbidden, hint: "This address is only for who has the order's link.")
        }
        return order
    }

    /// As the shop's own database has it.
    func phase(of order: Order) async throws -> OrderPhase {
        guard order.state == .open else { return OrderPhase(order, isUnderWay: false) }
        return OrderPhase(order, isUnderWay: try await store.currentOffer(of: order.id)?.state == .paying)
    }
}
