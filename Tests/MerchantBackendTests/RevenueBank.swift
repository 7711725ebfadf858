// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeFixture
import HTTPCore
import MerchantBackend
import Synchronization
import TalerWire
import TestSupport

/// The merchant's bank, which tells what arrived; without waiting.
final class RevenueBank: Handler {
    private let state = Mutex(State())

    private struct State {
        var rows: [RevenueTransaction] = []
        var failures = 0
        var ignoresStart = false
        var questions = 0
    }

    /// How often it was asked.
    var questions: Int { state.withLock { $0.questions } }

    /// The next requests are answered with 500.
    func fail(_ count: Int) { state.withLock { $0.failures = count } }

    /// It tells everything at each question.
    func ignoreStart() { state.withLock { $0.ignoresStart = true } }

    func add(_ subject: String, _ amount: Amount, row: Int64? = nil, date: Timestamp = SharedKeys.start) {
        state.withLock { state in
            state.rows.append(
                RevenueTransaction(
                    rowID: row ?? Int64(state.rows.count) + 1, date: date, amount: amount, debitAccount: SharedKeys.account.text,
                    subject: subject))
        }
    }

    /// What the exchange has ordered its bank to pay arrives.
    func deliver(_ fixture: Fixture) {
        for transfer in fixture.gateway.transfers {
            add("\(transfer.transferID) \(transfer.exchangeBaseURL)", transfer.amount, date: fixture.clock.now())
        }
    }

    func settings(payto: String?) throws -> ReconciliationSettings {
        var settings = ReconciliationSettings(
            accounts: [
                .init(
                    payto: try PaytoURI(payto ?? ""),
                    client: RevenueClient(
                        baseURL: "http://merchants-bank.test/accounts/shop/taler-revenue/",
                        login: .basic(BankCredentials(username: "shop", password: "secret")),
                        sender: InProcessSender([("http://merchants-bank.test/accounts/shop/taler-revenue/", self)])))
            ])
        settings.page = 3
        return settings
    }

    func handle(_ request: Request) async -> Response {
        state.withLock { state in
            state.questions += 1
            guard state.failures == 0 else {
                state.failures -= 1
                return Response(status: 500)
            }
            guard request.path == ["history"], request.fields["Authorization"] == "Basic c2hvcDpzZWNyZXQ=",
                let start = Int64(request.query["start"] ?? "0"), let delta = Int(request.query["delta"] ?? ""), delta > 0
            else { return Response(status: 400) }
            let found = Array(state.rows.filter { state.ignoresStart || $0.rowID > start }.prefix(delta))
            guard !found.isEmpty else { return .noContent }
            let history = RevenueHistory(creditAccount: "payto://x-taler-bank/bank.test/shop", transactions: found)
            return (try? .json(history)) ?? Response(status: 500)
        }
    }
}
