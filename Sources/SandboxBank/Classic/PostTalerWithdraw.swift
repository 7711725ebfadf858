// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

/// Pays an exchange with a reserve key as the subject: 404 when the exchange has no account here, 406 without credit.
struct PostTalerWithdraw: Endpoint {
    static let route = Route(.post, "/taler/withdraw")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let json = try request.authenticatedJSON()
        let customer = try await bank.login.account(request)
        let message = try json.bankMessage(BankTalerWithdrawRequest.self)
        let exchange: Account
        var exchangeURL: String?
        if let wireDetails = message.exchangeWireDetails {
            exchange = try await bank.account(payto: wireDetails)
        } else {
            guard let known = bank.settings.defaultExchange, let account = try await bank.store.account(named: known.account) else {
                throw APIError(.bankUnknownAccount, hint: "This bank has no default exchange.")
            }
            exchange = account
            exchangeURL = known.url
        }
        let transfer = try await BankRefusal.classic.translating {
            try await bank.store.transfer(
                message.amount, from: customer.number, to: exchange.number, subject: message.reservePublicKey.base32, at: bank.clock.now())
        }
        bank.ring(transfer)
        return try .json(BankTalerWithdrawResponse(senderWireDetails: bank.payto(customer), exchangeURL: exchangeURL))
    }
}
