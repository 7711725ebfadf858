// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// What came of a request to the backend.
enum BackendReply {
    /// 200 with the message that was asked for.
    case message(JSONValue)
    /// A refusal, to be passed on with its status and its JSON.
    case refusal(Response, code: Int64?)

    /// - Throws: ``APIError``: 502 or 504 when there is no answer, or one that cannot be.
    static func of(_ send: () async throws(SendError) -> Response) async throws(APIError) -> BackendReply {
        let response: Response
        do { response = try await send() } catch {
            switch error {
            case .timedOut: throw APIError(.genericTimeout, hint: "The payment service did not answer in time.", status: 504)
            case .notSent, .noAnswer:
                throw APIError(
                    .genericUnexpectedRequestError, hint: "The payment service cannot be reached.", detail: "\(error)", status: 502)
            }
        }
        guard let json = try? response.json(), case .object(let object) = json else {
            throw APIError(
                .genericReplyMalformed, hint: "The payment service answered something that cannot be read.",
                detail: "status \(response.status)", status: 502)
        }
        guard response.status != 200 else { return .message(json) }
        // A wrong token is the shop's trouble, not the buyer's.
        guard response.status >= 400, response.status != 401 else {
            throw APIError(
                .genericReplyMalformed, hint: "The payment service and this shop do not agree.", detail: "status \(response.status)",
                status: 502)
        }
        return .refusal(Response(status: response.status, json: json), code: object["code"]?.integerValue)
    }
}
