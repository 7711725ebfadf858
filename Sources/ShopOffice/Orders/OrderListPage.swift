// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// A page of the list of orders with its filters.
struct OrderListPage: OfficePage {
    static let templateName = "orders"
    static let section: OfficeSection? = .orders
    static var samples: [OrderListPage] {
        get throws {
            var query = OrderListQuery()
            query = OrderListQuery(.init(encoded: "q=a&state=paid&kind=goods&from=x&to=y") ?? .init())
            return [
                OrderListPage(query: query, orders: [try .sample()], next: "?after=1", isFirst: false, waiting: 1, catalog: .none),
                OrderListPage(query: OrderListQuery(), orders: [], next: nil, isFirst: true, waiting: 0, catalog: .none),
            ]
        }
    }

    var query: OrderListQuery
    var orders: [Order]
    /// The query of the next page; nil when this is the last.
    var next: String?
    var isFirst: Bool
    /// Paid goods that wait to be sent, of all orders.
    var waiting: Int
    /// Whose titles are shown.
    var catalog: CatalogView

    var record: PageRecord {
        var record: PageRecord = [
            "title": "Orders", "search": .text(query.search), "from": Self.field(query.from, query.fromProblem),
            "to": Self.field(query.to, query.toProblem),
            "states": .list(
                OrderListQuery.Choice.allCases.map { Self.option($0.rawValue, $0.words, isChosen: $0 == query.choice) }),
            "kinds": .list(
                [Self.option("", "All", isChosen: query.kind == nil)]
                    + OrderListQuery.kinds.map { Self.option($0.rawValue, $0.words, isChosen: $0 == query.kind) }),
            "isFiltered": .flag(query.isFiltered), "csv": .text(query.text()), "isFirst": .flag(isFirst),
            "first": .text(query.text()),
        ]
        if waiting > 0 {
            let many = waiting >= 1000 ? "More than 1000 orders wait" : waiting.counted("order waits", "orders wait")
            record["waiting"] = .record(["words": .text("\(many) to be sent"), "isShown": .flag(query.choice == .toSend)])
        }
        if let next { record["next"] = .record(["query": .text(next)]) }
        if orders.isEmpty {
            record["nothing"] = .record(["words": .text(emptyWords)])
        } else {
            record["table"] = .record(["orders": .list(orders.map(row))])
        }
        return record
    }

    private var emptyWords: String {
        if !isFirst { return "There are no older orders." }
        return query.isFiltered
            ? "No order is like this. Words are looked for at their beginning; try fewer of them, or clear the filters."
            : "Nobody has ordered anything yet. As soon as somebody does, it stands here."
    }

    private static func field(_ value: String, _ problem: String?) -> PageValue {
        var record: PageRecord = ["value": .text(value)]
        problem.section(&record, "problem")
        return .record(record)
    }

    private static func option(_ value: String, _ label: String, isChosen: Bool) -> PageValue {
        .record(["value": .text(value), "label": .text(label), "isChosen": .flag(isChosen)])
    }

    private func row(_ order: Order) -> PageValue {
        var record: PageRecord = [
            "id": .text(order.id.text), "name": .text(order.shortName), "created": order.created.record,
            "contents": .text(query.choice == .toSend ? order.packingList(catalog) : order.contents(catalog)),
            "badges": order.badgeRecord, "amount": .text(order.amount.text), "isDim": .flag(order.state == .closed),
        ]
        if let delivery = order.delivery { record["buyer"] = .record(["name": .text(delivery.name), "city": .text(delivery.city)]) }
        return .record(record)
    }
}
