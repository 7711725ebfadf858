// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import TalerWire

/// Shows refusals as pages to who asked for a page.
struct HTMLErrors: Handler {
    private let inner: any Handler
    private let shop: Shop

    init(_ inner: any Handler, shop: Shop) {
        self.inner = inner
        self.shop = shop
    }

    func handle(_ request: Request) async -> Response {
        let response = await inner.handle(request)
        guard response.status >= 400, request.wantsHTML, request.path.first != "taler" || request.path.last == "execute" else {
            return response
        }
        let incident = response.status == 500 ? request.id : nil
        guard var page = try? shop.answer(ErrorPage(status: response.status, incident: incident), status: response.status) else {
            return response
        }
        if let allow = response.fields["Allow"] { page.fields["Allow"] = allow }
        return page
    }
}
