// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension BankStore {
    /// Reads all the books and compares: each transfer with its entries, each account's entries with its balance, that with its debt
    /// limit, and the sum over all entries with zero.
    public func audit() async throws(BankStoreError) -> LedgerAudit {
        try await read { db in
            var audit = LedgerAudit()
            let accounts = try AccountRow.fetchAll(db, sql: AccountRow.query)
            audit.accounts = accounts.count
            var sums: [Int64: Int128] = [:]
            var total: Int128 = 0
            let entries = try Row.fetchCursor(
                db,
                sql: """
                    SELECT e.transfer, e.account, e.amount, e.is_correction, t.debit_account, t.credit_account, t.amount AS expected
                    FROM entry e JOIN transfer t ON t.row_id = e.transfer ORDER BY e.id
                    """)
            while let row = try entries.next() {
                audit.entries += 1
                let (transfer, account, amount): (Int64, Int64, Int64) = (row["transfer"], row["account"], row["amount"])
                let isPayer = (account == row["debit_account"] as Int64) != (row["is_correction"] as Bool)
                let isParty = account == row["debit_account"] as Int64 || account == row["credit_account"] as Int64
                let expected: Int64 = row["expected"]
                if !isParty || amount != (isPayer ? -expected : expected) {
                    audit.findings.append("An entry of transfer \(transfer) is not what the transfer says.")
                }
                sums[account, default: 0] += Int128(amount)
                total += Int128(amount)
            }
            if total != 0 { audit.findings.append("All entries sum up to \(total) instead of zero.") }
            for account in accounts {
                let sum = sums[account.number] ?? 0
                if sum != Int128(account.balance) {
                    audit.findings.append("The entries of account \(account.number) sum up to \(sum), its balance is \(account.balance).")
                }
                if account.balance < -account.debtLimit {
                    audit.findings.append("The balance of account \(account.number) is below its debt limit.")
                }
            }
            try check(db, &audit)
            return audit
        }
    }

    /// Counts the entries of every transfer.
    private func check(_ db: Database, _ audit: inout LedgerAudit) throws {
        audit.transfers = try Int.fetchOne(db, sql: "SELECT count(*) FROM transfer") ?? 0
        let wrong = try Int64.fetchAll(
            db,
            sql: """
                SELECT t.row_id FROM transfer t LEFT JOIN entry e ON e.transfer = t.row_id GROUP BY t.row_id
                HAVING count(e.id) <> CASE WHEN t.cancelled_at IS NULL THEN 2 ELSE 4 END
                """)
        audit.findings += wrong.map { "Transfer \($0) has not two entries for itself, and two for its rejection if it was rejected." }
    }
}
