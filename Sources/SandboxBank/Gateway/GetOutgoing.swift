// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore

/// What an exchange paid through its wire gateway: 200, or 204 when there is none, after `long_poll_ms` at the latest.
struct GetOutgoing: Endpoint {
    static let route = Route(.get, "/accounts/:name/taler-wire-gateway/history/outgoing")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let account = try await bank.login.account(request, named: path["name"])
        let page = try request.historyPage()
        let payouts = try await bank.longPoll.value(of: account.number, wait: try request.longPoll(page), until: { !$0.isEmpty }) {
            try await bank.store.payouts(from: account.number, page: page)
        }
        guard !payouts.isEmpty else { return .noContent }
        return try .json(
            OutgoingHistory(
                debitAccount: bank.payto(account),
                transactions: payouts.map { payout in
                    OutgoingTransaction(
                        rowID: payout.transfer.rowID, date: payout.transfer.time, amount: payout.transfer.amount,
                        creditAccount: bank.payto(payout.transfer.creditor), transferID: payout.order.transferID,
                        exchangeBaseURL: payout.order.exchangeBaseURL)
                }))
    }
}
