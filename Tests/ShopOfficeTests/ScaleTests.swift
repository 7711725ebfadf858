// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import HTTPCore
import TalerWire
import Testing

@testable import ShopOffice
@testable import ShopStore

/// A shop that has sold much.
@Suite(.serialized) struct ScaleTests {
    /// Orders of one line each, one every minute, of which the third and the fifth are special.
    private static func store(_ count: Int) async throws -> ShopStore {
        let store = try ShopStore.inMemory()
        try await store.writer.write { database in
            try database.execute(
                sql: """
                    INSERT INTO orders (id, session, basket, state, currency, value, fraction, language, delivery, created, held_until)
                    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)
                    SELECT printf('%026d', n), 's' || n, 'b', 'open', 'KUDOS', 4, 0, 'en',
                        CASE n WHEN 5 THEN
                            '{"name":"Ada Lovelace","street":"s","street_number":"1","zip_code":"z","city":"Turin","country":"IT"}' END,
                        1700000000 + 60 * n, 1700003600 + 60 * n FROM n
                    """, arguments: [count])
            try database.execute(
                sql: """
                    INSERT INTO contracts (transaction_id, order_id, contract, signature, contract_hash, expiry, state)
                    SELECT rowid, id, '{}', zeroblob(64), CAST(id || substr(id, 1, 26) || substr(id, 1, 12) AS BLOB), 1700000000, 'paid'
                    FROM orders
                    """)
            try database.execute(
                sql: "UPDATE orders SET state = 'paid', paid_at = created, paid_transaction = rowid, current_transaction = rowid")
            try database.execute(
                sql: """
                    INSERT INTO order_line (order_id, position, product, number, title, kind, quantity, unit_value, unit_fraction, value,
                        fraction, taxes)
                    SELECT id, 0, CASE rowid WHEN 3 THEN 'rare' ELSE 'common' END, 1,
                        CASE rowid WHEN 3 THEN 'Unicorn' ELSE 'Common thing' END,
                        CASE rowid WHEN 3 THEN 'donation' WHEN 5 THEN 'goods' ELSE 'article' END, 1, 4, 0, 4, 0, '[]' FROM orders
                    """)
            try database.execute(sql: "UPDATE orders SET refund_value = 1 WHERE rowid = 3")
        }
        return store
    }

    /// Filters, and the index that their list walks along.
    private static let queries = [
        ("", "orders_by_time"), ("state=paid", "orders_by_state"), ("state=open", "orders_by_state"), ("state=to-send", "orders_to_send"),
        ("state=given-back", "orders_given_back"), ("state=closed", "orders_by_state"), ("kind=donation", "PRIMARY KEY"),
        ("kind=article", "PRIMARY KEY"), ("kind=goods&state=to-send", "PRIMARY KEY"), ("from=2023-11-14&to=2023-11-14", "orders_by_time"),
        ("to=2023-11-14", "orders_by_time"), ("kind=article&to=2023-11-14", "PRIMARY KEY"),
        ("state=paid&from=2023-11-14", "orders_by_state"), ("state=to-send&to=2023-11-14", "orders_to_send"),
    ]

    @Test func everyFilterWalksAlongAnIndex() async throws {
        let store = try await Self.store(1000)
        for (text, index) in Self.queries {
            let filter = OrderListQuery(try #require(Query(encoded: text))).filter
            for isFirst in [true, false] {
                let id = try #require(OrderID(String(repeating: "0", count: 24) + "50"))
                let query = OrderQuery("o.*", filter, after: isFirst ? nil : (1_700_003_000, id), limit: 51)
                let plan = try await store.writer.read { database in
                    try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + query.sql, arguments: query.arguments)
                        .map { $0["detail"] as String }
                }
                #expect(plan.first?.contains(index) == true, "\(text): \(plan)")
                // The whole of an index is walked only where there is nothing to look for: until the page is full.
                let mayScan = isFirst && ["orders_by_time", "orders_to_send", "orders_given_back"].contains(index)
                #expect(mayScan || plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(text): \(plan)")
                #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(text): \(plan)")
            }
        }
    }

    @Test func aSearchAndAnOrderWalkAlongIndexes() async throws {
        let store = try await Self.store(1000)
        let queries: [(String, StatementArguments)] = [
            ("SELECT rowid, order_id FROM order_words WHERE order_words MATCH ? AND rowid < ? ORDER BY rowid DESC", ["\"uni\"*", 99]),
            ("SELECT id FROM orders WHERE id >= ? AND id < ? ORDER BY id LIMIT ?", ["00", "01", 50]),
            ("SELECT order_id FROM contracts WHERE transaction_id = ?", [1]),
            ("SELECT order_id FROM contracts WHERE contract_hash = ?", ["x"]),
            (OrderQuery(id: "x", OrderListQuery(Query(encoded: "kind=goods&state=paid") ?? Query()).filter).sql, ["x", "goods", "paid"]),
            ("SELECT * FROM contracts WHERE order_id = ? ORDER BY rowid", ["x"]),
            ("SELECT EXISTS (SELECT * FROM stock_change WHERE form = ?)", ["x"]),
        ]
        for (sql, arguments) in queries {
            let plan = try await store.writer.read { database in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map { $0["detail"] as String }
            }
            for step in plan {
                #expect(!step.hasPrefix("SCAN") || step.contains("INDEX") || step.contains("CONSTANT ROW"), "\(sql): \(step)")
                #expect(!step.contains("TEMP B-TREE"), "\(sql): \(step)")
            }
        }
    }

    @Test func aHundredThousandOrdersMakeNoPageMuchSlower() async throws {
        let small = try OfficeBench(store: try await Self.store(100))
        let large = try OfficeBench(store: try await Self.store(100_000))
        var few = try await small.owner()
        var many = try await large.owner()
        let pages =
            Self.queries.map { "/orders?\($0.0)" } + [
                "/orders?q=unicorn", "/orders?q=common", "/orders?q=lovelace+turin", "/orders?q=42", "/orders?q=0000000000000000000000000",
                "/orders?q=common&state=paid", "/orders/00000000000000000000000050", "/orders/00000000000000000000000004",
            ]
        for page in pages {
            let before = try await Self.time(&few, page)
            let after = try await Self.time(&many, page)
            #expect(after < before * 12, "\(page): \(before) with 100 orders, \(after) with 100,000")
        }
    }

    /// The best of several, so that a busy machine counts for little.
    private static func time(_ browser: inout OfficeBrowser, _ page: String) async throws -> Duration {
        var best = Duration.seconds(3600)
        for _ in 0..<7 {
            let clock = ContinuousClock()
            let start = clock.now
            try await browser.get(page)
            best = min(best, clock.now - start)
            try #require(browser.status == 200)
        }
        return best
    }
}
