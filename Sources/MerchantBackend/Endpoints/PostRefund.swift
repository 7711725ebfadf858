// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import TalerWire

/// Gives back of what was paid for a contract.
struct PostRefund: Endpoint {
    static let route = Route(.post, "/refund")
    let refunds: RefundService

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try .json(try await refunds.refund(try request.message()))
    }
}
