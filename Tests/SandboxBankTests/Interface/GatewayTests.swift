// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import HTTPCore
import HTTPServer
import TalerWire
import TestSupport
import Testing

@testable import SandboxBank

/// What a real exchange and its operator ask beside the histories, over sockets.
@Suite struct GatewayTests {
    private func order(_ number: UInt8, _ amount: String = "KUDOS:5", at bank: SocketBank) throws -> TransferRequest {
        TransferRequest(
            requestUID: try HashCode([UInt8](repeating: number, count: 64)), amount: try Amount(amount),
            exchangeBaseURL: "https://exchange.example/", transferID: try WireTransferID([UInt8](repeating: number, count: 32)),
            creditAccount: bank.payto("shop"))
    }

    /// An exchange that has ordered three transfers of 5 to a shop, which has rejected the second.
    private func withTransfers(_ body: (SocketBank, [TransferResponse]) async throws -> Void) async throws {
        try await SocketBank.run { bank in
            try await bank.register("alice", "shop")
            try await bank.pay("KUDOS:50", from: "alice", to: "exchange")
            var made: [TransferResponse] = []
            for number in 1...3 as ClosedRange<UInt8> {
                bank.clock.advance(bySeconds: 1)
                made.append(try await bank.gateway().transfer(order(number, at: bank)))
            }
            try await bank.client.reject(row: made[1].rowID, credentials: bank.login("shop"))
            try await body(bank, made)
        }
    }

