// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopCatalog

/// The products' pictures.
struct GetPicture: ShopEndpoint {
    static let route = Route(.get, "/pictures/:name")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try shop.catalog.pictures.answer(path["name"], to: request)
    }
}
