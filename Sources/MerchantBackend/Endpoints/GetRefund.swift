// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import MerchantStore
import TalerWire

/// What was given back of a contract, with the exchanges' signatures: `?H_contract=` or `?transaction_id=`, with `timeout_ms` to wait while
/// an exchange has not answered. A shop passes it on to wallets.
struct GetRefund: Endpoint {
    static let route = Route(.get, "/refund")
    static let longestWait = Duration.seconds(60)
    let refunds: RefundService

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let contract = try await request.query.contract(in: refunds.store)
        var first: RefundList?
        let hasMoved: (RefundList) -> Bool = { list in
            defer { first = first ?? list }
            return list.refunds.allSatisfy { $0.status == .accepted || $0.status == .failed } || first.map { $0 != list } ?? false
        }
        let list = try await LongPoll(bell: refunds.changes, maximum: Self.longestWait)
            .value(of: contract.hash, wait: request.query.timeout(), until: hasMoved) { try await refunds.list(contract) }
        return try .json(list)
    }
}
