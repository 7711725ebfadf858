// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantCore
import MerchantStore
import TalerWire

/// The transfers that a payment arrived with: 200, or 202 while its exchange has not wired everything.
struct GetTrackTransaction: Endpoint {
    static let route = Route(.get, "/track/transaction")
    let tracker: TransactionTracker

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let id = try request.query.integer("id", in: 0...(1 << 53 - 1))
        do {
            switch try await tracker.track(transactionID: id) {
            case .wired(let transfers): return try .json(transfers)
            case .pending(let pending): return try .json(status: 202, pending)
            }
        } catch let failure as TransactionTracker.Failure {
            throw APIError(
                failure.failure, exchangeURL: failure.exchangeURL, refused: .merchantGetOrdersExchangeTrackingFailure,
                members: [
                    "transaction_id": .integer(failure.contract.terms.transactionID), "coin_pub": failure.coin.coinPub.json,
                    "amount_with_fee": failure.coin.contribution.json, "deposit_fee": failure.coin.depositFee.json,
                ])
        }
    }
}
