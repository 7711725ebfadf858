// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// Pages go to one router, everything else to the interfaces, which any origin may call.
struct BankHandler: Handler {
    let pages: Router
    let api: CrossOrigin

    func handle(_ request: Request) async -> Response {
        request.path.isEmpty ? await pages.handle(request) : await api.handle(request)
    }
}
