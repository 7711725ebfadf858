// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopCatalog
import ShopStore
import TalerWire

/// The file that was bought, by a signed link; of several the first.
struct GetDownload: ShopEndpoint {
    static let route = Route(.get, "/download/:order")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try await shop.download(path["order"], position: nil, request)
    }
}

/// One of several files that were bought with one order.
struct GetDownloadPart: ShopEndpoint {
    static let route = Route(.get, "/download/:order/:position")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try await shop.download(path["order"], position: path["position"], request)
    }
}

extension Shop {
    /// - Throws: 403 / 44 without the key, and for an order that is not paid or whose money all went back; 404 / 21 where there is no file.
    func download(_ name: String, position: String?, _ request: Request) async throws -> Response {
        guard let id = OrderID(name), links.isDownloadKey(request.query["key"], of: id), let order = try await store.order(id),
            order.isPaid, !order.isWhollyRefunded
        else { throw APIError(.genericForbidden, hint: "This address is only for who has paid.") }
        let lines = order.lines.enumerated().filter { isDownload($0.element) && (position == nil || position == "\($0.offset)") }
        guard let line = lines.first?.element, let file = fileName(of: line) else {
            throw APIError(.genericEndpointUnknown, hint: "There is nothing to download.")
        }
        var response = try catalog.files.answer(file, to: request)
        let isPlain = file.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        response.fields["Content-Disposition"] = "attachment; filename=\"\(isPlain ? file : "file")\""
        response.fields["Cache-Control"] = "private, no-cache"
        return response
    }

    private func isDownload(_ line: OrderLine) -> Bool {
        line.kind == .download || line.kind == .unknown && catalog[line.product]?.lineKind == .download
    }
}
