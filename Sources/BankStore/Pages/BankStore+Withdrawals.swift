// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension BankStore {
    /// Notes that a customer wants to withdraw; no money moves yet.
    /// - Throws: ``BankStoreError/noCredit`` when the account has less at this moment, and the complaints of the amount.
    public func confirmWithdrawal(
        _ id: String, of amount: Amount, by session: Session, question: Withdrawal.Question, at time: Timestamp, until end: Timestamp
    ) async throws(BankStoreError) -> Withdrawal {
        let units = try units(amount)
        return try await write { db in
            guard units > 0 else { throw BankStoreError.amountIsZero }
            let hasCredit = try Bool.fetchOne(
                db, sql: "SELECT balance - ? >= -debt_limit FROM account WHERE number = ?", arguments: [units, session.account.number])
            guard let hasCredit else { throw BankStoreError.unknownAccount }
            guard hasCredit else { throw BankStoreError.noCredit }
            try db.execute(sql: "DELETE FROM withdrawal WHERE transfer IS NULL AND ends_at < ?", arguments: [time.databaseSeconds])
            try db.execute(
                sql: """
                    DELETE FROM withdrawal WHERE transfer IS NULL AND id IN
                    (SELECT id FROM withdrawal WHERE session = ? AND transfer IS NULL ORDER BY confirmed_at DESC, id LIMIT -1 OFFSET ?)
                    """, arguments: [session.id, Withdrawal.maximumOpen - 1])
            try db.execute(
                sql: """
                    INSERT INTO withdrawal (id, session, account, amount, confirmed_at, ends_at, first_summand, second_summand)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, session.id, session.account.number, units, time.databaseSeconds, end.databaseSeconds, question.first,
                    question.second,
                ])
            guard let made = try fetchWithdrawal(db, id, session) else { throw BankStoreError.database("a withdrawal was not kept") }
            return made
        }
    }

    /// A withdrawal that was confirmed in this session; nil for all others.
    public func withdrawal(_ id: String, of session: Session) async throws(BankStoreError) -> Withdrawal? {
        try await read { try fetchWithdrawal($0, id, session) }
    }

    /// Pays a confirmed withdrawal to an exchange, with the reserve's key as the subject, if the answer is right: once, whatever happens.
    /// - Parameter next: the question after a wrong answer.
    /// - Throws: as ``transfer(_:from:to:subject:at:)``.
    public func answer(
        _ answer: Withdrawal.Answer, to id: String, of session: Session, for destination: Withdrawal.Destination, next: Withdrawal.Question,
        at time: Timestamp
    ) async throws(BankStoreError) -> Withdrawal.Outcome {
        try await write { db in
            guard let withdrawal = try fetchWithdrawal(db, id, session) else { return .unknown }
            if let payment = withdrawal.payment {
                guard payment.went(to: destination) else { return .paidElsewhere }
                return .paid(try transfer(db, row: payment.transfer), isNew: false)
            }
            guard withdrawal.isOpen(at: time) else { return .over }
            guard answer == .unchecked || answer == .number(withdrawal.question.answer) else {
                try db.execute(
                    sql: "UPDATE withdrawal SET wrong_answers = wrong_answers + 1, first_summand = ?, second_summand = ? WHERE id = ?",
                    arguments: [next.first, next.second, id])
                guard withdrawal.wrongAnswers + 1 < Withdrawal.maximumWrongAnswers,
                    let changed = try fetchWithdrawal(db, id, session)
                else { return .over }
                return .wrong(changed)
            }
            let row = try post(
                db,
                Posting(
                    debit: withdrawal.account, credit: destination.account, units: try units(withdrawal.amount),
                    subject: destination.reserve.base32, time: time))
            try db.execute(
                sql: """
                    UPDATE withdrawal SET transfer = ?, reserve_pub = ?, exchange_base_url = ? WHERE id = ? AND transfer IS NULL
                    """, arguments: [row, Data(destination.reserve.bytes), destination.exchangeBaseURL, id])
            guard db.changesCount == 1 else { throw BankStoreError.database("a withdrawal was paid twice") }
            return .paid(try transfer(db, row: row), isNew: true)
        }
    }

    private func fetchWithdrawal(_ db: Database, _ id: String, _ session: Session) throws -> Withdrawal? {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM withdrawal WHERE id = ? AND session = ? AND account = ?",
            arguments: [id, session.id, session.account.number])
        guard let row else { return nil }
        var payment: Withdrawal.Payment?
        if let transfer = row["transfer"] as Int64?, let reserve = row["reserve_pub"] as Data?,
            let url = row["exchange_base_url"] as String?
        {
            payment = Withdrawal.Payment(transfer: transfer, reserve: try ReservePublicKey(Array(reserve)), exchangeBaseURL: url)
        }
        return Withdrawal(
            id: row["id"], account: row["account"], amount: try amount(row["amount"]), end: try Timestamp(databaseSeconds: row["ends_at"]),
            question: Withdrawal.Question(first: row["first_summand"], second: row["second_summand"]),
            wrongAnswers: row["wrong_answers"], payment: payment)
    }
}
