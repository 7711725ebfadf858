// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension ShopStore {
    /// Orders that the filter lets through, newest first, with their lines but without the texts that were sold.
    /// - Parameter cursor: where it goes on, from the page before.
    public func orders(_ filter: OrderFilter, after cursor: OrderCursor? = nil, limit: Int) async throws -> OrderPage {
        try await writer.read { database in
            let search = filter.trimmedSearch
            guard search.isEmpty else { return try Self.found(database, search, filter, after: cursor, limit: limit) }
            var place: (created: Int64, id: OrderID)?
            if case .after(let created, let id)? = cursor?.place { place = (created, id) }
            let query = OrderQuery("o.*", filter, after: place, limit: limit + 1)
            let orders = try Self.fetchOrders(database, query.sql, query.arguments, hasTexts: false)
            return Self.page(orders, limit)
        }
    }

    private static func page(_ orders: [Order], _ limit: Int) -> OrderPage {
        guard orders.count > limit, let last = orders.prefix(limit).last else { return OrderPage(orders: orders, next: nil) }
        return OrderPage(
            orders: Array(orders.prefix(limit)), next: OrderCursor(.after(created: last.created.storedSeconds, id: last.id)))
    }

    /// Paid goods that wait to be sent, counted up to a limit.
    public func countToSend(limit: Int = 1000) async throws -> Int {
        try await writer.read { database in
            var filter = OrderFilter()
            filter.isToSend = true
            let query = OrderQuery("o.id", filter, after: nil, limit: limit)
            return try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM (\(query.sql))", arguments: query.arguments) ?? 0
        }
    }

    /// The contracts' hashes by their transaction ids.
    public func contractHashes(_ transactions: [Int64]) async throws -> [Int64: ContractHash] {
        try await writer.read { database in
            var hashes: [Int64: ContractHash] = [:]
            for start in stride(from: 0, to: transactions.count, by: 500) {
                let part = transactions[start..<min(start + 500, transactions.count)]
                let marks = part.map { _ in "?" }.joined(separator: ", ")
                let rows = try Row.fetchAll(
                    database, sql: "SELECT transaction_id, contract_hash FROM contracts WHERE transaction_id IN (\(marks))",
                    arguments: StatementArguments(part))
                for row in rows {
                    let transaction: Int64 = row["transaction_id"]
                    guard let hash = try? ContractHash(Array(row["contract_hash"] as Data)) else {
                        throw ShopStoreError.damaged("contract \(transaction)")
                    }
                    hashes[transaction] = hash
                }
            }
            return hashes
        }
    }
}
