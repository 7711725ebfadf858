// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

/// `?key=KEY[&known=STATE][&timeout_ms=n]`: `{state, location?}`, for the page that waits for its payment. With `known` the answer waits
/// until the state is another one, at most 25 seconds; when the wait is over the backend is asked. Beyond ``WaitingSeats`` the answer
/// comes at once.
struct GetOrderState: ShopEndpoint {
    static let route = Route(.get, "/order/:order/state")
    let shop: Shop

    static let maximumWait = Duration.seconds(25)

    /// - Throws: 400 / 26 for a wait that is no number, 403 / 44 for strangers, 404 / 2005.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let known = request.query["known"].flatMap(OrderPhase.init)
        let wait = known == nil ? .zero : try wait(request)
        let id = try await shop.knownOrder(path["order"], for: request).id
        let isSeated = wait > .zero && shop.seats.take(id)
        defer { if isSeated { shop.seats.leave(id) } }
        var (order, phase) = try await shop.waiting.value(of: id, wait: isSeated ? wait : .zero, until: { $0.phase != known }) {
            try await look(id)
        }
        if phase.isWaiting, known == nil || phase == known {
            order = try await shop.settlement.refresh(order)
            phase = try await shop.phase(of: order)
        }
        var answer: JSONObject = ["state": .string(phase.rawValue)]
        if phase.isBought { answer["location"] = .string(shop.links.fulfillment(id)) }
        var response = Response(json: .object(answer))
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    private func look(_ id: OrderID) async throws -> (order: Order, phase: OrderPhase) {
        let order = try await shop.order(id.text)
        return (order, try await shop.phase(of: order))
    }

    private func wait(_ request: Request) throws(APIError) -> Duration {
        guard let text = request.query["timeout_ms"] else { return .zero }
        guard let milliseconds = Int64(text), milliseconds >= 0 else {
            throw APIError(.genericParameterMalformed, hint: "The wait is a number of milliseconds.", detail: "timeout_ms")
        }
        return min(.milliseconds(min(milliseconds, 60_000)), Self.maximumWait)
    }
}
