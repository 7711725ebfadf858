// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import Synchronization
import TalerWire

/// A merchant backend that knows what it is told, and takes on refunds.
final class OfficeBackend: Sender {
    struct State {
        var isDown = false
        var statuses: [ContractHash: OrderStatus] = [:]
        /// To `GET /status`.
        var statusAnswer = Response(json: ["status": "ok", "checked": ["t_s": .integer(1_800_000_000)], "findings": .array([])])
        /// Instead of its own answer to `POST /refund`.
        var refundAnswer: Response?
        /// What was asked for, in the order of its coming.
        var refunds: [RefundOrder] = []
    }

    private let state = Mutex(State())

    func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
    func read<Value: Sendable>(_ get: (State) -> Value) -> Value { state.withLock { get($0) } }

    func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        let answer: Response? = state.withLock { state in
            if state.isDown { return nil }
            guard request.fields["Authorization"] == "Bearer token" else { return Response(status: 401, json: ["code": .integer(40)]) }
            if request.url == "http://backend/status" { return state.statusAnswer }
            return request.method == .post ? Self.refund(request, &state) : Self.order(request, state)
        }
        guard let answer else { throw .noAnswer("down") }
        return answer
    }

    private static func order(_ request: OutgoingRequest, _ state: State) -> Response {
        let text = request.url.split(separator: "=").last.map(String.init) ?? ""
        guard let hash = try? ContractHash(base32: text), let status = state.statuses[hash], let answer = try? Response.json(status) else {
            return Response(status: 404, json: ["code": .integer(2005), "hint": "There is no such contract."])
        }
        return answer
    }

    private static func refund(_ request: OutgoingRequest, _ state: inout State) -> Response {
        guard let order = try? JSONParser.parse(request.body).decode(as: RefundOrder.self), let hash = order.contractHash,
            let price = state.statuses[hash]?.amount
        else { return Response(status: 400) }
        state.refunds.append(order)
        if let answer = state.refundAnswer { return answer }
        let asked = max(order.refund.units, state.statuses[hash]?.refundAmount?.units ?? 0)
        guard let amount = try? Amount.make(price.currency, total: asked) else { return Response(status: 500) }
        state.statuses[hash]?.refundAmount = amount
        let list = RefundList(refundAmount: amount, givenAmount: amount, failedAmount: .zero(price.currency), refunds: [])
        return (try? Response.json(list)) ?? Response(status: 500)
    }
}
