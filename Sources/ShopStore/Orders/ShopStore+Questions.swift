// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

/// When the backend is asked about contracts and orders: the longer there is no outcome, the longer the pauses. What lies further ahead
/// than any pause was written by a clock that was wrong, and counts as due.
extension ShopStore {
    /// The longest pause between two questions about the same thing.
    public static let longestPause: Int64 = 3600

    /// Contracts whose payment has no known outcome, and contracts of orders that are not open any more which somebody might pay all the
    /// same; those whose next question is due, longest due first.
    public func offersToAsk(at now: Timestamp, limit: Int) async throws -> [Offer] {
        try await writer.read { database in
            try OfferRow.fetchAll(
                database,
                sql: """
                    SELECT c.* FROM contracts c JOIN orders o ON o.id = c.order_id
                    WHERE c.state IN ('offered', 'paying') AND (c.state = 'paying' OR o.state <> 'open') AND \(Self.isDue("c.next_ask"))
                    ORDER BY c.next_ask, c.transaction_id LIMIT ?2
                    """, arguments: [now.storedSeconds, limit]
            ).map { try $0.offer }
        }
    }

    /// Open orders whose time is over, and whose payment is not under way as far as the shop knows, longest over first; without those whose
    /// contract's next question is not due. An order that was made in the future counts as over: the clock was wrong.
    public func overdueOrders(at now: Timestamp, limit: Int = 100) async throws -> [Order] {
        try await writer.read { database in
            try Self.fetchOrders(
                database,
                """
                SELECT o.* FROM orders o LEFT JOIN contracts k ON k.transaction_id = o.current_transaction
                WHERE o.state = 'open' AND (o.held_until <= ?1 OR o.created > ?1 + \(Self.longestPause))
                    AND NOT EXISTS (SELECT * FROM contracts c WHERE c.order_id = o.id AND c.state = 'paying')
                    AND (k.transaction_id IS NULL OR k.next_ask = \(Int64.max) OR (\(Self.isDue("k.next_ask"))))
                ORDER BY o.held_until, o.rowid LIMIT ?2
                """, [now.storedSeconds, limit])
        }
    }

    /// The backend was asked, and there is no outcome: the next question waits, at first 15 seconds, then twice as long each time, up to
    /// five minutes.
    /// - Parameter isOver: the backend says that nobody can pay the contract any more: it is not asked again, unless a payment
    ///   has begun meanwhile.
    public func noteAsked(_ hash: ContractHash, isOver: Bool, at now: Timestamp) async throws {
        try await writer.write { database in
            try database.execute(
                sql: """
                    UPDATE contracts SET asks = asks + 1, next_ask = CASE WHEN ?1 AND state = 'offered' THEN \(Int64.max)
                        ELSE ?2 + MIN(300, 15 << MIN(asks, 16)) END
                    WHERE contract_hash = ?3
                    """, arguments: [isOver, now.storedSeconds, hash.bytes.stored])
        }
    }

    /// A condition on a column of times; argument 1 is the time now.
    static func isDue(_ column: String) -> String {
        "\(column) < \(Int64.max) AND (\(column) <= ?1 OR \(column) > ?1 + \(longestPause))"
    }
}
