// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages

/// Style sheets and pictures, the same for everybody.
struct GetStatic: OpenOfficeEndpoint {
    static let route = Route(.get, "/static/:name")
    let office: Office

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try office.staticFiles.answer(path["name"], to: request)
    }
}
