// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension BankStore {
    /// The transfers of an account.
    public func history(
        of account: Int64, direction: TransferDirection, showsCancelled: Bool, page: HistoryPage
    ) async throws(BankStoreError) -> [Transfer] {
        let filter = direction.filter + (showsCancelled ? "" : " AND t.cancelled_at IS NULL")
        return try await transfers(of: account, where: filter, page: page)
    }

    /// The transfers of an account that were made from `start` to `end`, both included.
    /// - Throws: ``BankStoreError/rangeTooLong`` for more than ``HistoryPage/maximumRangeRows``: a part of them would look like all.
    public func history(
        of account: Int64, direction: TransferDirection, showsCancelled: Bool, from start: Timestamp, to end: Timestamp, isRising: Bool
    ) async throws(BankStoreError) -> [Transfer] {
        let sql =
            TransferRow.query + "WHERE \(direction.filter) AND t.made_at BETWEEN :start AND :end"
            + (showsCancelled ? "" : " AND t.cancelled_at IS NULL")
            + " ORDER BY t.made_at \(isRising ? "ASC" : "DESC"), t.row_id \(isRising ? "ASC" : "DESC") LIMIT :rows"
        return try await read { db in
            let rows = try TransferRow.fetchAll(
                db, sql: sql,
                arguments: [
                    "account": account, "start": start.databaseSeconds, "end": end.databaseSeconds,
                    "rows": HistoryPage.maximumRangeRows + 1,
                ])
            guard rows.count <= HistoryPage.maximumRangeRows else { throw BankStoreError.rangeTooLong }
            return try rows.map { try $0.transfer(self) }
        }
    }

    /// What reached an account with a key in the subject and was not rejected: ``Transfer/key`` is never nil.
    public func incoming(to account: Int64, page: HistoryPage) async throws(BankStoreError) -> [Transfer] {
        try await transfers(of: account, where: "t.credit_account = :account AND t.key IS NOT NULL AND t.cancelled_at IS NULL", page: page)
    }

    /// What an account paid through its wire gateway.
    /// - Parameter isCancelled: only what its receiver rejected, or only what stands; nil for both.
    public func payouts(from account: Int64, isCancelled: Bool? = nil, page: HistoryPage) async throws(BankStoreError) -> [Payout] {
        let filter = isCancelled.map { " AND t.cancelled_at IS \($0 ? "NOT NULL" : "NULL")" } ?? ""
        let sql = page.sql(Payout.query, where: "t.debit_account = :account" + filter)
        return try await read { db in
            try Row.fetchAll(db, sql: sql, arguments: ["account": account, "start": page.bound, "rows": page.delta.magnitude])
                .map { try Payout(row: $0, in: self) }
        }
    }

    /// One transfer that an account ordered through its wire gateway; nil when it ordered none of that row.
    public func payout(row: Int64, from account: Int64) async throws(BankStoreError) -> Payout? {
        try await read { db in
            try Row.fetchOne(db, sql: Payout.query + "WHERE t.row_id = ? AND t.debit_account = ?", arguments: [row, account])
                .map { try Payout(row: $0, in: self) }
        }
    }

    private func transfers(of account: Int64, where condition: String, page: HistoryPage) async throws(BankStoreError) -> [Transfer] {
        let sql = page.sql(TransferRow.query, where: condition)
        return try await read { db in
            try TransferRow.fetchAll(
                db, sql: sql, arguments: ["account": account, "start": page.bound, "rows": page.delta.magnitude]
            ).map { try $0.transfer(self) }
        }
    }

    /// One transfer, within the caller's transaction.
    func transfer(_ db: Database, row: Int64) throws -> Transfer {
        guard let found = try TransferRow.fetchOne(db, sql: TransferRow.query + "WHERE t.row_id = ?", arguments: [row]) else {
            throw BankStoreError.unknownTransfer
        }
        return try found.transfer(self)
    }
}

extension TransferDirection {
    /// A condition with the parameter `:account`.
    var filter: String {
        switch self {
        case .credit: "t.credit_account = :account"
        case .debit: "t.debit_account = :account"
        case .both: "(t.credit_account = :account OR t.debit_account = :account)"
        }
    }
}

extension HistoryPage {
    /// The whole query with the parameters `:account`, `:start` and `:rows`.
    func sql(_ query: String, where condition: String) -> String {
        query
            + "WHERE \(condition) AND t.row_id \(delta > 0 ? ">" : "<") :start ORDER BY t.row_id \(delta > 0 ? "ASC" : "DESC") LIMIT :rows"
    }

    var bound: Int64 { start ?? (delta > 0 ? 0 : .max) }
}

extension Payout {
    fileprivate static let query = TransferRow.query(
        ", p.request_uid, p.wtid, p.exchange_base_url, p.metadata", "JOIN payout p ON p.transfer = t.row_id ")

    fileprivate init(row: Row, in store: BankStore) throws {
        transfer = try TransferRow(row: row).transfer(store)
        order = PayoutOrder(
            requestUID: try HashCode(row["request_uid"] as Data), transferID: try WireTransferID(row["wtid"] as Data),
            exchangeBaseURL: row["exchange_base_url"], metadata: row["metadata"])
    }
}
