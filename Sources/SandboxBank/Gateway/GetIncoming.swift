// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore

/// What reached an exchange with a key in its subject: 200, or 204 when there is none, after `long_poll_ms` at the latest.
struct GetIncoming: Endpoint {
    static let route = Route(.get, "/accounts/:name/taler-wire-gateway/history/incoming")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let account = try await bank.login.account(request, named: path["name"])
        let page = try request.historyPage()
        let transfers = try await bank.longPoll.value(of: account.number, wait: try request.longPoll(page), until: { !$0.isEmpty }) {
            try await bank.store.incoming(to: account.number, page: page)
        }
        guard !transfers.isEmpty else { return .noContent }
        return try .json(IncomingHistory(creditAccount: bank.payto(account), transactions: transfers.compactMap(transaction)))
    }

    private func transaction(_ transfer: Transfer) -> IncomingTransaction? {
        let purpose: IncomingTransaction.Purpose
        switch transfer.key {
        case .reserve(let key)?: purpose = .reserve(key)
        case .account(let key)?: purpose = .accountKey(key)
        case nil: return nil
        }
        return IncomingTransaction(
            purpose: purpose, rowID: transfer.rowID, date: transfer.time, amount: transfer.amount, debitAccount: bank.payto(transfer.debtor)
        )
    }
}
