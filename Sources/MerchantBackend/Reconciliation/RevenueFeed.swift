// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import HTTPCore
import Logging
import MerchantCore
import MerchantStore
import TalerWire

/// Reads one bank account of the merchant and writes down what arrived, each row once.
struct RevenueFeed: Sendable {
    let account: ReconciliationSettings.RevenueAccount
    let store: MerchantStore
    /// Base URLs of the configured exchanges: no other is ever asked, whatever a subject says.
    let exchangeURLs: [String]
    let changes: ChangeBell<ContractHash>
    let longPoll: Duration
    let page: Int

    /// Asks once, from where the last answer ended, and takes in what came.
    /// - Returns: how many rows the bank had.
    func step() async throws -> Int {
        let name = account.payto.normalized
        let cursor = try await store.bankCursor(account: name)
        guard let history = try await account.client.history(start: cursor, delta: page, longPoll: longPoll) else { return 0 }
        let rows = history.transactions.filter { $0.rowID > cursor }
        guard let last = rows.map(\.rowID).max() else { return 0 }
        let outcome = try await store.record(rows.map(credit), account: name, cursor: last)
        changes.ring(outcome.confirmed)
        return rows.count
    }

    private func credit(_ row: RevenueTransaction) -> BankCredit {
        let subject = PayoutSubject(row.subject)
        let exchange = subject?.exchangeURL.flatMap { url in exchangeURLs.first { $0 == url } }
        return BankCredit(
            rowID: row.rowID, date: row.date, amount: row.amount, creditFee: row.creditFee, debitAccount: row.debitAccount,
            subject: row.subject, transferID: subject?.transferID, exchangeURL: exchange,
            namesStranger: subject?.exchangeURL != nil && exchange == nil)
    }
}
