// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// The stock as a table for other programs, in the page's order.
struct GetStockCSV: OfficeEndpoint {
    static let route = Route(.get, "/stock.csv")
    let office: Office

    func answer(_ visit: Visit) async throws -> Response {
        var table = CSVTable(header: ["product", "title", "limited", "available", "reserved", "sold", "supply", "missing", "in_file"])
        for row in try await office.stockRows() {
            let stock = row.stock
            table.append([
                stock.product, row.name, row.entry.isLimited ? "yes" : "no", row.entry.isLimited ? "\(stock.available)" : "",
                "\(stock.held)", "\(stock.sold)", "\(stock.supply)", "\(stock.missing)", "\(stock.catalog)",
            ])
        }
        var response = Response(status: 200, type: ContentType.of(fileName: "stock.csv"), body: table.bytes)
        response.fields["Content-Disposition"] = "attachment; filename=\"stock-\(office.clock.now().dayText).csv\""
        response.fields["Cache-Control"] = "no-store"
        return response
    }
}
