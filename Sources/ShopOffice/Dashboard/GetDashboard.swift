// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// Where the owner arrives: the last days, what there is to do, and what needs attention.
struct GetDashboard: OfficeEndpoint {
    static let route = Route(.get, "/")
    let office: Office

    private static let newestOrders = 8
    private static let ordersToBeSent = 5
    private static let days = 7

    func answer(_ visit: Visit) async throws -> Response {
        async let look = BackendLook.ask(office.backend, timeout: .seconds(4))
        let now = office.clock.now()
        let today = Day(now)
        let days = today.advanced(by: 1 - Self.days)...today
        let store = office.store
        let currency = office.settings.currency
        let revenue = try await store.revenue(days.numbers, in: currency, byProduct: false)
        let own = try await office.ownTroubles()
        let stock = try await office.stockTroubles()
        let toSend = try await store.ordersToBeSent()
        let page = DashboardPage(
            base: office.settings.base, currency: currency, spans: TimeStep.day.spans(days, revenue.days),
            troubles: (await look.troubles + own + stock).enumerated().sorted {
                ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
            }
            .map(\.element),
            toSend: toSend, oldestToSend: try await store.ordersToBeSent(limit: Self.ordersToBeSent),
            newest: try await store.newestOrders(limit: Self.newestOrders),
            catalog: office.catalog)
        return try office.answer(page, to: visit.visitor)
    }
}

/// What the owner sees first.
struct DashboardPage: OfficePage {
    static let templateName = "dashboard"
    static let section: OfficeSection? = .dashboard

    var base: String
    var currency: Currency
    /// The last days, today as the last.
    var spans: [Span]
    /// The most pressing first.
    var troubles: [Trouble]
    var toSend: Backlog
    var oldestToSend: [Order]
    var newest: [Order]
    /// Whose titles are shown.
    var catalog: CatalogView

    var record: PageRecord {
        let all = spans.reduce(into: Revenue.Takings.none) { $0 += $1.takings }
        let today = spans.last?.takings ?? .none
        var record: PageRecord = [
            "title": "Dashboard", "today": .record(Self.figures(today, currency)), "week": .record(Self.figures(all, currency)),
            "sparkline": .markup(sparkline.drawing), "isWell": .flag(troubles.isEmpty),
            "troubles": .list(troubles.map { $0.record(base: base) }),
            "days": .list(
                spans.map {
                    .record(["name": .text($0.name), "orders": .text($0.takings.orders.grouped), "left": .text($0.takings.left.grouped)])
                }),
        ]
        if toSend.count > 0 {
            record["toSend"] = .record([
                "count": .text(toSend.count.counted("order waits", "orders wait")),
                "orders": .list(oldestToSend.map { row($0, $0.packingList(catalog)) }),
                "hasMore": .flag(toSend.count > oldestToSend.count),
            ])
        }
        if !newest.isEmpty { record["newest"] = .record(["orders": .list(newest.map { row($0, $0.contents(catalog)) })]) }
        return record
    }

    private static func figures(_ takings: Revenue.Takings, _ currency: Currency) -> PageRecord {
        var record: PageRecord = [
            "left": .text(takings.left.text(currency)), "orders": .text(takings.orders.counted("paid order", "paid orders")),
        ]
        if !takings.refunded.isZero { record["back"] = .record(["amount": .text(takings.refunded.text(currency))]) }
        return record
    }

    private var sparkline: Sparkline {
        Sparkline(
            id: "week", title: "Revenue of the last seven days",
            description: spans.map { "\($0.first.full): \($0.takings.left.text(currency))" }.joined(separator: "; ") + ".",
            items: spans.map {
                ChartItem(
                    label: $0.first.shortWeekday, name: $0.name, value: $0.takings.left.approximate, text: $0.takings.left.text(currency),
                    shortText: $0.takings.left.short)
            })
    }

    private func row(_ order: Order, _ contents: String) -> PageValue {
        var record: PageRecord = [
            "url": .text("\(base)/orders/\(order.id)"), "name": .text(order.shortName), "created": order.created.record,
            "contents": .text(contents), "amount": .text(order.amount.text), "badges": order.badgeRecord,
        ]
        if let delivery = order.delivery { record["buyer"] = .record(["name": .text(delivery.name), "city": .text(delivery.city)]) }
        return .record(record)
    }

    static var samples: [DashboardPage] {
        get throws {
            let today = Day(clamping: 20_000)
            let takings = Revenue.Takings(orders: 1, paid: MoneySum(units: 2), refunded: MoneySum(units: 1))
            let order = try Order.sample()
            return [
                DashboardPage(
                    base: "", currency: try Currency("KUDOS"), spans: [Span(step: .day, first: today, last: today, takings: takings)],
                    troubles: [.sample], toSend: Backlog(count: 1, oldest: .zero), oldestToSend: [order], newest: [order], catalog: .none)
            ]
        }
    }
}
