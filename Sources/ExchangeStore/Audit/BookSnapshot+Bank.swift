// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

/// Pieces of the books by the bank's rows, for a comparison page by page.
extension BookSnapshot {
    /// The offline key that all keys must be signed with; nil before the setup.
    public func master() async throws -> MasterPublicKey? {
        try await reader.read { database in
            try Row.fetchOne(database, sql: "SELECT master_pub FROM exchange WHERE master_pub IS NOT NULL").map {
                try $0.bytes("master_pub")
            }
        }
    }

    /// How far the bank's history of `account` was read.
    public func bankCursor(account: String) async throws -> Int64 {
        try await number("SELECT bank_row FROM bank_cursor WHERE account = ?", [account]) ?? 0
    }

    /// How far the bank's list of all credits of `account` was looked through.
    public func creditCursor(account: String) async throws -> Int64 {
        try await number("SELECT bank_row FROM credit_cursor WHERE account = ?", [account]) ?? 0
    }

    /// Credits of reserves with a row above `last` and up to `end`, by row.
    public func credits(account: String, after last: Int64, through end: Int64, _ findings: Findings) async throws -> [ReserveCredit] {
        let sql = "SELECT bank_row, * FROM reserve_credit WHERE account = ? AND bank_row > ? AND bank_row <= ? ORDER BY bank_row LIMIT ?"
        return try await list(sql, [account, last, end, Findings.maximum], "the credit", findings) { row in
            try ReserveCredit(row: row, of: try row.bytes("reserve_pub"), currency)
        }
    }

    /// The transfers with these identifiers.
    public func transfers(_ transfers: [WireTransferID], _ findings: Findings) async throws -> [WireTransferID: AuditedTransfer] {
        let marks = Array(repeating: "?", count: transfers.count).joined(separator: ", ")
        let found = try await list(
            "SELECT wtid, * FROM transfer WHERE wtid IN (\(marks))", StatementArguments(transfers.map(\.data)), "transfer", findings
        ) { try AuditedTransfer(row: $0, currency) }
        return Dictionary(found.map { ($0.wireTransferID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Confirmed transfers whose row at the bank is above `last` and up to `end`, by row, at most 1000.
    public func transfers(after last: Int64, through end: Int64, _ findings: Findings) async throws -> [AuditedTransfer] {
        let sql = "SELECT wtid, * FROM transfer WHERE bank_row > ? AND bank_row <= ? ORDER BY bank_row LIMIT ?"
        return try await list(sql, [last, end, Findings.maximum], "transfer", findings) { try AuditedTransfer(row: $0, currency) }
    }

    /// The rejections with a row above `last` and up to `end`: true for those that the bank has carried out. At most 1000.
    public func rejections(account: String, after last: Int64, through end: Int64) async throws -> [Int64: Bool] {
        try await reader.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT bank_row, done IS NOT NULL AS is_done FROM rejection WHERE account = ? AND bank_row > ? AND bank_row <= ?
                    ORDER BY bank_row LIMIT ?
                    """, arguments: [account, last, end, Findings.maximum])
            return Dictionary(
                try rows.map { (try $0.integer("bank_row"), try $0.integer("is_done") != 0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Only one account can be compared with its bank.
    public func checkOtherAccounts(than account: String, _ findings: Findings) async throws {
        try await reader.read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT account, count(*) AS count FROM reserve_credit WHERE account <> ? GROUP BY account",
                arguments: [account])
            for row in rows {
                findings.add("\(try row.integer("count")) credits came to \(try row.text("account")), which is not the exchange's account")
            }
        }
    }

    private func number(_ sql: String, _ arguments: StatementArguments) async throws -> Int64? {
        try await reader.read { try Int64.fetchOne($0, sql: sql, arguments: arguments) }
    }

    private func list<Value: Sendable>(
        _ sql: String, _ arguments: StatementArguments, _ name: String, _ findings: Findings, _ make: @Sendable (Row) throws -> Value
    ) async throws -> [Value] {
        try await reader.read { database in
            try Row.fetchAll(database, sql: sql, arguments: arguments).compactMap { row in
                do { return try make(row) } catch {
                    findings.add("\(name) \(Self.key(row)) cannot be read: \(error)")
                    return nil
                }
            }
        }
    }
}

extension ExchangeStore {
    /// Whether there is a transfer of that identifier now.
    public func hasTransfer(_ transfer: WireTransferID) async throws -> Bool {
        try await database.read { database in
            try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM transfer WHERE wtid = ?)", arguments: [transfer.data]) ?? false
        }
    }
}
