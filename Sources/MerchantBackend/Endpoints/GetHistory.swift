// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import MerchantStore
import TalerWire

/// Payments after a date, a page at a time, the newest first unless `delta` is positive.
struct GetHistory: Endpoint {
    static let route = Route(.get, "/history")
    static let defaultDelta: Int64 = -20
    static let longestPage: Int64 = 1000
    let store: MerchantStore

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let query = request.query
        let start = try query["start"].map { _ in try query.integer("start", in: 0...Int64.max) }
        // A page that begins at a row needs no date.
        let date = start != nil && query["date"] == nil ? 0 : try query.integer("date", in: 0...Int64(Timestamp.maximumSeconds))
        let delta = try query["delta"] == nil ? Self.defaultDelta : query.integer("delta", in: -Int64.max...Int64.max)
        guard delta != 0 else { throw request.query.malformed("delta") }
        let page = try await store.payments(
            after: Timestamp(seconds: UInt64(date)), start: start, delta: Int(max(-Self.longestPage, min(Self.longestPage, delta))))
        return try .json(
            page.map { payment in
                HistoryEntry(
                    rowID: payment.row, transactionID: payment.transactionID, exchange: payment.exchangeURLs.first ?? "",
                    exchanges: payment.exchangeURLs.count > 1 ? payment.exchangeURLs : nil, contractHash: payment.contractHash,
                    timestamp: ClassicTimestamp(payment.paidAt), totalAmount: payment.amount)
            })
    }
}
