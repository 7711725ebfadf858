// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import Pages
import TalerWire

/// The script's texts in one language: `/texts/de.js`.
struct GetTexts: ShopEndpoint {
    static let route = Route(.get, "/texts/:name")
    let shop: Shop

    /// - Throws: 404 / 21.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let name = path["name"]
        guard name.hasSuffix(".js"), let language = Language(rawValue: String(name.dropLast(3))), let script = shop.scripts[language] else {
            throw APIError(.genericEndpointUnknown, hint: "There is no such file.")
        }
        var response = Response(status: 200, type: ContentType.of(fileName: name), text: script.text)
        response.fields["ETag"] = script.tag
        response.fields["Cache-Control"] = "no-cache"
        if request.fields["If-None-Match"] == script.tag {
            response.status = 304
            response.body = []
        }
        return response
    }
}
