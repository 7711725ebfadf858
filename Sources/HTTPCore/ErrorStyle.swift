// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// Which members an error answer has beside `code` and `hint`.
public enum ErrorStyle: Sendable {
    /// `code`, `hint`, `detail`: the exchange's ErrorDetail.
    case modern
    /// And `error`, the hint's text: what classic merchant frontends read.
    case classic
    /// And `error` and `ec`: the bank's BankError.
    case bank

    /// The answer to a refusal.
    public func response(_ error: APIError) -> Response {
        var object = error.json
        if self != .modern { object["error"] = .string(error.hint) }
        if self == .bank { object["ec"] = .integer(Int64(error.code.rawValue)) }
        var response = Response(status: error.status, json: .object(object))
        for field in error.fields.entries { response.fields.append(field.name, field.value) }
        return response
    }
}
