// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension BankStore {
    /// Carries out a transfer that was ordered by a form, once for each slip: the name that the form got when it was made.
    /// - Returns: the transfer, and whether this call made it.
    /// - Throws: ``BankStoreError/requestReused`` for a slip that was used for something else; else as
    ///   ``transfer(_:from:to:subject:at:)``.
    public func transfer(
        _ amount: Amount, from debtor: Int64, to creditor: Int64, subject: String, slip: String, at time: Timestamp
    ) async throws(BankStoreError) -> (transfer: Transfer, isNew: Bool) {
        let posting = Posting(debit: debtor, credit: creditor, units: try units(amount), subject: subject, time: time)
        return try await write { db in
            let earlier = try Int64.fetchOne(
                db, sql: "SELECT transfer FROM slip WHERE account = ? AND id = ?", arguments: [debtor, slip])
            if let earlier {
                let transfer = try transfer(db, row: earlier)
                guard transfer.creditor.number == creditor, transfer.amount == amount, transfer.subject == subject else {
                    throw BankStoreError.requestReused
                }
                return (transfer, false)
            }
            let row = try post(db, posting)
            try db.execute(sql: "INSERT INTO slip (account, id, transfer) VALUES (?, ?, ?)", arguments: [debtor, slip, row])
            return (try transfer(db, row: row), true)
        }
    }

    /// A transfer that the account paid or got; nil for all others.
    public func transfer(row: Int64, of account: Int64) async throws(BankStoreError) -> Transfer? {
        try await read { db in
            try TransferRow.fetchOne(
                db, sql: TransferRow.query + "WHERE t.row_id = ? AND (t.debit_account = ? OR t.credit_account = ?)",
                arguments: [row, account, account]
            )?.transfer(self)
        }
    }
}
