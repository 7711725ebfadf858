// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// The last row of the bank's history of `account` that was taken in; 0 before the first.
    public func bankCursor(account: String) async throws -> Int64 {
        try await database.read { database in
            try Int64.fetchOne(database, sql: "SELECT bank_row FROM bank_cursor WHERE account = ?", arguments: [account]) ?? 0
        }
    }

    /// Takes in a piece of the bank's history. A transfer that is already in the books is passed over.
    /// - Parameters:
    ///   - keys: in the bank's order: of one account the last holds.
    ///   - cursor: the last row of the piece; the cursor never goes back, and keys of a piece that was taken in before are passed over.
    public func record(
        _ credits: [ReserveCredit], keys: [AccountKeyCredit] = [], account: String, cursor: Int64
    ) async throws -> CreditOutcome {
        try await database.write { database in
            var outcome = CreditOutcome()
            let before = try Int64.fetchOne(database, sql: "SELECT bank_row FROM bank_cursor WHERE account = ?", arguments: [account]) ?? 0
            if cursor > before {
                for key in keys { try record(key, database) }
            }
            for credit in credits { try record(credit, account, database, &outcome) }
            try database.execute(
                sql: """
                    INSERT INTO bank_cursor (account, bank_row) VALUES (?, ?)
                    ON CONFLICT (account) DO UPDATE SET bank_row = max(bank_row, excluded.bank_row)
                    """, arguments: [account, cursor])
            return outcome
        }
    }

    /// Nil for a reserve that was never paid into.
    public func reserve(_ reserve: ReservePublicKey) async throws -> ReserveBalance? {
        let currency = currency
        return try await database.read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT balance, last_origin FROM reserve WHERE reserve_pub = ?", arguments: [reserve.data])
            return try row.map {
                ReserveBalance(balance: try $0.amount("balance", currency), lastOrigin: try $0.text("last_origin"))
            }
        }
    }

    private func record(_ credit: ReserveCredit, _ account: String, _ database: Database, _ outcome: inout CreditOutcome) throws {
        let isKnown = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM reserve_credit WHERE account = ? AND bank_row = ?)",
            arguments: [account, credit.bankRow])
        if isKnown == true { return }
        let balance =
            try Int64.fetchOne(database, sql: "SELECT balance FROM reserve WHERE reserve_pub = ?", arguments: [credit.reserve.data]) ?? 0
        guard let units = try? units(credit.amount), units > 0, case let sum = balance.addingReportingOverflow(units), !sum.overflow else {
            outcome.unusable.append(credit.bankRow)
            return
        }
        try database.execute(
            sql: """
                INSERT INTO reserve (reserve_pub, balance, last_origin) VALUES (?, ?, ?)
                ON CONFLICT (reserve_pub) DO UPDATE SET balance = excluded.balance, last_origin = excluded.last_origin
                """, arguments: [credit.reserve.data, sum.partialValue, credit.origin])
        try database.execute(
            sql: "INSERT INTO reserve_credit (account, bank_row, reserve_pub, amount, origin, date) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [account, credit.bankRow, credit.reserve.data, units, credit.origin, credit.date.stored])
        outcome.credited.insert(credit.reserve)
    }
}
