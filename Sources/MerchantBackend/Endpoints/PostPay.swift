// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import TalerWire

/// Takes a deposit permission.
struct PostPay: Endpoint {
    static let route = Route(.post, "/pay")
    let payments: PaymentService

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let permission: DepositPermission = try request.message()
        return try await payments.pay(permission).response(for: permission.contractHash)
    }
}
