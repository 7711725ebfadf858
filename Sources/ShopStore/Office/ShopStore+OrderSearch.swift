// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import TalerWire

extension ShopStore {
    /// So many words are looked at for one page; what is older comes with the next one.
    static let maximumWords = 50_000

    /// What a search finds: first what it names, on the first page, then what its words are in.
    static func found(
        _ database: Database, _ search: String, _ filter: OrderFilter, after cursor: OrderCursor?, limit: Int
    ) throws -> OrderPage {
        var orders: [Order] = []
        var seen: Set<String> = []
        var start = Int64.max
        if case .afterWords(let row)? = cursor?.place { start = row }
        if cursor == nil {
            for id in try named(database, search, limit: limit) where seen.insert(id).inserted {
                orders += try order(database, id, filter)
            }
        } else {
            seen.formUnion(try named(database, search, limit: limit))
        }
        // A row of words is written with its order: the newest rows are the newest orders'.
        let rows = try Row.fetchCursor(
            database, sql: "SELECT rowid, order_id FROM order_words WHERE order_words MATCH ? AND rowid < ? ORDER BY rowid DESC",
            arguments: [words(search), start])
        var last = start
        var lastID = ""
        var count = 0
        while let row = try rows.next() {
            let id: String = row["order_id"]
            // An order's own rows stand side by side: a page never ends among them.
            if id != lastID, orders.count >= limit || count >= maximumWords {
                return OrderPage(orders: orders, next: OrderCursor(.afterWords(last)))
            }
            last = row["rowid"]
            lastID = id
            count += 1
            if seen.insert(id).inserted { orders += try order(database, id, filter) }
        }
        return OrderPage(orders: orders, next: nil)
    }

    private static func order(_ database: Database, _ id: String, _ filter: OrderFilter) throws -> [Order] {
        let query = OrderQuery(id: id, filter)
        return try fetchOrders(database, query.sql, query.arguments, hasTexts: false)
    }

    /// The orders that a search names by their own name or its beginning, a transaction or a contract.
    private static func named(_ database: Database, _ search: String, limit: Int) throws -> [String] {
        var found: [String] = []
        if let transaction = Int64(search), transaction >= 0 {
            found += try String.fetchAll(
                database, sql: "SELECT order_id FROM contracts WHERE transaction_id = ?", arguments: [transaction])
        }
        if let hash = try? ContractHash(base32: search) {
            found += try String.fetchAll(
                database, sql: "SELECT order_id FROM contracts WHERE contract_hash = ?", arguments: [hash.bytes.stored])
        }
        if let beginning = beginning(search) {
            found += try String.fetchAll(
                database, sql: "SELECT id FROM orders WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
                arguments: [beginning, beginning + "~", limit])
        }
        return found
    }

    /// As an order's name begins; nil for what none begins with.
    private static func beginning(_ text: String) -> String? {
        guard (4...26).contains(text.utf8.count) else { return nil }
        var name = ""
        for character in text.uppercased() {
            switch character {
            case "O": name.append("0")
            case "I", "L": name.append("1")
            case "U": name.append("V")
            case "0"..."9", "A"..."Z": name.append(character)
            default: return nil
            }
        }
        return name.utf8.count == text.utf8.count ? name : nil
    }

    /// Every word's beginning, in quotes: nothing in them is taken for a command.
    private static func words(_ search: String) -> String {
        search.split(separator: " ").map { "\"\($0.replacing("\"", with: "\"\""))\"*" }.joined(separator: " ")
    }
}
