// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

/// A test's own transfer to the exchange, from any account, for a reserve key that was never used.
struct PostGatewayAddIncoming: Endpoint {
    static let route = Route(.post, "/accounts/:name/taler-wire-gateway/admin/add-incoming")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let account = try await bank.exchangeAccount(request, named: path["name"])
        let message = try request.json().bankMessage(AddIncomingRequest.self)
        let debtor = try await bank.account(payto: message.debitAccount, member: "debit_account", needsReceiverName: false)
        let transfer = try await BankRefusal.gateway.translating {
            try await bank.store.fillFreshReserve(
                message.reservePublicKey, amount: message.amount, from: debtor.number, to: account.number, at: bank.clock.now())
        }
        bank.ring(transfer)
        return try .json(TransferResponse(timestamp: transfer.time, rowID: transfer.rowID))
    }
}

/// A test's own transfer to the exchange that ties an account to a key.
struct PostGatewayAddKYCAuth: Endpoint {
    static let route = Route(.post, "/accounts/:name/taler-wire-gateway/admin/add-kycauth")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let account = try await bank.exchangeAccount(request, named: path["name"])
        let message = try request.json().bankMessage(AddAccountKeyRequest.self)
        let debtor = try await bank.account(payto: message.debitAccount, member: "debit_account", needsReceiverName: false)
        let transfer = try await BankRefusal.gateway.translating {
            try await bank.store.transfer(
                message.amount, from: debtor.number, to: account.number, subject: "KYC:\(message.accountPublicKey)", at: bank.clock.now())
        }
        bank.ring(transfer)
        return try .json(TransferResponse(timestamp: transfer.time, rowID: transfer.rowID))
    }
}

extension Bank {
    /// Who may have other people's accounts pay: an account that the configuration has. Customers open theirs themselves, and could take
    /// everybody's money.
    /// - Throws: 404 / 5106, 401 / 40, 409 / 5127.
    fileprivate func exchangeAccount(_ request: Request, named name: String) async throws -> Account {
        let account = try await login.account(request, named: name)
        guard settings.accounts.contains(where: { $0.name == account.name }) else {
            throw APIError(.bankAccountIsNotExchange, hint: "The bank's configuration does not have this account, so it is no exchange's.")
        }
        return account
    }
}
