// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

/// An exchange pays a merchant, once for each `request_uid`.
struct PostTransfer: Endpoint {
    static let route = Route(.post, "/accounts/:name/taler-wire-gateway/transfer")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let account = try await bank.login.account(request, named: path["name"])
        let message = try request.json().bankMessage(TransferRequest.self)
        // The subject's reader splits it at spaces.
        guard !message.exchangeBaseURL.isEmpty, message.exchangeBaseURL.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw APIError(.genericParameterMalformed, hint: "A base URL is needed.", detail: "exchange_base_url")
        }
        if let metadata = message.metadata { try Self.check(metadata) }
        let creditor = try await bank.account(payto: message.creditAccount, member: "credit_account")
        let order = PayoutOrder(
            requestUID: message.requestUID, transferID: message.transferID, exchangeBaseURL: message.exchangeBaseURL,
            metadata: message.metadata ?? "")
        let (transfer, isNew) = try await BankRefusal.gateway.translating {
            try await bank.store.payOut(order, amount: message.amount, from: account.number, to: creditor.number, at: bank.clock.now())
        }
        if isNew { bank.ring(transfer) }
        return try .json(TransferResponse(timestamp: transfer.time, rowID: transfer.rowID))
    }

    private static func check(_ metadata: String) throws(APIError) {
        let isAllowed = metadata.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || "-.:".utf8.contains(byte)
        }
        guard isAllowed, (1...40).contains(metadata.utf8.count) else {
            throw APIError(.genericParameterMalformed, hint: "1 to 40 letters, digits and -.: are needed.", detail: "metadata")
        }
    }
}
