// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// Pages go to one router, everything else to the interfaces, which any origin may call.
struct BankHandler: Handler {
    private let folders: Set<String>
    private let pages: PageHandler
    private let api: CrossOrigin

    /// - Parameter routes: of the pages: what begins as one of them does is a page.
    init(routes: [Route], pages: PageHandler, api: CrossOrigin) {
        folders = Set(routes.compactMap { $0.pattern.split(separator: "/").first.map(String.init) })
        self.pages = pages
        self.api = api
    }

    func handle(_ request: Request) async -> Response {
        guard let folder = request.path.first else { return await pages.handle(request) }
        if folders.contains(folder) { return await pages.handle(request) }
        let response = await api.handle(request)
        guard response.status == 404, request.wantsPage else { return response }
        // Somebody has mistyped an address.
        let isLost = (try? response.json())?["code"]?.integerValue == Int64(ErrorCode.genericEndpointUnknown.rawValue)
        return isLost ? await pages.handle(request) : response
    }
}
