// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import MerchantCore
public import TalerWire

extension MerchantStore {
    public func refund(id: Int64) async throws(MerchantStoreError) -> StoredRefund {
        try await Self.orFailAsync {
            try await database.read { try Self.refunds($0, "WHERE refund.id = ?", [id]).first.orCorrupt("refund") }
        }
    }

    /// Every refund without an outcome, oldest first.
    /// - Parameter exchange: base URL; nil for all exchanges.
    public func openRefunds(at exchange: String? = nil) async throws(MerchantStoreError) -> [StoredRefund] {
        try await Self.orFailAsync {
            try await database.read { database in
                try exchange.map { try Self.refunds(database, "WHERE refund.state = 'open' AND refund.exchange_url = ?", [$0]) }
                    ?? Self.refunds(database, "WHERE refund.state = 'open'")
            }
        }
    }

    /// Every refund that an exchange has refused for good, oldest first.
    public func failedRefunds() async throws(MerchantStoreError) -> [StoredRefund] {
        try await Self.orFailAsync { try await database.read { try Self.refunds($0, "WHERE refund.state = 'failed'") } }
    }

    /// The exchange confirmed with a signature that was verified.
    /// - Returns: false when the refund had an outcome already.
    @discardableResult
    public func acceptRefund(
        _ refund: StoredRefund, exchangePub: ExchangePublicKey, exchangeSignature: EdDSASignature, now: Timestamp
    ) async throws(MerchantStoreError) -> Bool {
        try await end(
            refund, set: "state = 'accepted', exchange_pub = ?, exchange_sig = ?, ended = ?",
            [exchangePub.blob, exchangeSignature.blob, now.storedSeconds])
    }

    /// The exchange refused for good.
    /// - Returns: false when the refund had an outcome already.
    @discardableResult
    public func failRefund(
        _ refund: StoredRefund, status: Int, answer: JSONValue, now: Timestamp
    ) async throws(MerchantStoreError) -> Bool {
        try await end(
            refund, set: "state = 'failed', failure_status = ?, failure = ?, ended = ?", [status, answer.text, now.storedSeconds])
    }

    /// An attempt ended without an outcome.
    /// - Parameters:
    ///   - answer: what the exchange answered, in short; nil when it did not.
    ///   - mayHaveReached: the request may have been accepted.
    public func recordAttempt(
        _ refund: StoredRefund, error: String, answer: String?, mayHaveReached: Bool, now: Timestamp
    ) async throws(MerchantStoreError) {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: """
                        UPDATE refund SET attempts = attempts + 1, last_error = ?, may_have_reached = may_have_reached OR ?
                        WHERE id = ? AND state = 'open'
                        """,
                    arguments: [error, mayHaveReached, refund.id])
                guard let answer else { return }
                try database.execute(
                    sql: """
                        UPDATE refund SET same_answers = CASE WHEN last_answer = ?1 THEN same_answers + 1 ELSE 1 END,
                            same_since = CASE WHEN last_answer = ?1 THEN same_since ELSE ?2 END, last_answer = ?1
                        WHERE id = ?3 AND state = 'open'
                        """,
                    arguments: [answer, now.storedSeconds, refund.id])
            }
        }
    }

    private func end(
        _ refund: StoredRefund, set columns: String, _ arguments: StatementArguments
    ) async throws(MerchantStoreError) -> Bool {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: "UPDATE refund SET attempts = attempts + 1, last_error = NULL, \(columns) WHERE id = ? AND state = 'open'",
                    arguments: arguments + [refund.id])
                return database.changesCount == 1
            }
        }
    }

    static func refunds(
        _ database: Database, _ condition: String, _ arguments: StatementArguments = []
    ) throws -> [StoredRefund] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT refund.*, h_contract, refund_order.origin, refund_order.reason
                FROM refund JOIN contract ON contract.id = refund.contract_id JOIN refund_order ON refund_order.id = refund_order_id
                \(condition) ORDER BY refund.id
                """, arguments: arguments
        ).map(StoredRefund.init(row:))
    }
}

extension StoredRefund {
    init(row: Row) throws {
        id = row["id"]
        contractID = row["contract_id"]
        contractHash = try row.fixed("h_contract")
        intentID = row["intent_id"]
        exchangeURL = row["exchange_url"]
        coinPub = try row.fixed("coin_pub")
        amount = try Amount(row["amount"] as String)
        guard let number = UInt64(exactly: row["rtransaction_id"] as Int64) else { throw MerchantStoreError.corrupt("rtransaction_id") }
        refundTransactionID = number
        origin = try Origin(rawValue: row["origin"]).orCorrupt("origin")
        reason = row["reason"]
        created = try Timestamp(stored: row["created"])
        attempts = row["attempts"]
        mayHaveReached = row["may_have_reached"]
        lastError = row["last_error"]
        patience = try (row["same_since"] as Int64?).map {
            RefundPatience(sameAnswers: row["same_answers"], since: try Timestamp(stored: $0))
        }
        switch row["state"] as String {
        case "accepted": state = .accepted(exchangePub: try row.fixed("exchange_pub"), exchangeSignature: try row.fixed("exchange_sig"))
        case "failed": state = .failed(status: row["failure_status"], answer: try JSONParser.parse(row["failure"] as String))
        default: state = .open
        }
    }
}
