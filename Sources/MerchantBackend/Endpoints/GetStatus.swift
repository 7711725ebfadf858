// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// What keeps the shop from being paid, as `merchant-backend doctor` says it; 200 whatever is found.
struct GetStatus: Endpoint {
    static let route = Route(.get, "/status")
    let status: StatusService

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        var response = Response(json: await status.diagnosis().json)
        response.fields["Cache-Control"] = "no-store"
        return response
    }
}
