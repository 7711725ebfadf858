// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ShopStore {
    /// The positions of an order's lines whose goods have been put back into stock.
    public func returnedLines(of order: Order) async throws -> Set<Int> {
        try await writer.read { database in
            var found: Set<Int> = []
            for position in order.lines.indices {
                let known = try Bool.fetchOne(
                    database, sql: "SELECT EXISTS (SELECT * FROM stock_change WHERE form = ?)", arguments: [Self.form(order.id, position)])
                if known == true { found.insert(position) }
            }
            return found
        }
    }

    /// The goods of one line of a paid order can be sold again: once, however often this is asked for. They are counted also while the
    /// product's number is not limited, for when it is again.
    /// - Returns: nil for a line that was not counted against a stock, or an order that is not paid.
    public func putBack(_ position: Int, of order: Order, at now: Timestamp) async throws -> StockChange.Outcome? {
        guard order.isPaid, order.lines.indices.contains(position), order.lines[position].takesStock else { return nil }
        let line = order.lines[position]
        return try await changeSupply(
            of: line.product, by: line.quantity, reason: "came back from order \(order.id)", form: Self.form(order.id, position),
            evenUnlimited: true, at: now)
    }

    /// No form of a page has a name like this.
    private static func form(_ order: OrderID, _ position: Int) -> String { "return \(order) \(position)" }
}
