// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantBackend
import MerchantStore
import TestSupport
import TalerWire
import Testing

/// When exchanges are asked, and how long requests wait.
struct DepositPacingTests {
    let timer = ManualTimer()

    private func merchant(second: Fixture? = nil, _ pace: (inout DepositPacing) -> Void = { _ in }) async throws -> Merchant {
        try await Merchant(second: second, timer: timer) { pacing in
            pacing.retryDelay = { _ in .seconds(10) }
            pacing.doubtDelay = { _ in .seconds(10) }
            pace(&pacing)
        }
    }

    private func purchase(_ merchant: Merchant, _ number: Int64 = 1) async throws -> (ContractResponse, DepositPermission) {
        let contract = try await merchant.contract(number)
        return (contract, try await merchant.permission(contract, [(merchant.exchange.coin("0.64", row: number), "0.5")]))
    }

    @Test func aRequestWaitsABoundedTimeAndTheAttemptGoesOn() async throws {
        let merchant = try await merchant()
        let (contract, permission) = try await purchase(merchant)
        let gate = Gate()
        merchant.wire.plan(.held(gate))
        async let answer = merchant.pay(permission)
        await timer.waitForSleeper(of: .seconds(20))
        timer.advance(by: .seconds(20))
        #expect(try await answer.status == 504)
        #expect(try await answer.code == 2011)
        await gate.open()
        try await eventually { try await merchant.order(contract).state == .paid }
        #expect(merchant.wire.count() == 1)
    }

    @Test func aSilentExchangeIsProbedByOneAndWhenItAnswersTheOthersFollowAtOnce() async throws {
        let merchant = try await merchant()
        var contracts: [ContractResponse] = []
        for number in 1...6 as ClosedRange<Int64> {
            let (contract, permission) = try await purchase(merchant, number)
            merchant.wire.plan(.unreachable)
            #expect(try await merchant.pay(permission).status == 502)
            contracts.append(contract)
        }
        #expect(merchant.wire.count() == 6)
        merchant.wire.plan(.unreachable)
        timer.advance(by: .seconds(10))
        var probed = 0
        try await eventually {
            probed = 0
            for contract in contracts where try await merchant.order(contract).deposits.first?.attempts == 2 { probed += 1 }
            return probed > 0
        }
        await timer.waitForSleeper(of: .seconds(10))
        #expect(probed == 1)
        #expect(merchant.wire.count() == 7)
        timer.advance(by: .seconds(10))
        for contract in contracts { try await eventually { try await merchant.order(contract).state == .paid } }
        #expect(merchant.wire.count() == 13)
    }

    @Test func aDeadExchangeDelaysNoOther() async throws {
        let second = try await Fixture()
        let merchant = try await merchant(second: second)
        let (_, first) = try await purchase(merchant)
        merchant.wire.plan(.unreachable)
        #expect(try await merchant.pay(first).status == 502)
        let contract = try await merchant.contract(2)
        var other = try await merchant.permission(contract, [(second.coin(), "0.5")])
        other.mint = Merchant.secondURL
        merchant.wire.plan(.answerLost, for: "second.test/batch-deposit")
        #expect(try await merchant.pay(other).status == 502)
        timer.advance(by: .seconds(10))
        try await eventually { try await merchant.order(contract).state == .paid }
    }

    @Test func repeatedPermissionsDoNotMakeAttemptsDenser() async throws {
        let merchant = try await merchant { $0.repeatInterval = .seconds(1) }
        let (_, permission) = try await purchase(merchant)
        merchant.wire.plan(.instead(Response(status: 200, type: "text/html", text: "<p>")))
        #expect(try await merchant.pay(permission).status == 502)
        async let second = merchant.pay(permission)
        async let third = merchant.pay(permission)
        await timer.waitForSleeper(of: .seconds(1))
        #expect(merchant.wire.count() == 1)
        timer.advance(by: .seconds(1))
        #expect(try await [second.status, third.status] == [200, 200])
        #expect(merchant.wire.count() == 2)
    }

    @Test func aDepositorThatStopsGivesItsAttemptsAMomentAndBeginsNothing() async throws {
        let merchant = try await merchant()
        let (contract, permission) = try await purchase(merchant)
        let gate = Gate()
        merchant.wire.plan(.held(gate))
        async let answer = merchant.pay(permission)
        try await eventually { merchant.wire.count() == 1 }
        async let stopped: Void = merchant.service.depositor.stop()
        await timer.waitForSleeper(of: .seconds(3))
        await gate.open()
        await stopped
        #expect(try await answer.status == 200)
        #expect(try await merchant.order(contract).state == .paid)
        let (_, next) = try await purchase(merchant, 2)
        #expect(try await merchant.pay(next).status == 504)
        #expect(merchant.wire.count() == 1)
        // The next process takes it up.
        #expect(try await merchant.store.openIntents().first?.mayHaveReached == false)
    }

    @Test func openIntentsAreReadInPages() async throws {
        let merchant = try await merchant()
        for number in 1...5 as ClosedRange<Int64> {
            merchant.wire.plan(.unreachable)
            _ = try await merchant.pay(purchase(merchant, number).1)
        }
        let first = try await merchant.store.unsettledIntents(after: 0, limit: 2)
        #expect(first.map(\.id) == [1, 2])
        #expect(try await merchant.store.unsettledIntents(after: 2, limit: 5).map(\.id) == [3, 4, 5])
        #expect(try await merchant.store.unsettledIntents(after: 5, limit: 5).isEmpty)
    }

    @Test func ofTwoPermissionsAtOnceOnePaysInEveryRound() async throws {
        let merchant = try await merchant()
        let coins = try await merchant.exchange.coins(Array(repeating: amount("0.64"), count: 100))
        for round in 0..<50 {
            let contract = try await merchant.contract(Int64(round + 1))
            let permissions = try [0, 1].map { try merchant.permission(contract, [(coins[2 * round + $0], "0.5")]) }
            async let first = merchant.pay(permissions[0])
            async let second = merchant.pay(permissions[1])
            let answers = try await [first, second]
            #expect(answers.map(\.status).sorted() == [200, 409])
            #expect(answers.compactMap(\.code) == [2160])
        }
        #expect(merchant.wire.count() == 50)
        #expect(try await merchant.exchange.deposits().count == 50)
    }
}
