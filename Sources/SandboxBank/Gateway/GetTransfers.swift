// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

/// What became of the transfers that an exchange ordered: 200, or 204 when there is none.
struct GetTransfers: Endpoint {
    static let route = Route(.get, "/accounts/:name/taler-wire-gateway/transfers")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let account = try await bank.login.account(request, named: path["name"])
        let page = try request.historyPage(default: -20)
        let state = try request.state()
        let payouts =
            switch state {
            case nil: try await bank.store.payouts(from: account.number, page: page)
            case .success: try await bank.store.payouts(from: account.number, isCancelled: false, page: page)
            case .permanentFailure: try await bank.store.payouts(from: account.number, isCancelled: true, page: page)
            // Here a transfer is made or refused at once.
            case .pending, .transientFailure: [Payout]()
            }
        guard !payouts.isEmpty else { return .noContent }
        return try .json(
            WireTransferList(
                debitAccount: bank.payto(account),
                transfers: payouts.map { payout in
                    WireTransferSummary(
                        rowID: payout.transfer.rowID, status: payout.state, amount: payout.transfer.amount,
                        creditAccount: bank.payto(payout.transfer.creditor), timestamp: payout.transfer.time)
                }))
    }
}

/// What became of one transfer: 404 / 5107 for a row that the account did not order.
struct GetTransfer: Endpoint {
    static let route = Route(.get, "/accounts/:name/taler-wire-gateway/transfers/:row")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let account = try await bank.login.account(request, named: path["name"])
        guard let row = Int64(path["row"]) else {
            throw APIError(.genericPathSegmentMalformed, hint: "A row is a whole number.", detail: "row")
        }
        guard let payout = try await bank.store.payout(row: row, from: account.number) else {
            throw APIError(.bankTransactionNotFound, hint: "This account ordered no such transfer.")
        }
        return try .json(
            WireTransferStatus(
                status: payout.state, message: payout.transfer.isCancelled ? "The receiver has rejected it." : nil,
                amount: payout.transfer.amount, exchangeBaseURL: payout.order.exchangeBaseURL, transferID: payout.order.transferID,
                creditAccount: bank.payto(payout.transfer.creditor), timestamp: payout.transfer.time))
    }
}

extension Payout {
    fileprivate var state: WireTransferState { transfer.isCancelled ? .permanentFailure : .success }
}

extension Request {
    /// `status`, in any case of letters; nil for all.
    /// - Throws: 400 / 26.
    fileprivate func state() throws(APIError) -> WireTransferState? {
        guard let text = query["status"] else { return nil }
        guard let state = WireTransferState(rawValue: text.lowercased()) else {
            throw APIError(.genericParameterMalformed, hint: "This word is not known here.", detail: "status")
        }
        return state
    }
}
