// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

package import BankAPI
package import HTTPCore
import Synchronization
package import TalerWire

/// The bank's side of `history/incoming`, without waiting, and of `transfer` and `history/outgoing`.
package final class FakeGateway: Handler {
    package init() {}

    private let state = Mutex(State())

    private struct State {
        var rows: [IncomingTransaction] = []
        var transfers: [TransferRequest] = []
        var failures = 0
        var losses = 0
        var refused: Set<String> = []
    }

    package func add(_ row: IncomingTransaction) { state.withLock { $0.rows.append(row) } }

    /// After every row that is there.
    package var nextRow: Int64 { state.withLock { ($0.rows.map(\.rowID).max() ?? 0) + 1 } }

    /// The next `count` requests are answered with 500.
    package func fail(_ count: Int) { state.withLock { $0.failures = count } }

    /// The next `count` transfers are carried out and answered with 500.
    package func loseAnswers(_ count: Int) { state.withLock { $0.losses = count } }

    /// Transfers to this account are answered with 404 from now on.
    package func refuse(account: String) { _ = state.withLock { $0.refused.insert(account) } }

    /// What was carried out, in order, each once.
    package var transfers: [TransferRequest] { state.withLock { $0.transfers } }

    package func handle(_ request: Request) async -> Response {
        let isFailing = state.withLock { state in
            defer { state.failures = max(0, state.failures - 1) }
            return state.failures > 0
        }
        if isFailing { return Response(status: 500) }
        guard request.fields["Authorization"] == "Basic ZXhjaGFuZ2U6c2VjcmV0" else { return Response(status: 401) }
        return switch request.path {
        case ["history", "incoming"]: incoming(request)
        case ["history", "outgoing"]: outgoing(request)
        case ["transfer"]: transfer(request)
        default: Response(status: 404)
        }
    }

    private func incoming(_ request: Request) -> Response {
        guard let start = Int64(request.query["start"] ?? "0"), let delta = Int(request.query["delta"] ?? ""), delta > 0 else {
            return Response(status: 400)
        }
        let found = state.withLock { state in Array(state.rows.filter { $0.rowID > start }.sorted { $0.rowID < $1.rowID }.prefix(delta)) }
        guard !found.isEmpty else { return .noContent }
        let history = IncomingHistory(creditAccount: SharedKeys.account.text, transactions: found)
        return (try? .json(history)) ?? Response(status: 500)
    }

    private func outgoing(_ request: Request) -> Response {
        guard let start = Int(request.query["start"] ?? "0"), let delta = Int(request.query["delta"] ?? ""), delta > 0 else {
            return Response(status: 400)
        }
        let rows = transfers.enumerated().dropFirst(start).prefix(delta).map { index, transfer in
            OutgoingTransaction(
                rowID: Int64(index) + 1, date: SharedKeys.start, amount: transfer.amount, creditAccount: transfer.creditAccount,
                transferID: transfer.transferID, exchangeBaseURL: transfer.exchangeBaseURL)
        }
        guard !rows.isEmpty else { return .noContent }
        return (try? .json(OutgoingHistory(debitAccount: SharedKeys.account.text, transactions: rows))) ?? Response(status: 500)
    }

    private func transfer(_ request: Request) -> Response {
        guard let order = try? request.message(TransferRequest.self) else { return Response(status: 400) }
        return state.withLock { state in
            guard !state.refused.contains(order.creditAccount) else { return Response(status: 404) }
            var row = state.transfers.firstIndex { $0.requestUID == order.requestUID }
            if let row, state.transfers[row] != order { return Response(status: 409) }
            if row == nil {
                state.transfers.append(order)
                row = state.transfers.count - 1
            }
            guard state.losses == 0 else {
                state.losses -= 1
                return Response(status: 500)
            }
            let answer = TransferResponse(timestamp: SharedKeys.start, rowID: Int64(row ?? 0) + 1)
            return (try? .json(answer)) ?? Response(status: 500)
        }
    }
}

extension IncomingTransaction {
    package static func reserve(_ reserve: ReservePublicKey, row: Int64, _ amount: Amount) -> IncomingTransaction {
        IncomingTransaction(
            purpose: .reserve(reserve), rowID: row, date: SharedKeys.start, amount: amount,
            debitAccount: "payto://x-taler-bank/bank.test/alice?receiver-name=Alice")
    }

    /// An account names the key of its merchant.
    package static func accountKey(_ key: MerchantPublicKey, of payto: String, row: Int64) -> IncomingTransaction {
        let cent = must { try Amount(SharedKeys.currency, value: 0, fraction: 1_000_000) }
        return IncomingTransaction(purpose: .accountKey(key), rowID: row, date: SharedKeys.start, amount: cent, debitAccount: payto)
    }
}
