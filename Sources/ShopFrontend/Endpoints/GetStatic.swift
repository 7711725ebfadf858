// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages

/// Style sheets and scripts.
struct GetStatic: ShopEndpoint {
    static let route = Route(.get, "/static/:name")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try shop.staticFiles.answer(path["name"], to: request)
    }
}
