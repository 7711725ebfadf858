// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import TalerWire

/// The caller's transfers between two points in time, in seconds since 1970, both included: 200, 204 when there is none, 400 when there are too many.
struct GetHistoryRange: Endpoint {
    static let route = Route(.get, "/history-range")
    let bank: Bank

    private enum Ordering: String {
        case descending, ascending
    }

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try request.checkQueryAuth()
        let account = try await bank.login.account(request)
        let start = try time(request, "start")
        let end = try time(request, "end")
        let direction = try request.choice("direction", default: TransferDirection.both)
        let cancelled = try request.choice("cancelled", default: CancelledRows.show)
        let ordering = try request.choice("ordering", default: Ordering.descending)
        let transfers = try await BankRefusal.classic.translating {
            try await bank.store.history(
                of: account.number, direction: direction, showsCancelled: cancelled == .show, from: start, to: end,
                isRising: ordering == .ascending)
        }
        return try account.historyAnswer(transfers)
    }

    private func time(_ request: Request, _ name: String) throws(APIError) -> Timestamp {
        guard let seconds = UInt64(exactly: try request.requiredInteger(name)), let time = try? Timestamp(seconds: seconds) else {
            throw APIError(.genericParameterMalformed, hint: "A point in time in seconds since 1970 is needed.", detail: name)
        }
        return time
    }
}
