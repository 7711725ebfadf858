// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ShopStore {
    /// The positions of an order's lines whose goods have been put back into stock.
    public func returnedLines(of order: OrderID) async throws -> Set<Int> {
        try await writer.read { database in
            try Set(Int.fetchAll(database, sql: "SELECT position FROM stock_return WHERE order_id = ?", arguments: [order.text]))
        }
    }

    /// Goods of a paid order can be sold again, each line of them once, however often this is asked for.
    /// - Parameter positions: of lines that were counted against a stock; others are passed over.
    /// - Returns: the positions that were put back now.
    public func putBack(_ positions: Set<Int>, of order: OrderID, at now: Timestamp) async throws -> Set<Int> {
        try await writer.write { database in
            var done: Set<Int> = []
            for position in positions {
                try database.execute(
                    sql: """
                        INSERT OR IGNORE INTO stock_return (order_id, position, quantity, returned_at)
                        SELECT l.order_id, l.position, l.quantity, ?1 FROM order_line l JOIN orders o ON o.id = l.order_id
                        WHERE l.order_id = ?2 AND l.position = ?3 AND l.takes_stock AND o.state = 'paid'
                        """, arguments: [now.storedSeconds, order.text, position])
                guard database.changesCount == 1 else { continue }
                try database.execute(
                    sql: """
                        UPDATE stock SET sold = MAX(0, sold - line.quantity)
                        FROM (SELECT product, quantity FROM order_line WHERE order_id = ? AND position = ?) AS line
                        WHERE stock.product = line.product
                        """, arguments: [order.text, position])
                done.insert(position)
            }
            return done
        }
    }
}
