// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// One order with its timeline and what can be done with it.
struct GetOrder: OfficeEndpoint {
    static let route = Route(.get, "/orders/:id")
    let office: Office

    func answer(_ visit: Visit) async throws -> Response {
        let order = try await office.order(visit.path["id"])
        return try office.show(try await office.view(order), visit.visitor, notice: visit.query["notice"].flatMap(Self.notice))
    }

    private static func notice(_ name: String) -> String? {
        switch name {
        case "refunded": "The backend has taken on the refund. The timeline shows what has become of each part."
        case "refunded-not-counted":
            "The backend has taken on the refund, but not all goods could be put back into stock: please correct the stock by hand."
        case "sent": "The order is marked as sent."
        case "unsent": "The order is not marked as sent any more."
        case "retried": "The backend is asked once more within a minute."
        default: nil
        }
    }
}

extension Office {
    /// An order's page.
    /// - Parameters:
    ///   - form: what was typed into the form for a refund, with what was wrong; nil for a fresh one.
    ///   - sending: likewise for what was sent.
    func show(
        _ view: OrderView, _ visitor: Visitor, form: RefundForm? = nil, sending: SentForm? = nil, notice: String? = nil, status: Int = 200
    ) throws -> Response {
        try answer(
            OrderDetailsPage(view: view, now: clock.now(), form: form, sending: sending, notice: notice), to: visitor, status: status)
    }
}
