// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

package import BankAPI
package import HTTPCore
import Synchronization
package import TalerWire

/// The bank's side of `history/incoming`, without waiting.
package final class FakeGateway: Handler {
    private let rows = Mutex<[IncomingTransaction]>([])
    private let failures = Mutex(0)

    package func add(_ row: IncomingTransaction) { rows.withLock { $0.append(row) } }

    /// The next `count` requests are answered with 500.
    package func fail(_ count: Int) { failures.withLock { $0 = count } }

    package func handle(_ request: Request) async -> Response {
        let isFailing = failures.withLock { left in
            defer { left = max(0, left - 1) }
            return left > 0
        }
        if isFailing { return Response(status: 500) }
        guard request.path == ["history", "incoming"], request.fields["Authorization"] == "Basic ZXhjaGFuZ2U6c2VjcmV0",
            let start = Int64(request.query["start"] ?? "0"), let delta = Int(request.query["delta"] ?? ""), delta > 0
        else { return Response(status: 400) }
        let found = rows.withLock { rows in Array(rows.filter { $0.rowID > start }.prefix(delta)) }
        guard !found.isEmpty else { return .noContent }
        let history = IncomingHistory(creditAccount: SharedKeys.account.text, transactions: found)
        return (try? .json(history)) ?? Response(status: 500)
    }
}

extension IncomingTransaction {
    package static func reserve(_ reserve: ReservePublicKey, row: Int64, _ amount: Amount) -> IncomingTransaction {
        IncomingTransaction(
            purpose: .reserve(reserve), rowID: row, date: SharedKeys.start, amount: amount,
            debitAccount: "payto://x-taler-bank/bank.test/alice?receiver-name=Alice")
    }
}
