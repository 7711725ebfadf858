// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeStore
import TalerCrypto
import TalerWire

/// Compares what has filled reserves with the bank's list of what came with a key.
struct IncomingAudit {
    let snapshot: BookSnapshot
    let gateway: WireGatewayClient
    /// The exchange's own.
    let account: String
    let findings: Findings

    /// - Throws: `BankClientError`, the database's errors.
    func check(_ figures: inout BankFigures) async throws {
        let cursor = try await snapshot.bankCursor(account: account)
        var keys: [NormalizedPaytoHash: MerchantPublicKey] = [:]
        var (last, checked): (Int64, Int64) = (0, .min)
        while let page = try await gateway.incoming(start: last, delta: 256) {
            let rows = page.transactions.filter { $0.rowID > last }.sorted { $0.rowID < $1.rowID }
            guard let end = rows.last?.rowID else { break }
            var booked = Dictionary(
                try await snapshot.credits(account: account, after: checked, through: end, findings).map { ($0.bankRow, $0) },
                uniquingKeysWith: { first, _ in first })
            for row in rows { try check(row, cursor, booked.removeValue(forKey: row.rowID), &keys, &figures) }
            for credit in booked.values { strange(credit) }
            (last, checked) = (end, end)
        }
        while case let rest = try await snapshot.credits(account: account, after: checked, through: .max, findings),
            let end = rest.last?.bankRow
        {
            rest.forEach(strange)
            checked = end
        }
        if cursor > last { findings.add("the bank's history was read up to row \(cursor), and it ends with \(last)") }
        try await snapshot.checkOtherAccounts(than: account, findings)
        try await check(keys)
    }

    private func check(
        _ row: IncomingTransaction, _ cursor: Int64, _ credit: ReserveCredit?, _ keys: inout [NormalizedPaytoHash: MerchantPublicKey],
        _ figures: inout BankFigures
    ) throws {
        let units = row.amount.currency == snapshot.currency ? Int128(row.amount.units) : 0
        switch row.purpose {
        case .reserve(let reserve):
            let expected = ReserveCredit(
                bankRow: row.rowID, reserve: reserve, amount: row.netAmount, origin: row.debitAccount, date: row.date)
            if row.rowID > cursor { figures.unread += units } else { figures.reserveCredits += units }
            guard let credit else {
                if row.rowID <= cursor {
                    findings.add("the bank's row \(row.rowID), \(row.amount) for the reserve \(reserve), is not in the books")
                }
                return
            }
            if credit != expected { findings.add("the bank's row \(row.rowID) is in the books with other contents") }
        case .accountKey(let key):
            figures.accountKeys += units
            credit.map(strange)
            if row.rowID <= cursor, let payto = try? PaytoURI(row.debitAccount) { keys[NormalizedPaytoHash(of: payto)] = key }
        case .other:
            figures.otherCredits += units
            credit.map(strange)
        }
    }

    private func strange(_ credit: ReserveCredit) {
        findings.add(
            "the books have \(credit.amount) for the reserve \(credit.reserve) in row \(credit.bankRow), which the bank does not have")
    }

    /// The last key that an account has named holds.
    private func check(_ keys: [NormalizedPaytoHash: MerchantPublicKey]) async throws {
        let findings = findings
        try await snapshot.each(.merchantAccounts, findings) { account in
            if account.accountPub != keys[account.hash] {
                findings.add("the account \(account.payto) has not named the merchant's key that the books have for it")
            }
        }
    }
}
