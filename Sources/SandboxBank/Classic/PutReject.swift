// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

/// Gives back money that reached the caller's account: 204, also for a second time; 404 for a row that did not reach it.
struct PutReject: Endpoint {
    static let route = Route(.put, "/reject")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try request.checkQueryAuth()
        let json = request.body.isEmpty ? nil : try request.authenticatedJSON()
        let creditor = try await bank.login.account(request)
        // Clients of the time put the row into the body or into the query.
        let isInBody = json?["row_id"] != nil || (json != nil && request.query["row_id"] == nil)
        let row =
            if let json, isInBody { try json.bankMessage(BankCancelRequest.self).rowID } else { try request.requiredInteger("row_id") }
        try await BankRefusal.reject.translating { try await bank.store.reject(row: row, by: creditor.number, at: bank.clock.now()) }
        return .noContent
    }
}

/// ``PutReject`` by the method that clients of the time used.
struct PostReject: Endpoint {
    static let route = Route(.post, "/reject")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try await PutReject(bank: bank).answer(request, path)
    }
}
