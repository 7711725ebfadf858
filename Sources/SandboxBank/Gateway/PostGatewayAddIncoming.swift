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
        let account = try await bank.login.account(request, named: path["name"])
        let message = try request.json().bankMessage(AddIncomingRequest.self)
        let debtor = try await bank.account(payto: message.debitAccount, member: "debit_account")
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
        let account = try await bank.login.account(request, named: path["name"])
        let message = try request.json().bankMessage(AddAccountKeyRequest.self)
        let debtor = try await bank.account(payto: message.debitAccount, member: "debit_account")
        let transfer = try await BankRefusal.gateway.translating {
            try await bank.store.transfer(
                message.amount, from: debtor.number, to: account.number, subject: "KYC:\(message.accountPublicKey)", at: bank.clock.now())
        }
        bank.ring(transfer)
        return try .json(TransferResponse(timestamp: transfer.time, rowID: transfer.rowID))
    }
}
