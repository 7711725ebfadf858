// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

extension APIError {
    static func tooLarge(_ limit: Int) -> APIError {
        APIError(.genericUploadExceedsLimit, hint: "The body is larger than \(limit) bytes.")
    }

    static let badPath = APIError(.genericPathSegmentMalformed, hint: "The path is not validly encoded.")
    static let badQuery = APIError(.genericParameterMalformed, hint: "The query is not validly encoded.")
    static let handlerTooSlow = APIError(.genericTimeout, hint: "This took too long here.")

    static func headerTooLarge(_ limit: Int) -> APIError {
        APIError(.genericHttpHeadersMalformed, hint: "The header is larger than \(limit) bytes.", status: 431)
    }

    /// The registry has no code of its own for a server that ends.
    static let stopping = APIError(
        .genericTimeout, hint: "The server is stopping; try again soon.", status: 503, fields: ["Retry-After": "1"])
}
