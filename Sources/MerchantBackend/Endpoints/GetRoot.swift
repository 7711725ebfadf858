// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// Says what is here.
struct GetRoot: Endpoint {
    static let route = Route(.get, "/")

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        Response(type: "text/plain; charset=utf-8", text: "This is a GNU Taler merchant backend. Shops talk to it; buyers do not.\n")
    }
}
