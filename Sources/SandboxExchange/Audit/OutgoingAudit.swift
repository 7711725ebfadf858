// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeStore
import TalerWire

/// Compares the transfers to merchants with what the bank has paid.
struct OutgoingAudit {
    let snapshot: BookSnapshot
    /// The books as they go on: what the bank has paid meanwhile was in them before.
    let store: ExchangeStore
    let gateway: WireGatewayClient
    let findings: Findings

    /// - Returns: the sum of what was paid in rows up to `bound`, in units of 10^-8.
    /// - Throws: `BankClientError`, the database's errors.
    func check(_ figures: inout BankFigures, through bound: Int64) async throws -> Int128 {
        var paidByThen: Int128 = 0
        var (last, checked): (Int64, Int64) = (0, .min)
        var open: Set<WireTransferID> = []
        while let page = try await gateway.outgoing(start: last, delta: 256) {
            let rows = page.transactions.filter { $0.rowID > last }.sorted { $0.rowID < $1.rowID }
            guard let end = rows.last?.rowID else { break }
            let booked = try await snapshot.transfers(rows.map(\.transferID), findings)
            for row in rows {
                let units = row.amount.currency == snapshot.currency ? Int128(row.amount.units) : 0
                figures.paid += units
                if row.rowID <= bound { paidByThen += units }
                guard let transfer = booked[row.transferID] else {
                    if try await !store.hasTransfer(row.transferID) {
                        findings.add("the bank has made transfer \(row.transferID) of \(row.amount), which is not in the books")
                    }
                    continue
                }
                compare(row, transfer, &open)
            }
            let made = Set(rows.map(\.transferID))
            try await checkRows(after: checked, through: end, made)
            (last, checked) = (end, end)
        }
        try await checkRows(after: checked, through: .max, [])
        return paidByThen
    }

    private func compare(_ row: OutgoingTransaction, _ transfer: AuditedTransfer, _ open: inout Set<WireTransferID>) {
        let name = "transfer \(row.transferID)"
        if let known = transfer.bankRow {
            if known != row.rowID { findings.add("the bank has made \(name) in row \(row.rowID), the books say row \(known)") }
        } else if !open.insert(row.transferID).inserted {
            findings.add("the bank has made \(name) twice")
        }
        if row.amount != transfer.total { findings.add("the bank has paid \(row.amount) as \(name), the books say \(transfer.total)") }
        if (try? PaytoURI(row.creditAccount))?.normalized != (try? PaytoURI(transfer.payto))?.normalized {
            findings.add("the bank has paid \(name) to \(row.creditAccount), the books say \(transfer.payto)")
        }
        if row.exchangeBaseURL != transfer.exchangeBaseURL {
            findings.add("the bank has made \(name) for the exchange \(row.exchangeBaseURL), the books say \(transfer.exchangeBaseURL)")
        }
    }

    /// What the bank is said to have made in these rows, it must have made.
    private func checkRows(after last: Int64, through end: Int64, _ made: Set<WireTransferID>) async throws {
        var last = last
        while case let transfers = try await snapshot.transfers(after: last, through: end, findings), let next = transfers.last?.bankRow {
            for transfer in transfers where !made.contains(transfer.wireTransferID) {
                findings.add(
                    "the bank has not made transfer \(transfer.wireTransferID) of \(transfer.total), which the books say it has confirmed")
            }
            last = next
        }
    }
}
