// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerWire

/// A reserve's balance. With `timeout_ms` the answer waits for a reserve that is not known yet.
struct GetReserve: Endpoint {
    static let route = Route(.get, "/reserves/:reserve_pub")
    let store: ExchangeStore
    let bell: ChangeBell<ReservePublicKey>

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let reserve = try path.reservePub
        let wait = try request.wait()
        let known = try await LongPoll(bell: bell, maximum: Request.longestWait).value(of: reserve, wait: wait, until: { $0 != nil }) {
            try await summary(reserve)
        }
        if let known { return try .json(known) }
        throw APIError.unknownReserve
    }

    private func summary(_ reserve: ReservePublicKey) async throws -> ReserveSummary? {
        try await store.reserve(reserve).map { ReserveSummary(balance: $0.balance, lastOrigin: $0.lastOrigin) }
    }
}

extension PathParameters {
    /// - Throws: 400 / 1004.
    var coinPub: CoinPublicKey {
        get throws(APIError) { try value("coin_pub", or: .exchangeGenericCoinsInvalidCoinPub) }
    }

    /// - Throws: 400 / 27.
    var reservePub: ReservePublicKey {
        get throws(APIError) {
            do { return try ReservePublicKey(base32: self["reserve_pub"]) } catch {
                throw APIError(.genericReservePubMalformed, detail: "\(error)")
            }
        }
    }
}

extension APIError {
    static var unknownReserve: APIError {
        APIError(.exchangeGenericReserveUnknown, hint: "The exchange does not know this reserve, or its money has not arrived yet.")
    }
}
