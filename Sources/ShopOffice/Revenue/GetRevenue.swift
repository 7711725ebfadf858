// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

/// `?from=&to=&by=day|week|month`: what came in, as charts and as tables.
struct GetRevenue: OfficeEndpoint {
    static let route = Route(.get, "/revenue")
    let office: Office

    func answer(_ visit: Visit) async throws -> Response {
        let choice = RevenueChoice(visit.query, today: Day(office.clock.now()))
        guard case .success(let days) = choice.days else {
            return try office.answer(RevenuePage(choice: choice, base: office.settings.base), to: visit.visitor, status: 400)
        }
        let revenue = try await office.store.revenue(days.numbers, in: office.settings.currency)
        let wanted = choice.wantedStep ?? .fitting(days)
        let step = wanted.coarsened(for: days)
        let report = RevenuePage.Report(
            days: days, wanted: wanted, step: step, revenue: revenue, spans: step.spans(days, revenue.days),
            products: revenue.products.map { ProductShare($0, title: office.title(of: $0)) }, currency: office.settings.currency,
            smallestUnit: MoneySum(office.settings.smallestUnit))
        return try office.answer(RevenuePage(choice: choice, base: office.settings.base, report: report), to: visit.visitor)
    }
}

/// What one product brought.
struct ProductShare: Sendable {
    let product: Revenue.Product
    let title: String

    init(_ product: Revenue.Product, title: String) {
        self.product = product
        self.title = title
    }
}

extension ClosedRange<Day> {
    /// As the store counts them.
    var numbers: ClosedRange<Int> { lowerBound.number...upperBound.number }
}

extension Office {
    /// As the catalog has it now; of a product that is not there any more, as it was sold.
    func title(of product: Revenue.Product) -> String {
        if product.kind == .delivery && product.id.isEmpty { return "Delivery" }
        return catalog.title(product.id) ?? product.title
    }
}
