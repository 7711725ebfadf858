// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import ExchangeFixture
import ExchangeStore
import SandboxBank
import SandboxExchange
import TalerWire
import TestSupport
import Testing

/// Customers, merchants, the aggregator and a bank that fails, in any order and at once: no money is made or lost.
@Suite struct InterleavingTests {
    /// The first seed is always the same, the second one never.
    @Test(arguments: [1, UInt64.random(in: 2...UInt64.max)])
    func theBooksAreSoundAfterEveryFewSteps(_ seed: UInt64) async throws {
        var crowd = try await RandomCrowd(seed: seed)
        for round in 0..<24 {
            try await crowd.actAtOnce(5)
            if round % 4 == 3 { try await expectSound(crowd, "seed \(seed), round \(round)") }
        }
        try await crowd.settle()
        try await expectSound(crowd, "seed \(seed), at the end")
        #expect(try await crowd.street.bank.store.audit().isSound, "seed \(seed)")
    }

    private func expectSound(_ crowd: RandomCrowd, _ comment: Comment) async throws {
        let audit = try await crowd.street.exchange.audit()
        #expect(audit.problems == [], comment)
        let (money, bank) = (try #require(audit.money), try #require(audit.bank))
        // What the bank still has of the exchange's money is what the exchange owes, has earned, or has not looked at.
        let held = Int128(try await crowd.street.balance("exchange").units)
        let owed = money.reserves + money.coins + money.melted + money.deposits + money.fees + money.rounding
        let ordered = money.openTransfers + money.paidOut - bank.paid
        #expect(held == owed + ordered + bank.unread + bank.toReject + bank.accountKeys, comment)
    }
}
