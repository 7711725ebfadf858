// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeStore
import TalerWire

/// Reads all of the exchange's bank account through the bank's interface of 2019.
struct LedgerReading {
    let bank: BankClient
    let credentials: BankCredentials
    let gateway: WireGatewayClient
    /// The exchange's own.
    let account: String

    /// What left the account, in units of 10^-8.
    struct Debits {
        var total: Int128 = 0
        var givenBack: Int128 = 0
        var lastRow: Int64 = 0
    }

    func debits() async throws -> Debits {
        var debits = Debits()
        while case let rows = try await page("debit", after: debits.lastRow), let end = rows.last?.rowID {
            for row in rows {
                debits.total += Int128(row.amount.units)
                if row.sign == .cancelledDebit { debits.givenBack += Int128(row.amount.units) }
            }
            debits.lastRow = end
        }
        return debits
    }

    /// What names no key is sent back, is to be, or came after the books were read.
    func checkCredits(_ snapshot: BookSnapshot, _ findings: Findings, _ figures: inout BankFigures) async throws {
        let cursor = try await snapshot.creditCursor(account: account)
        var (last, checked): (Int64, Int64) = (0, .min)
        while case let rows = try await page("credit", after: last), let end = rows.last?.rowID {
            var plans = try await snapshot.rejections(account: account, after: checked, through: end)
            for row in rows {
                let plan = plans.removeValue(forKey: row.rowID)
                let units = Int128(row.amount.units)
                if row.sign == .cancelledCredit {
                    figures.rejected += units
                    continue
                }
                if plan == true { findings.add("the books say that the bank's row \(row.rowID) was given back, the bank has it still") }
                guard !WireSubject.hasKey(row.subject), try await !isListed(row.rowID) else { continue }
                figures.toReject += units
                if plan == nil, row.rowID <= cursor {
                    findings.add("the bank's row \(row.rowID) of \(row.amount) names no key, and is not to be given back")
                }
            }
            for row in plans.keys.sorted() { findings.add("the books want row \(row) given back, which the bank does not have") }
            (last, checked) = (end, end)
        }
        for row in try await snapshot.rejections(account: account, after: checked, through: .max).keys.sorted() {
            findings.add("the books want row \(row) given back, which the bank does not have")
        }
        if cursor > last { findings.add("the bank's credits were looked through up to row \(cursor), and they end with \(last)") }
    }

    /// The gateway can find keys where we find none: what it lists is kept.
    private func isListed(_ row: Int64) async throws -> Bool {
        try await gateway.incoming(start: row - 1, delta: 1)?.transactions.first?.rowID == row
    }

    private func page(_ direction: String, after last: Int64) async throws -> [BankTransaction] {
        try await bank.history(start: last, delta: 256, direction: direction, credentials: credentials)
            .filter { $0.rowID > last }.sorted { $0.rowID < $1.rowID }
    }
}
