// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

/// Reads rows of `orders` and `order_line`.
extension ShopStore {
    /// In SQL what ``Order/isWhollyRefunded`` is of a paid order. The index of what has to be sent is over its negation.
    /// - Parameter table: the name of `orders` in the query with a dot, empty where no name is needed.
    static func wholeRefund(_ table: String = "") -> String {
        "(\(table)refund_value = \(table)value AND \(table)refund_fraction = \(table)fraction AND \(table)value + \(table)fraction > 0)"
    }

    static func fetchOrder(_ database: Database, _ id: OrderID) throws -> Order? {
        try fetchOrders(database, "SELECT * FROM orders WHERE id = ?", [id.text]).first
    }

    /// Orders with their lines, in the order of the query.
    /// - Parameters:
    ///   - sql: gives whole rows of `orders`.
    ///   - hasTexts: whether the lines have the texts that were sold, which may be long.
    static func fetchOrders(
        _ database: Database, _ sql: String, _ arguments: StatementArguments = [], hasTexts: Bool = true
    ) throws -> [Order] {
        let rows = try Row.fetchAll(database, sql: sql, arguments: arguments)
        var lines: [String: [OrderLine]] = [:]
        // SQLite takes tens of thousands of arguments at most.
        for start in stride(from: 0, to: rows.count, by: 500) {
            let part = rows[start..<min(start + 500, rows.count)]
            let marks = part.map { _ in "?" }.joined(separator: ", ")
            let found = try Row.fetchAll(
                database,
                sql: """
                    SELECT l.*, o.currency, t.language, t.teaser, t.body FROM order_line l JOIN orders o ON o.id = l.order_id
                    LEFT JOIN sold_text t ON t.id = \(hasTexts ? "l.text_id" : "NULL") WHERE l.order_id IN (\(marks)) ORDER BY l.order_id, l.position
                    """, arguments: StatementArguments(part.map { $0["id"] as String }))
            for row in found { lines[row["order_id"], default: []].append(try line(row)) }
        }
        return try rows.map { try order($0, lines: lines[$0["id"]] ?? []) }
    }

    /// - Throws: ``ShopStoreError/damaged(_:)``.
    private static func order(_ row: Row, lines: [OrderLine]) throws -> Order {
        let name: String = row["id"]
        guard let id = OrderID(name), let state = Order.State(rawValue: row["state"]), !lines.isEmpty else {
            throw ShopStoreError.damaged("order \(name)")
        }
        var closed: Order.Closing?
        if let time = row["closed_at"] as Int64? {
            guard let reason = Order.Closing.Reason(rawValue: row["close_reason"]) else { throw ShopStoreError.damaged("order \(name)") }
            closed = Order.Closing(time: try Timestamp(storedSeconds: time), reason: reason)
        }
        var delivery: Delivery?
        if let text = row["delivery"] as String? {
            guard let known = try? JSONParser.parse(text).decode(as: Delivery.self) else {
                throw ShopStoreError.damaged("order \(name)")
            }
            delivery = known
        }
        return Order(
            id: id, session: row["session"], state: state, lines: lines, amount: try Amount(row, "value", "fraction"),
            language: row["language"], delivery: delivery, created: try Timestamp(storedSeconds: row["created"]),
            heldUntil: try Timestamp(storedSeconds: row["held_until"]), currentTransaction: row["current_transaction"],
            paidTransaction: row["paid_transaction"], paidAt: try (row["paid_at"] as Int64?).map(Timestamp.init(storedSeconds:)),
            closed: closed,
            sent: try (row["sent_at"] as Int64?).map {
                Order.Sending(time: try Timestamp(storedSeconds: $0), note: row["sent_note"] ?? "")
            }, refunded: try Amount(row, "refund_value", "refund_fraction"),
            refundRefused: try Amount(row, "refused_value", "refused_fraction"))
    }

    private static func line(_ row: Row) throws -> OrderLine {
        guard let kind = OrderLine.Kind(rawValue: row["kind"]),
            let taxes = try? JSONParser.parse(row["taxes"] as String).decode(as: [OrderLine.Tax].self)
        else { throw ShopStoreError.damaged("a line of order \(row["order_id"] as String)") }
        let text: SoldText? = (row["language"] as String?).map {
            SoldText(language: $0, teaser: row["teaser"] ?? "", body: row["body"] ?? "")
        }
        var line = OrderLine(
            product: row["product"], number: row["number"], title: row["title"], kind: kind, quantity: row["quantity"],
            unitPrice: try Amount(row, "unit_value", "unit_fraction"), amount: try Amount(row, "value", "fraction"), taxes: taxes,
            file: row["file"], deliveryDate: row["delivery_date"], text: text)
        line.takesStock = row["takes_stock"]
        return line
    }

    /// Writes a new order.
    static func insert(_ database: Database, _ wish: Wish, _ lines: [OrderLine], checkout: String?, at now: Timestamp, heldUntil: Timestamp)
        throws -> OrderID
    {
        let id = OrderID.random()
        try database.execute(
            sql: """
                INSERT INTO orders (id, session, basket, checkout, state, currency, value, fraction, language, delivery, created, held_until,
                    network)
                VALUES (?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id.text, wish.session, wish.basket, checkout, "\(wish.amount.currency)", wish.amount.storedValue,
                wish.amount.storedFraction, wish.language, try wish.delivery.map { try json($0) }, now.storedSeconds,
                heldUntil.storedSeconds, lines.contains(where: \.takesStock) ? wish.network : nil,
            ])
        for (position, line) in lines.enumerated() {
            try database.execute(
                sql: """
                    INSERT INTO order_line (order_id, position, product, number, title, kind, quantity, unit_value, unit_fraction, value,
                        fraction, taxes, file, delivery_date, text_id, takes_stock)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id.text, position, line.product, line.number, line.title, line.kind.rawValue, line.quantity,
                    line.unitPrice.storedValue, line.unitPrice.storedFraction, line.amount.storedValue, line.amount.storedFraction,
                    try json(line.taxes), line.file, line.deliveryDate, try textID(database, line), line.takesStock,
                ])
        }
        return id
    }

    /// Texts are kept once for all who buy the same.
    private static func textID(_ database: Database, _ line: OrderLine) throws -> Int64? {
        guard let text = line.text else { return nil }
        let known = try Row.fetchOne(
            database, sql: "SELECT * FROM sold_text WHERE product = ? AND language = ? ORDER BY id DESC LIMIT 1",
            arguments: [line.product, text.language])
        if let known, known["teaser"] == text.teaser, known["body"] == text.body { return known["id"] }
        try database.execute(
            sql: "INSERT INTO sold_text (product, language, teaser, body) VALUES (?, ?, ?, ?)",
            arguments: [line.product, text.language, text.teaser, text.body])
        return database.lastInsertedRowID
    }

    private static func json(_ value: some Encodable) throws -> String {
        try JSONValue(encoding: value).text
    }
}
