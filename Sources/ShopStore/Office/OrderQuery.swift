// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

/// A filter as a query of orders, newest first, that walks along one index.
struct OrderQuery {
    private(set) var sql: String
    private(set) var arguments: StatementArguments = []

    /// - Parameters:
    ///   - selection: what is selected of the order `o`.
    ///   - place: where it goes on; nil for the beginning.
    init(_ selection: String, _ filter: OrderFilter, after place: (created: Int64, id: OrderID)?, limit: Int) {
        // The kind's own table is in the order of time; every other condition is looked up in the order.
        let key = filter.kind == nil ? "o.created, o.id" : "k.created, k.order_id"
        let time = filter.kind == nil ? "o.created" : "k.created"
        var conditions = ["true"]
        var arguments: StatementArguments = []
        func add(_ condition: String, _ values: [any DatabaseValueConvertible] = []) {
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        // Without statistics, SQLite may prefer a longer way than a partial index.
        let index = filter.isToSend ? " INDEXED BY orders_to_send" : filter.isGivenBack ? " INDEXED BY orders_given_back" : ""
        sql = "SELECT \(selection) FROM orders o\(index)"
        if let kind = filter.kind {
            sql = "SELECT \(selection) FROM order_kind k CROSS JOIN orders o ON o.id = k.order_id"
            add("k.kind = ?", [kind.rawValue])
        }
        if let place { add("(\(key)) < (?, ?)", [place.created, place.id.text]) }
        if let from = filter.from { add("\(time) >= ?", [from.storedSeconds]) }
        if let to = filter.to { add("\(time) < ?", [to.storedSeconds]) }
        conditions += Self.conditions(filter)
        if let state = filter.state { add("o.state = ?", [state.rawValue]) }
        sql += " WHERE " + conditions.joined(separator: " AND ")
        sql += " ORDER BY " + key.split(separator: ", ").map { "\($0) DESC" }.joined(separator: ", ") + " LIMIT ?"
        self.arguments = arguments + [limit]
    }

    /// One order, if the filter lets it through.
    init(id: String, _ filter: OrderFilter) {
        var conditions = ["o.id = ?"]
        var arguments: StatementArguments = [id]
        func add(_ condition: String, _ values: [any DatabaseValueConvertible]) {
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        if let kind = filter.kind {
            add("EXISTS (SELECT * FROM order_kind k WHERE k.kind = ? AND k.created = o.created AND k.order_id = o.id)", [kind.rawValue])
        }
        if let from = filter.from { add("o.created >= ?", [from.storedSeconds]) }
        if let to = filter.to { add("o.created < ?", [to.storedSeconds]) }
        if let state = filter.state { add("o.state = ?", [state.rawValue]) }
        conditions += Self.conditions(filter)
        sql = "SELECT o.* FROM orders o WHERE " + conditions.joined(separator: " AND ")
        self.arguments = arguments
    }

    /// Those without arguments, in the words of the partial indexes.
    private static func conditions(_ filter: OrderFilter) -> [String] {
        var conditions: [String] = []
        if filter.isToSend {
            conditions += [
                "o.state = 'paid'", "o.sent_at IS NULL", "o.delivery IS NOT NULL",
                "NOT \(ShopStore.wholeRefund("o."))",
            ]
        }
        if filter.isGivenBack { conditions.append("o.refund_value + o.refund_fraction > 0") }
        return conditions
    }
}
