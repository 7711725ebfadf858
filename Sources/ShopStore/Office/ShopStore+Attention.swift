// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

/// How many of something wait, and since when the first of them does.
public struct Backlog: Sendable, Equatable {
    public let count: Int
    /// Nil when nothing waits.
    public let oldest: Timestamp?

    public init(count: Int, oldest: Timestamp?) {
        self.count = count
        self.oldest = oldest
    }
}

extension ShopStore {
    /// Contracts whose payment has no known outcome; since when their orders were made.
    public func paymentsUnderWay() async throws -> Backlog {
        try await backlog(
            "SELECT COUNT(*), MIN(o.created) FROM contracts c JOIN orders o ON o.id = c.order_id WHERE c.state = 'paying'")
    }

    /// Open orders whose time was over before `time`, and that nobody has closed: the backend does not say whether they were paid.
    public func ordersNotClosed(heldUntil time: Timestamp) async throws -> Backlog {
        try await backlog(
            """
            SELECT COUNT(*), MIN(held_until) FROM orders o WHERE state = 'open' AND held_until <= ?
                AND NOT EXISTS (SELECT * FROM contracts c WHERE c.order_id = o.id AND c.state = 'paying')
            """, [time.storedSeconds])
    }

    /// Money that goes back by itself and that the backend has not taken on yet.
    public func giveBacksWaiting() async throws -> Backlog {
        try await backlog("SELECT COUNT(*), MIN(created) FROM give_back WHERE state = 'wanted'")
    }

    /// Paid orders with goods that have not been sent; those that were wholly given back are not.
    public func ordersToBeSent() async throws -> Backlog {
        try await backlog("SELECT COUNT(*), MIN(created) FROM orders WHERE \(Self.toBeSent)")
    }

    /// The oldest of ``ordersToBeSent()``.
    public func ordersToBeSent(limit: Int) async throws -> [Order] {
        try await writer.read { database in
            try Self.fetchOrders(database, "SELECT * FROM orders WHERE \(Self.toBeSent) ORDER BY created, id LIMIT ?", [limit])
        }
    }

    private static let toBeSent = """
        state = 'paid' AND delivery IS NOT NULL AND sent_at IS NULL
            AND NOT \(wholeRefund())
        """

    /// Of the whole shop, the newest first.
    public func newestOrders(limit: Int) async throws -> [Order] {
        try await writer.read { database in
            try Self.fetchOrders(database, "SELECT * FROM orders ORDER BY created DESC, rowid DESC LIMIT ?", [limit])
        }
    }

    private func backlog(_ sql: String, _ arguments: StatementArguments = []) async throws -> Backlog {
        try await writer.read { database in
            guard let row = try Row.fetchOne(database, sql: sql, arguments: arguments) else { return Backlog(count: 0, oldest: nil) }
            return Backlog(count: row[0], oldest: try (row[1] as Int64?).map(Timestamp.init(storedSeconds:)))
        }
    }
}
