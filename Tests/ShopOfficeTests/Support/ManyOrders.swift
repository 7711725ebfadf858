// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import ShopStore
import TalerWire

/// A shop's database with so many paid orders that a query without an index is noticed. It is gone with the last use.
final class ManyOrders: Sendable {
    let store: ShopStore
    private let folder: String

    /// - Parameters:
    ///   - count: evenly spread over `seconds`, the last just before `end`.
    ///   - products: sold in turn.
    init(count: Int, products: Int = 1_000, seconds: Int64 = 365 * 86_400, end: Timestamp) throws {
        folder = NSTemporaryDirectory() + "orders-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try ShopStore.open(at: folder + "/shop.sqlite3")
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: folder + "/shop.sqlite3", configuration: configuration)
        let last = Int64(clamping: end.seconds ?? 0)
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TEMP TABLE n AS
                        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
                        SELECT i, printf('%016X%09d0', i * 2654435761, i) AS id, ?2 - ?3 + i * ?3 / ?1 AS time, 1 + i % 50 AS value,
                            i % 100 * 1000000 AS fraction, CASE i % 4 WHEN 0 THEN 2 ELSE 0 END AS more, i * 7919 % ?4 AS product FROM n
                    """, arguments: [count, last, seconds, products])
            try database.execute(
                sql: """
                    INSERT INTO orders (id, session, basket, state, currency, value, fraction, language, created, held_until,
                            current_transaction, paid_transaction, paid_at, refund_value, refund_fraction)
                        SELECT id, 's' || (i % 5000), i, 'paid', 'KUDOS', value + more, fraction, 'en', time, time, i, i, time,
                            CASE i % 20 WHEN 0 THEN value + more WHEN 1 THEN 1 ELSE 0 END, CASE i % 20 WHEN 0 THEN fraction ELSE 0 END FROM n;
                    INSERT INTO contracts (transaction_id, order_id, contract, signature, contract_hash, expiry, state)
                        SELECT i, id, '{}', zeroblob(64), randomblob(64), time, 'paid' FROM n;
                    INSERT INTO order_line (order_id, position, product, number, title, kind, quantity, unit_value, unit_fraction, value,
                            fraction, taxes)
                        SELECT id, 0, 'p' || product, product, 'Product ' || product, 'article', 1, value, fraction, value, fraction, '[]'
                            FROM n
                        UNION ALL SELECT id, 1, 'q', 0, 'Q', 'article', 1, more, 0, more, 0, '[]' FROM n WHERE more > 0;
                    """)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
