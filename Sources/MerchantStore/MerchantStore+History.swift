// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

/// A payment as the history lists it.
public struct PaymentRecord: Sendable, Equatable {
    /// Grows in the order in which payments were committed.
    public let row: Int64
    public let transactionID: Int64
    public let contractHash: ContractHash
    public let paidAt: Timestamp
    /// The contract's price.
    public let amount: Amount
    /// The exchanges that have accepted coins, in the order in which they were sent to. Each ends in a slash.
    public let exchangeURLs: [String]
}

extension MerchantStore {
    /// A page of the payments.
    /// - Parameters:
    ///   - date: only what was paid later.
    ///   - start: the row after which (before which, for a negative delta) the page begins; nil for its natural end.
    ///   - delta: how many at most; positive for the oldest first, negative for the newest first; not 0.
    public func payments(after date: Timestamp, start: Int64?, delta: Int) async throws(MerchantStoreError) -> [PaymentRecord] {
        let isRising = delta > 0
        let start = start ?? (isRising ? 0 : .max)
        return try await Self.orFailAsync {
            try await database.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT payment.row, payment.paid_at, contract.id, transaction_id, h_contract, json
                        FROM payment JOIN contract ON contract.id = contract_id
                        WHERE payment.row \(isRising ? ">" : "<") ? AND payment.paid_at > ?
                        ORDER BY payment.row \(isRising ? "ASC" : "DESC") LIMIT ?
                        """, arguments: [start, date.storedSeconds, delta.magnitude > 1_000_000 ? 1_000_000 : Int(delta.magnitude)]
                ).map { try PaymentRecord(row: $0, database) }
            }
        }
    }
}

extension PaymentRecord {
    init(row: Row, _ database: Database) throws {
        self.row = row["row"]
        transactionID = row["transaction_id"]
        contractHash = try row.fixed("h_contract")
        paidAt = try Timestamp(stored: row["paid_at"])
        amount = try Amount(json: JSONParser.parse(row["json"] as String)["amount"] ?? .null)
        exchangeURLs = try String.fetchAll(
            database,
            sql: """
                SELECT exchange_url FROM intent WHERE contract_id = ? AND state IN ('unconfirmed', 'accepted')
                GROUP BY exchange_url ORDER BY min(id)
                """, arguments: [row["id"] as Int64])
    }
}
