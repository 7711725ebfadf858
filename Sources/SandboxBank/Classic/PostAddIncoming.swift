// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

/// Pays any account of this bank: 400, 404 for an unknown receiver, 406 for another currency or without credit.
struct PostAddIncoming: Endpoint {
    static let route = Route(.post, "/admin/add/incoming")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let json = try request.authenticatedJSON()
        let debtor = try await bank.login.account(request)
        let message = try json.bankMessage(BankDepositRequest.self)
        let transfer = try await BankRefusal.classic.translating {
            try await bank.store.transfer(
                message.amount, from: debtor.number, to: message.creditAccount, subject: message.subject + " " + message.exchangeURL,
                at: bank.clock.now())
        }
        bank.ring(transfer)
        return try .json(BankDepositDetails(timestamp: transfer.time, rowID: transfer.rowID))
    }
}
