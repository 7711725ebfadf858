// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxBank
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// A hundred clients at once, over sockets.
@Suite struct CrowdTests {
    @Test func aHundredWalletsAtOnceSpendEachCoinOnce() async throws {
        let street = try await CrowdedStreet()
        let reserve = try await street.reserve("20")
        let coins = try await street.till.coins(["0.64", "0.16", "0.08", "1.28"].map { amount($0) }, from: reserve)
        let short = try await street.reserve("2")
        let batches = try await withThrowingTaskGroup(of: [TestPlanchet].self) { group in
            for _ in 0..<20 { group.addTask { try await Till.planchets([amount("0.64")]) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let till = street.till

        // All want the same three coins, each for a contract of its own, and a part of the fourth.
        async let whole = statuses(100) { _ in try await till.deposit(Self.purchase().request(Array(coins[..<3]))) }
        async let parts = statuses(100) { _ in try await till.deposit(Self.purchase().request([(coins[3], amount("0.3"))])) }
        async let withdrawn = statuses(20) { try await till.withdraw(batches[$0], from: short) }
        async let audits = withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<3 { group.addTask { try await street.exchange.audit().problems } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let (wholes, someParts, withdrawals) = try await (whole, parts, withdrawn)
        #expect(wholes == [200: 1, 409: 99])
        // Four times 0.3 of 1.28.
        #expect(someParts == [200: 4, 409: 96])
        // Three times 0.65 of 2.
        #expect(withdrawals == [200: 3, 409: 17])
        #expect(try await audits == [], "also in the midst of it")
        try await expectSound(street)
        await street.close()
    }

    @Test func refundsAtOnceGiveNoMoreBackThanWasPaidWhilePayoutsGoOn() async throws {
        let street = try await CrowdedStreet()
        let coins = try await street.till.coins([amount("1.28"), amount("2.56")], from: street.reserve("20"))
        let till = street.till
        let (refunded, paid) = (Self.purchase(), Self.purchase())
        #expect(try await till.deposit(refunded.request([coins[0]])).status == 200)
        #expect(try await till.deposit(paid.request([coins[1]])).status == 200)

        // A hundred times 0.1 of 1.28, and one refund a hundred times.
        async let different = statuses(100) { index in
            try await till.refund(coins[0].pub, refunded.refund(coins[0].pub, amount("0.1"), id: UInt64(index)))
        }
        async let same = statuses(100) { _ in try await till.refund(coins[1].pub, paid.refund(coins[1].pub, amount("0.5"), id: 1)) }
        #expect(try await different == [200: 12, 409: 88])
        #expect(try await same == [200: 100])
        let rest = try #require(try await street.exchange.audit().money?.deposits)
        // 0.08 and 2.06 less two deposit fees.
        #expect(rest == 212_000_000)

        // Refunds against the payout of the same deposit: some come in time, no money is in both.
        async let late = statuses(100) { index in
            try await till.refund(coins[1].pub, paid.refund(coins[1].pub, amount("0.01"), id: UInt64(1000 + index)))
        }
        async let payouts = withThrowingTaskGroup(of: PayoutReport.self) { group in
            for _ in 0..<10 { group.addTask { try await street.exchange.aggregateOnce(dueBy: .never) } }
            return try await group.reduce(into: 0) { $0 += Set($1.paid.map(\.wireTransferID)).count }
        }
        let (lateStatuses, rounds) = try await (late, payouts)
        #expect(Set(lateStatuses.keys).isSubset(of: [200, 410]))
        #expect(rounds >= 2)
        let audit = try await street.exchange.audit()
        #expect(audit.counts.transfers == 2)
        #expect(audit.money?.deposits == 0)
        try await expectSound(street)
        await street.close()
    }

    @Test func meltsAndDepositsOfOneCoinAtOnceSpendItOnce() async throws {
        let street = try await CrowdedStreet()
        let coin = try #require(try await street.till.coins([amount("2.56")], from: street.reserve("20")).first)
        let till = street.till
        let refreshes = try await withThrowingTaskGroup(of: TestRefresh.self) { group in
            for _ in 0..<50 { group.addTask { try await Till.refresh(coin, into: [amount("0.64")], melting: amount("2")) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        async let melts = statuses(50) { try await till.melt(refreshes[$0]) }
        async let deposits = statuses(50) { _ in try await till.deposit(Self.purchase().request([(coin, amount("1"))])) }
        let winners = try await [melts[200] ?? 0, deposits[200] ?? 0]
        #expect(winners == [1, 0] || winners == [0, 2], "2 or twice 1 of 2.56: \(winners)")
        try await expectSound(street)
        await street.close()
    }

    private static func purchase() -> TestPurchase {
        var purchase = TestPurchase()
        purchase.payto = BusyStreet.payto
        return purchase
    }

    private func expectSound(_ street: CrowdedStreet) async throws {
        #expect(try await street.exchange.audit().problems == [])
        #expect(try await street.bank.store.audit().findings == [])
    }

    /// How often each status was answered.
    private func statuses(_ count: Int, _ ask: @escaping @Sendable (Int) async throws -> Response) async throws -> [Int: Int] {
        try await atOnce(count) { try await ask($0).status }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
