// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ShopStore {
    /// What was paid during some days.
    /// - Parameters:
    ///   - days: numbers of days since 1970, in UTC.
    ///   - byProduct: without it, ``Revenue/products`` is empty.
    public func revenue(_ days: ClosedRange<Int>, in currency: Currency, byProduct: Bool = true) async throws -> Revenue {
        let limits = Self.seconds(of: days)
        return try await writer.read { database in
            let found = try Row.fetchAll(database, sql: Self.daySQL, arguments: [limits.first, limits.end, "\(currency)"]).map { row in
                Revenue.Day(number: row["day"], takings: try Self.takings(row))
            }
            let products = byProduct ? try Self.products(database, limits, currency) : []
            let foreign =
                try Int.fetchOne(
                    database, sql: "SELECT COUNT(*) FROM orders WHERE paid_at >= ? AND paid_at < ? AND currency <> ?",
                    arguments: [limits.first, limits.end, "\(currency)"]) ?? 0
            return Revenue(days: found, products: products, foreignOrders: foreign)
        }
    }

    private static func seconds(of days: ClosedRange<Int>) -> (first: Int64, end: Int64) {
        // 300,000 years: far from any overflow.
        let first = Int64(max(0, min(days.lowerBound, 100_000_000)))
        let end = Int64(max(-1, min(days.upperBound, 100_000_000))) + 1
        return (first * 86_400, end * 86_400)
    }

    /// The parts of a sum: an amount's value has up to 53 bits, so 64 bits would hold the sum of two thousand; its halves have room.
    private static func sums(_ value: String, _ fraction: String, _ name: String) -> String {
        "SUM((\(value)) >> 26) AS \(name)_high, SUM((\(value)) & 67108863) AS \(name)_low, SUM(\(fraction)) AS \(name)_fraction"
    }

    private static func sum(_ row: Row, _ name: String) -> MoneySum {
        let value = Int128(row["\(name)_high"] as Int64) << 26 + Int128(row["\(name)_low"] as Int64)
        return MoneySum(units: value * Int128(Amount.fractionBase) + Int128(row["\(name)_fraction"] as Int64))
    }

    private static func takings(_ row: Row) throws -> Revenue.Takings {
        Revenue.Takings(orders: row["orders"], paid: sum(row, "paid"), refunded: sum(row, "refunded"))
    }

    static let daySQL = """
        SELECT paid_at / 86400 AS day, COUNT(*) AS orders, \(sums("value", "fraction", "paid")),
            \(sums("refund_value", "refund_fraction", "refunded"))
        FROM orders WHERE paid_at >= ?1 AND paid_at < ?2 AND currency = ?3 GROUP BY day ORDER BY day
        """

    /// A refund of all is one of every line; of a part it is known to be a product's when there is one line.
    private static func refund(_ line: String, _ order: String) -> String {
        """
        CASE WHEN o.refund_value = 0 AND o.refund_fraction = 0 THEN 0
            WHEN o.refund_value = o.value AND o.refund_fraction = o.fraction THEN \(line)
            WHEN EXISTS (SELECT * FROM order_line other WHERE other.order_id = o.id AND other.position <> l.position) THEN 0
            ELSE \(order) END
        """
    }

    /// The title is that of the row with the largest `paid_at`, as SQLite promises for a query with one MAX.
    static let productSQL = """
        SELECT l.product, l.title, l.kind, MAX(o.paid_at), COUNT(*) AS orders, SUM(l.quantity) AS quantity,
            \(sums("l.value", "l.fraction", "paid")),
            \(sums(refund("l.value", "o.refund_value"), refund("l.fraction", "o.refund_fraction"), "refunded"))
        FROM orders o CROSS JOIN order_line l ON l.order_id = o.id
        WHERE o.paid_at >= ?1 AND o.paid_at < ?2 AND o.currency = ?3 GROUP BY l.product
        """

    private static func products(_ database: Database, _ limits: (first: Int64, end: Int64), _ currency: Currency) throws
        -> [Revenue.Product]
    {
        try Row.fetchAll(database, sql: productSQL, arguments: [limits.first, limits.end, "\(currency)"]).map { row in
            guard let kind = OrderLine.Kind(rawValue: row["kind"]) else {
                throw ShopStoreError.damaged("a line of product \(row["product"] as String)")
            }
            return Revenue.Product(
                id: row["product"], title: row["title"], kind: kind, quantity: row["quantity"], takings: try takings(row))
        }.sorted { ($1.takings.paid, $0.id) < ($0.takings.paid, $1.id) }
    }
}
