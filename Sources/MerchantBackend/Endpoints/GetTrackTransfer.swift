// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import MerchantCore
import MerchantStore
import TalerWire

/// What one transfer of a configured exchange paid: the exchange's own answer, once it is verified and agrees with the books.
struct GetTrackTransfer: Endpoint {
    static let route = Route(.get, "/track/transfer")
    let tracker: TransferTracker
    let directory: ExchangeDirectory
    let store: MerchantStore

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let text = try request.query.required("wtid")
        guard let id = try? WireTransferID(base32: text) else { throw request.query.malformed("wtid") }
        let url = try request.query.required("exchange")
        let exchangeURL = url.hasSuffix("/") ? url : url + "/"
        guard directory.entries.contains(where: { $0.baseURL == exchangeURL }) else {
            throw APIError(.merchantGenericExchangeUntrusted, hint: "This exchange is not configured.", detail: "exchange")
        }
        do { return Response(json: try await tracker.track(id, exchangeURL: exchangeURL).answer) } catch let failure as TrackingFailure {
            throw try await error(failure, id, exchangeURL)
        }
    }

    private func error(_ failure: TrackingFailure, _ id: WireTransferID, _ exchangeURL: String) async throws -> APIError {
        var members: JSONObject = ["wtid": id.json]
        if case .conflict(let conflict, let answer) = failure {
            if conflict.reason == .otherAccount, conflict.deposit == nil {
                try await tracker.keep(conflict, of: id, exchangeURL: exchangeURL, answer: answer)
            }
            if let deposit = conflict.deposit {
                if let contract = try await store.contract(deposit.contractHash) {
                    members["transaction_id"] = .integer(contract.terms.transactionID)
                }
                if let booked = try await store.booked(deposit, exchangeURL: exchangeURL) {
                    members["amount_with_fee"] = booked.contribution.json
                    members["deposit_fee"] = booked.depositFee.json
                }
            }
        }
        return APIError(failure, exchangeURL: exchangeURL, refused: .merchantPrivatePostTransfersRequestError, members: members)
    }
}
