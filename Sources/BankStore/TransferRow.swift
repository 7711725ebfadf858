// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

/// A row of `transfer` with the names of both sides.
struct TransferRow: FetchableRecord {
    static let query = query()

    static func query(_ columns: String = "", _ joins: String = "") -> String {
        """
        SELECT t.row_id, t.made_at, t.amount, t.subject, t.cancelled_at, t.key_kind, t.key,
            d.number AS debit_number, d.name AS debit_name, d.receiver_name AS debit_receiver_name,
            c.number AS credit_number, c.name AS credit_name, c.receiver_name AS credit_receiver_name\(columns)
        FROM transfer t JOIN account d ON d.number = t.debit_account JOIN account c ON c.number = t.credit_account
        \(joins)
        """
    }

    let rowID: Int64
    let madeAt: Int64
    let amount: Int64
    let subject: String
    let isCancelled: Bool
    let key: SubjectKey?
    let debtor: Transfer.Party
    let creditor: Transfer.Party

    init(row: Row) throws {
        rowID = row["row_id"]
        madeAt = row["made_at"]
        amount = row["amount"]
        subject = row["subject"]
        isCancelled = row["cancelled_at"] as Int64? != nil
        key = SubjectKey(kind: row["key_kind"], bytes: (row["key"] as Data?).map { [UInt8]($0) })
        debtor = Transfer.Party(number: row["debit_number"], name: row["debit_name"], receiverName: row["debit_receiver_name"])
        creditor = Transfer.Party(number: row["credit_number"], name: row["credit_name"], receiverName: row["credit_receiver_name"])
    }

    func transfer(_ store: BankStore) throws -> Transfer {
        Transfer(
            rowID: rowID, time: try Timestamp(databaseSeconds: madeAt), debtor: debtor, creditor: creditor,
            amount: try store.amount(amount), subject: subject, isCancelled: isCancelled, key: key)
    }
}
