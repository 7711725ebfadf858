// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopCatalog
import ShopStore
import TalerWire

/// The file that was bought, by a signed link.
struct GetDownload: ShopEndpoint {
    static let route = Route(.get, "/download/:order")
    let shop: Shop

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        guard let id = OrderID(path["order"]), shop.links.isDownloadKey(request.query["key"], of: id),
            let order = try await shop.store.order(id),
            order.isPaid
        else { throw APIError(.genericForbidden, hint: "This address is only for who has paid.") }
        guard case .download(let file) = try shop.product(order.lines.first?.product ?? "").kind else {
            throw APIError(.genericEndpointUnknown, hint: "There is nothing to download.")
        }
        var response = try shop.catalog.files.answer(file, to: request)
        let name = file.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") } ? file : "file"
        response.fields["Content-Disposition"] = "attachment; filename=\"\(name)\""
        response.fields["Cache-Control"] = "private, no-cache"
        return response
    }
}
