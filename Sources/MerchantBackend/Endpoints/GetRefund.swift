// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import TalerWire

/// What was given back of a contract, with the exchanges' signatures: `?H_contract=` or `?transaction_id=`. A shop passes it on to wallets.
struct GetRefund: Endpoint {
    static let route = Route(.get, "/refund")
    let refunds: RefundService

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try .json(try await refunds.list(try await request.query.contract(in: refunds.store)))
    }
}
