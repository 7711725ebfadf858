// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeStore
import TalerWire

/// Compares the books with what the bank has paid for the exchange.
struct BankAudit {
    let store: ExchangeStore
    let gateway: WireGatewayClient

    /// One sentence for each thing that is not as it must be.
    /// - Throws: `BankClientError`, `ExchangeStoreError`.
    func problems() async throws -> [String] {
        // The books last: whatever the bank has paid was in them before.
        let paid = try await outgoing()
        let books = try await store.transferAmounts()
        var problems: [String] = []
        var seen: Set<WireTransferID> = []
        for transaction in paid {
            let name = "transfer \(transaction.transferID)"
            if !seen.insert(transaction.transferID).inserted { problems.append("the bank has made \(name) twice") }
            guard let amount = books.executed[transaction.transferID] ?? books.open[transaction.transferID] else {
                problems.append("the bank has made \(name), which is not in the books")
                continue
            }
            if amount != transaction.amount {
                problems.append("the bank has paid \(transaction.amount) as \(name), the books say \(amount)")
            }
        }
        for (transfer, amount) in books.executed where !seen.contains(transfer) {
            problems.append("the bank has not made transfer \(transfer) of \(amount), which it confirmed")
        }
        return problems
    }

    private func outgoing() async throws -> [OutgoingTransaction] {
        var all: [OutgoingTransaction] = []
        var last: Int64 = 0
        while let page = try await gateway.outgoing(start: last, delta: 256) {
            let rows = page.transactions.filter { $0.rowID > last }
            guard let end = rows.map(\.rowID).max() else { break }
            all += rows
            last = end
        }
        return all
    }
}
