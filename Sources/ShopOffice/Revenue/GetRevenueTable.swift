// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

/// `?from=&to=&by=day|week|month`, or `&of=products`: the numbers of the revenue page as CSV, amounts without a currency and exact.
struct GetRevenueTable: OfficeEndpoint {
    static let route = Route(.get, "/revenue.csv")
    let office: Office

    /// - Throws: 400 / 26 for days that are none.
    func answer(_ visit: Visit) async throws -> Response {
        let choice = RevenueChoice(visit.query, today: Day(office.clock.now()))
        let days = try choice.validDays()
        let isByProduct = visit.query["of"] == "products"
        let step = choice.wantedStep ?? .day
        let currency = office.settings.currency
        let revenue = try await office.store.revenue(days.numbers, in: currency, byProduct: isByProduct)
        let table = isByProduct ? products(revenue, currency) : Self.spans(step.spans(days, revenue.days), currency)
        var response = Response(type: "text/csv; charset=utf-8; header=present", body: table.bytes)
        let name = "revenue-\(days.lowerBound)-\(days.upperBound)-by-\(isByProduct ? "product" : step.rawValue)"
        response.fields["Content-Disposition"] = "attachment; filename=\"\(name).csv\""
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    private static func spans(_ spans: [Span], _ currency: Currency) -> CSVTable {
        var table = CSVTable(header: ["first_day", "last_day", "orders", "currency", "paid", "given_back", "kept"])
        for span in spans {
            table.append(["\(span.first)", "\(span.last)", "\(span.takings.orders)", "\(currency)"] + span.takings.cells)
        }
        return table
    }

    private func products(_ revenue: Revenue, _ currency: Currency) -> CSVTable {
        var table = CSVTable(header: ["product", "title", "kind", "quantity", "orders", "currency", "paid", "given_back", "kept"])
        for product in revenue.products {
            table.append(
                [
                    product.id, office.title(of: product), product.kind.rawValue, "\(product.quantity)", "\(product.takings.orders)",
                    "\(currency)",
                ] + product.takings.cells)
        }
        let shared = revenue.sharedRefunds
        if !shared.isZero {
            table.append(
                ["", "Given back in part, of orders with several products", "", "", "", "\(currency)", "", shared.digits, ""])
        }
        return table
    }
}

extension Revenue.Takings {
    /// Exact.
    fileprivate var cells: [String] { [paid.digits, refunded.digits, left.digits] }
}
