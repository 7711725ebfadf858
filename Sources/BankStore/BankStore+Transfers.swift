// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension BankStore {
    /// Moves money between two accounts, by their numbers.
    /// - Throws: ``BankStoreError/unknownAccount``, ``BankStoreError/sameAccount``, ``BankStoreError/noCredit`` and the complaints of the
    ///   amount and the subject.
    public func transfer(
        _ amount: Amount, from debtor: Int64, to creditor: Int64, subject: String, at time: Timestamp
    ) async throws(BankStoreError) -> Transfer {
        let posting = Posting(debit: debtor, credit: creditor, units: try units(amount), subject: subject, time: time)
        return try await write { db in try transfer(db, row: post(db, posting)) }
    }

    /// As ``transfer(_:from:to:subject:at:)``, with a reserve key as the subject that reached the receiver never before.
    /// - Throws: ``BankStoreError/reserveUsed`` besides.
    public func fillFreshReserve(
        _ reserve: ReservePublicKey, amount: Amount, from debtor: Int64, to creditor: Int64, at time: Timestamp
    ) async throws(BankStoreError) -> Transfer {
        let posting = Posting(debit: debtor, credit: creditor, units: try units(amount), subject: reserve.base32, time: time)
        return try await write { db in
            let isUsed = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM transfer WHERE credit_account = ? AND key = ? AND key_kind = 'reserve')",
                arguments: [creditor, Data(reserve.bytes)])
            guard isUsed == false else { throw BankStoreError.reserveUsed }
            return try transfer(db, row: post(db, posting))
        }
    }

    /// Carries out an exchange's order, once for each `request_uid`.
    /// - Returns: the transfer, and whether this call made it.
    /// - Throws: ``BankStoreError/requestReused`` besides those of ``transfer(_:from:to:subject:at:)``.
    public func payOut(
        _ order: PayoutOrder, amount: Amount, from debtor: Int64, to creditor: Int64, at time: Timestamp
    ) async throws(BankStoreError) -> (transfer: Transfer, isNew: Bool) {
        let posting = Posting(debit: debtor, credit: creditor, units: try units(amount), subject: order.subject, time: time)
        return try await write { db in
            let earlier = try Int64.fetchOne(
                db, sql: "SELECT transfer FROM payout WHERE request_uid = ?", arguments: [Data(order.requestUID.bytes)])
            if let earlier {
                let transfer = try transfer(db, row: earlier)
                guard transfer.debtor.number == debtor, transfer.creditor.number == creditor, transfer.amount == amount,
                    transfer.subject == order.subject
                else { throw BankStoreError.requestReused }
                return (transfer, false)
            }
            let row = try post(db, posting)
            try db.execute(
                sql: "INSERT INTO payout (transfer, request_uid, wtid, exchange_base_url, metadata) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    row, Data(order.requestUID.bytes), Data(order.transferID.bytes), order.exchangeBaseURL, order.metadata,
                ])
            return (try transfer(db, row: row), true)
        }
    }

    /// Voids a transfer that reached this account by two correcting entries; a second time changes nothing.
    /// - Throws: ``BankStoreError/unknownTransfer``; ``BankStoreError/noCredit`` when the account has spent the money and may not owe it.
    public func reject(row: Int64, by creditor: Int64, at time: Timestamp) async throws(BankStoreError) {
        try await write { db in
            let found = try Row.fetchOne(
                db, sql: "SELECT debit_account, amount, cancelled_at FROM transfer WHERE row_id = ? AND credit_account = ?",
                arguments: [row, creditor])
            guard let found else { throw BankStoreError.unknownTransfer }
            guard found["cancelled_at"] as Int64? == nil else { return }
            try db.execute(sql: "UPDATE transfer SET cancelled_at = ? WHERE row_id = ?", arguments: [time.databaseSeconds, row])
            try move(db, transfer: row, units: found["amount"], debit: creditor, credit: found["debit_account"], isCorrection: true)
        }
    }

    /// A transfer that is to be entered.
    struct Posting: Sendable {
        let debit: Int64
        let credit: Int64
        let units: Int64
        let subject: String
        let time: Timestamp
    }

    /// Enters a transfer within the caller's transaction.
    /// - Returns: its row.
    func post(_ db: Database, _ posting: Posting) throws -> Int64 {
        guard posting.units > 0 else { throw BankStoreError.amountIsZero }
        guard posting.debit != posting.credit else { throw BankStoreError.sameAccount }
        guard posting.subject.unicodeScalars.count <= 1024,
            posting.subject.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { throw BankStoreError.subjectMalformed }
        let key = SubjectKey(subject: posting.subject)
        let known = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM account WHERE number IN (?, ?)", arguments: [posting.debit, posting.credit])
        guard known == 2 else { throw BankStoreError.unknownAccount }
        try db.execute(
            sql: """
                INSERT INTO transfer (debit_account, credit_account, amount, subject, made_at, key_kind, key) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                posting.debit, posting.credit, posting.units, posting.subject, posting.time.databaseSeconds, key?.kind,
                (key?.bytes).map { Data($0) },
            ])
        let row = db.lastInsertedRowID
        try move(db, transfer: row, units: posting.units, debit: posting.debit, credit: posting.credit, isCorrection: false)
        return row
    }

    private func move(_ db: Database, transfer: Int64, units: Int64, debit: Int64, credit: Int64, isCorrection: Bool) throws {
        try db.execute(
            sql: "UPDATE account SET balance = balance - ? WHERE number = ? AND balance - ? >= -debt_limit",
            arguments: [units, debit, units])
        guard db.changesCount == 1 else { throw BankStoreError.noCredit }
        try db.execute(
            sql: "UPDATE account SET balance = balance + ? WHERE number = ? AND balance + ? <= ?",
            arguments: [units, credit, units, Self.maximumUnits])
        guard db.changesCount == 1 else { throw BankStoreError.amountTooLarge }
        try db.execute(
            sql: "INSERT INTO entry (transfer, account, amount, is_correction) VALUES (?, ?, ?, ?), (?, ?, ?, ?)",
            arguments: [transfer, debit, -units, isCorrection, transfer, credit, units, isCorrection])
    }
}
