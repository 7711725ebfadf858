// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

/// `config` of taler-revenue.
struct GetRevenueConfig: Endpoint {
    static let route = Route(.get, "/accounts/:name/taler-revenue/config")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        _ = try await bank.login.account(request, named: path["name"])
        return try .json(
            WireGatewayConfig(
                version: "1:0:1", name: "taler-revenue", currency: bank.settings.currency.text, implementation: Bank.implementation))
    }
}

/// What reached a merchant: 200, or 204 when there is none, after `long_poll_ms` at the latest.
struct GetRevenueHistory: Endpoint {
    static let route = Route(.get, "/accounts/:name/taler-revenue/history")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let account = try await bank.login.account(request, named: path["name"])
        let page = try request.historyPage()
        let transfers = try await bank.longPoll.value(of: account.number, wait: try request.longPoll(page), until: { !$0.isEmpty }) {
            try await bank.store.history(of: account.number, direction: .credit, showsCancelled: false, page: page)
        }
        guard !transfers.isEmpty else { return .noContent }
        return try .json(
            RevenueHistory(
                creditAccount: bank.payto(account),
                transactions: transfers.map { transfer in
                    RevenueTransaction(
                        // The word of other banks for every row.
                        type: "RESERVE", rowID: transfer.rowID, date: transfer.time, amount: transfer.amount,
                        debitAccount: bank.payto(transfer.debtor), subject: transfer.subject)
                }))
    }
}
