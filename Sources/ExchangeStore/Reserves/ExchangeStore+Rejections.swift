// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// The last row of the bank's list of all credits of `account` that was looked at; 0 before the first.
    public func creditCursor(account: String) async throws -> Int64 {
        try await database.read { database in
            try Int64.fetchOne(database, sql: "SELECT bank_row FROM credit_cursor WHERE account = ?", arguments: [account]) ?? 0
        }
    }

    /// Takes down which rows of a piece of that list are to be rejected. Rows that filled a reserve, and rows that are known, are passed
    /// over.
    /// - Parameter cursor: the last row of the piece; the cursor never goes back.
    public func planRejections(_ rows: [Int64], account: String, cursor: Int64) async throws {
        try await database.write { database in
            for row in rows {
                try database.execute(
                    sql: """
                        INSERT INTO rejection (account, bank_row)
                        SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM reserve_credit WHERE account = ?1 AND bank_row = ?2)
                        ON CONFLICT (account, bank_row) DO NOTHING
                        """, arguments: [account, row])
            }
            try database.execute(
                sql: """
                    INSERT INTO credit_cursor (account, bank_row) VALUES (?, ?)
                    ON CONFLICT (account) DO UPDATE SET bank_row = max(bank_row, excluded.bank_row)
                    """, arguments: [account, cursor])
        }
    }

    /// The rejections that the bank has not carried out, by row; never a row that has filled a reserve.
    public func openRejections(account: String) async throws -> [OpenRejection] {
        try await database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT bank_row, refusal FROM rejection r WHERE account = ? AND done IS NULL AND NOT EXISTS
                        (SELECT 1 FROM reserve_credit c WHERE c.account = r.account AND c.bank_row = r.bank_row)
                    ORDER BY bank_row
                    """, arguments: [account])
            return rows.map { OpenRejection(bankRow: $0["bank_row"], refusal: $0["refusal"]) }
        }
    }

    /// The bank has given the money back.
    public func finishRejection(_ row: Int64, account: String, at time: Timestamp) async throws {
        try await change("UPDATE rejection SET done = ?, refusal = NULL WHERE account = ? AND bank_row = ?", [time.stored, account, row])
    }

    /// The bank does not want to, for this reason.
    public func refuseRejection(_ row: Int64, account: String, refusal: String) async throws {
        try await change(
            "UPDATE rejection SET refusal = ? WHERE account = ? AND bank_row = ? AND done IS NULL", [refusal, account, row])
    }

    /// The row is not to be rejected after all.
    public func dropRejection(_ row: Int64, account: String) async throws {
        try await change("DELETE FROM rejection WHERE account = ? AND bank_row = ? AND done IS NULL", [account, row])
    }

    private func change(_ sql: String, _ arguments: StatementArguments) async throws {
        try await database.write { try $0.execute(sql: sql, arguments: arguments) }
    }
}