    @Test func orderedTransfersAreListedByTheirState() async throws {
        try await withTransfers { bank, made in
            func rows(_ state: WireTransferState? = nil, start: Int64? = nil, delta: Int = 9) async throws -> [Int64] {
                try await bank.gateway().transfers(state, start: start, delta: delta)?.transfers.map(\.rowID) ?? []
            }
            let all = made.map(\.rowID)
            #expect(try await rows() == all)
            #expect(try await rows(delta: -2) == [all[2], all[1]])
            #expect(try await rows(start: all[0], delta: 1) == [all[1]])
            #expect(try await rows(.success) == [all[0], all[2]])
            #expect(try await rows(.permanentFailure) == [all[1]])
            #expect(try await rows(.pending) == [])
            #expect(try await rows(.transientFailure) == [])
            let list = try #require(try await bank.gateway().transfers(delta: 1))
            #expect(list.debitAccount == SocketBank.exchangePayto)
            #expect(
                list.transfers == [
                    WireTransferSummary(
                        rowID: all[0], status: .success, amount: try Amount("KUDOS:5"), creditAccount: bank.payto("shop"),
                        timestamp: made[0].timestamp)
                ])
        }
    }

    @Test func withoutALimitTheLastTwentyTransfersAreListed() async throws {
        try await withTransfers { bank, made in
            let response = try await bank.send(.get, bank.gatewayPath + "transfers", fields: bank.login("exchange").basicFields)
            let list = try response.json().decode(as: WireTransferList.self)
            #expect(list.transfers.map(\.rowID) == made.map(\.rowID).reversed())
            let nobody = try await bank.send(.get, "/accounts/shop/taler-wire-gateway/transfers", fields: bank.login("shop").basicFields)
            #expect(nobody.status == 204 && nobody.body.isEmpty)
            let bad = try await bank.send(.get, bank.gatewayPath + "transfers?status=lost", fields: bank.login("exchange").basicFields)
            #expect(bad.refusal == "400 / 26")
        }
    }

    @Test func oneTransferIsToldToWhoOrderedIt() async throws {
        try await withTransfers { bank, made in
            let good = try await bank.gateway().transfer(row: made[0].rowID)
            #expect(
                good
                    == WireTransferStatus(
                        status: .success, amount: try Amount("KUDOS:5"), exchangeBaseURL: "https://exchange.example/",
                        transferID: try WireTransferID([UInt8](repeating: 1, count: 32)), creditAccount: bank.payto("shop"),
                        timestamp: made[0].timestamp))
            let rejected = try await bank.gateway().transfer(row: made[1].rowID)
            #expect(rejected.status == .permanentFailure && rejected.message?.isEmpty == false)
            let target = "transfers/\(made[0].rowID)"
            let other = try await bank.send(.get, "/accounts/shop/taler-wire-gateway/" + target, fields: bank.login("shop").basicFields)
            #expect(other.refusal == "404 / 5107")
            for (row, refusal) in [("99", "404 / 5107"), ("x", "400 / 29"), ("99999999999999999999", "400 / 29")] {
                let response = try await bank.send(.get, bank.gatewayPath + "transfers/" + row, fields: bank.login("exchange").basicFields)
                #expect(response.refusal == refusal)
            }
        }
    }

    @Test func aTokenIsAsGoodAsAPassword() async throws {
        try await SocketBank.run { bank in
            func status(_ field: String, _ path: String = "/accounts/exchange/taler-wire-gateway/config") async throws -> Int {
                try await bank.send(.get, path, fields: ["Authorization": field]).status
            }
            try await bank.register("alice")
            #expect(try await status("Bearer the exchange's token") == 200)
            #expect(try await status("bearer the exchange's token") == 200)
            for wrong in ["Bearer the exchange's toke", "Bearer the exchange's token ", "Bearer", "Bearer exchange's password", "Token x"] {
                #expect(try await status(wrong) == 401, "\(wrong)")
            }
            #expect(try await status("Bearer the exchange's token", "/accounts/alice/taler-wire-gateway/config") == 401)
        }
    }

    @Test func parametersHaveTheirLaterNamesToo() async throws {
        try await withTransfers { bank, made in
            func rows(_ query: String) async throws -> [Int64] {
                let response = try await bank.send(
                    .get, bank.gatewayPath + "history/outgoing?" + query, fields: bank.login("exchange").basicFields)
                #expect(response.status == 200 || response.status == 204, "\(query)")
                if response.status == 204 { return [] }
                return try response.json().decode(as: OutgoingHistory.self).transactions.map(\.rowID)
            }
            let all = made.map(\.rowID)
            let questions: [(query: String, answer: [Int64])] = [
                ("limit=2&offset=\(all[0])", [all[1], all[2]]), ("limit=-1&timeout_ms=5000", [all[2]]),
                ("limit=5&offset=\(all[2])&timeout_ms=1", []),
                // What a program with unsigned rows sends for the end.
                ("delta=-1&start=18446744073709551615", [all[2]]),
                ("delta=-1&start=18446744073709551615&long_poll_ms=18446744073709551615", [all[2]]),
            ]
            for question in questions {
                let answer = try await rows(question.query)
                #expect(answer == question.answer, "\(question.query)")
            }
        }
    }

    @Test func aWaitUnderTheLaterNameEndsWithTheTransfer() async throws {
        try await SocketBank.run { bank in
            try await bank.register("alice")
            async let answer = bank.send(
                .get, bank.gatewayPath + "history/incoming?limit=5&timeout_ms=80000", fields: bank.login("exchange").basicFields)
            try await eventually { bank.service.waitingRequests == 1 }
            _ = try await bank.client.withdraw(
                Amount("KUDOS:1"), to: ReservePublicKey([UInt8](1...32)), credentials: bank.login("alice"))
            #expect(try await answer.json().decode(as: IncomingHistory.self).transactions.count == 1)
        }
    }

    /// Else the server would cut it off with an error.
    @Test func theLongestWaitIsShorterThanTheTimeOfAHandler() {
        #expect(Bank.maximumWait + .seconds(10) <= ServerLimits().handlerTime)
    }

    @Test func anOrderToWhatIsNoPaytoURIIsToldSo() async throws {
        try await SocketBank.run { bank in
            try await bank.register("alice", "shop")
            try await bank.pay("KUDOS:50", from: "alice", to: "exchange")
            for (payto, refusal) in [
                ("shop", "400 / 24"), ("payto://x-taler-bank/bank.example/shop", "400 / 24"),
                ("payto://x-taler-bank/bank.example:1/shop?receiver-name=x", "404 / 5106"),
                ("payto://x-taler-bank/other.example/shop?receiver-name=x", "404 / 5106"),
            ] {
                var wrong = try order(1, at: bank)
                wrong.creditAccount = payto
                let json = try JSONValue(encoding: wrong)
                let response = try await bank.send(
                    .post, bank.gatewayPath + "transfer", json.serialized(), fields: bank.login("exchange").basicFields)
                #expect(response.refusal == refusal, "\(payto)")
            }
            var good = try order(1, at: bank)
            good.creditAccount = "payto://x-taler-bank/BANK.example/shop?receiver-name=Any"
            _ = try await bank.gateway().transfer(good)
            #expect(try await bank.balance("shop") == "KUDOS:105")
        }
    }
}
