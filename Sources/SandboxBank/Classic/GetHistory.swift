// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

/// The caller's transfers by row: 200, or 204 when there is none, after `long_poll_ms` at the latest.
struct GetHistory: Endpoint {
    static let route = Route(.get, "/history")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try request.checkQueryAuth()
        let account = try await bank.login.account(request)
        let page = try request.historyPage()
        let direction = try request.choice("direction", default: TransferDirection.both)
        let cancelled = try request.choice("cancelled", default: CancelledRows.show)
        let wait = try request.longPoll(page)
        let transfers = try await bank.longPoll.value(of: account.number, wait: wait, until: { !$0.isEmpty }) {
            try await bank.store.history(of: account.number, direction: direction, showsCancelled: cancelled == .show, page: page)
        }
        return try account.historyAnswer(transfers)
    }
}

/// Whether rejected rows are listed.
enum CancelledRows: String {
    case omit, show
}

extension Account {
    /// 200 with rows as this account sees them, 204 without any.
    func historyAnswer(_ transfers: [Transfer]) throws(APIError) -> Response {
        guard !transfers.isEmpty else { return .noContent }
        return try .json(BankTransactions(data: transfers.map(row)))
    }

    private func row(_ transfer: Transfer) -> BankTransaction {
        let isCredit = transfer.creditor.number == number
        let sign: BankTransaction.Sign =
            switch (isCredit, transfer.isCancelled) {
            case (true, false): .credit
            case (false, false): .debit
            case (true, true): .cancelledCredit
            case (false, true): .cancelledDebit
            }
        return BankTransaction(
            rowID: transfer.rowID, date: transfer.time, amount: transfer.amount, sign: sign,
            counterpart: isCredit ? transfer.debtor.number : transfer.creditor.number, subject: transfer.subject)
    }
}
