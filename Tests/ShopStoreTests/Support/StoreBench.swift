// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
@testable import ShopStore
import TalerWire

/// A store, and short ways to say what is done with it.
struct StoreBench {
    let store: ShopStore
    let now: Timestamp

    init(_ store: ShopStore? = nil) throws {
        self.store = try store ?? ShopStore.inMemory()
        now = try Timestamp(seconds: 1_800_000_000)
    }

    static func newPath() -> String { NSTemporaryDirectory() + "shop-\(UUID().uuidString).sqlite" }

    static func wish(_ lines: [(product: String, quantity: Int)], session: String = "s") throws -> Wish {
        let price = try Amount("KUDOS:0.5")
        let made = try lines.map { line in
            OrderLine(
                product: line.product, number: 1, title: line.product.uppercased(), kind: .goods, quantity: line.quantity,
                unitPrice: price, amount: try price.multiplied(by: UInt32(line.quantity)))
        }
        return Wish(session: session, lines: made, amount: try Amount.sum(made.map(\.amount), in: price.currency))
    }

    func place(_ lines: [(product: String, quantity: Int)], session: String = "s", isSoldOnce: Bool = false) async throws -> Order {
        try await store.order(
            for: try Self.wish(lines, session: session), at: now, heldUntil: now.advanced(bySeconds: 3600), isSoldOnce: isSoldOnce)
    }

    func offer(_ order: Order, _ number: Int64, expiry: Int64 = 3600) throws -> Offer {
        Offer(
            transactionID: number, order: order.id, contract: "{\"n\":\(number)}", signature: .zero,
            contractHash: try ContractHash([UInt8](repeating: 7, count: 56) + Self.bytes(number)), expiry: now.advanced(bySeconds: expiry))
    }

    private static func bytes(_ number: Int64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

    /// An order with a contract.
    func placeAndOffer(_ lines: [(product: String, quantity: Int)], _ number: Int64, session: String = "s") async throws -> Offer {
        let order = try await place(lines, session: session)
        return try await store.attach(try offer(order, number), replacing: order.currentTransaction)
    }

    /// What is reserved and sold of each product by the orders' own lines.
    func counted() async throws -> [String: (held: Int, sold: Int)] {
        try await store.writer.read { database in
            var counted: [String: (held: Int, sold: Int)] = [:]
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT l.product, SUM(CASE o.state WHEN 'open' THEN l.quantity ELSE 0 END) AS held,
                        SUM(CASE o.state WHEN 'paid' THEN l.quantity ELSE 0 END) AS sold
                    FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.takes_stock GROUP BY l.product
                    """)
            for row in rows { counted[row["product"]] = (row["held"], row["sold"]) }
            return counted
        }
    }
}
