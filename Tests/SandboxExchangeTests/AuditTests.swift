// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import GRDB
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@Suite struct AuditTests {
    @Test func booksThatWereKeptAgree() async throws {
        let folder = try ScratchFolder()
        let (fixture, _) = try await busy(folder)
        let audit = try await fixture.audit()
        #expect(audit.isSound)
        #expect(audit.counts == BookCounts(reserves: 1, withdrawals: 4, coins: 4, deposits: 2, refunds: 2, transfers: 1))
    }

    @Test func everyDepositIsListedWithItsRefundsAndItsTransfer() async throws {
        let folder = try ScratchFolder()
        let (fixture, purchases) = try await busy(folder)
        let wtid = try #require(fixture.gateway.transfers.first?.transferID)
        let wired = try #require(try await fixture.deposits(for: purchases[0].contract).first)
        #expect(wired.merchantPub == purchases[0].merchant.publicKey())
        #expect(wired.payto == purchases[0].payto)
        #expect(wired.coins.map(\.contribution).sorted(by: Self.isLess) == [amount("0.08"), amount("0.64")])
        #expect(wired.coins.map(\.refunded).sorted(by: Self.isLess) == [amount("0"), amount("0.3")])
        #expect(wired.coins.allSatisfy { $0.isWired && $0.wireTransferID == wtid })
        let waiting = try #require(try await fixture.deposits(for: purchases[1].contract).first)
        #expect(waiting.coins.count == 2)
        #expect(waiting.coins.allSatisfy { !$0.isWired && $0.wireTransferID == nil })
        #expect(try await fixture.deposits() == [wired, waiting])
    }

    @Test(arguments: [
        "UPDATE known_coin SET spent = spent - 1 WHERE spent > 0", "UPDATE known_coin SET value = value + 1",
        "UPDATE deposit_coin SET contribution = contribution + 1", "DELETE FROM refund WHERE amount = 20000000",
        "UPDATE refund SET amount = amount + 1000000000", "UPDATE transfer SET total = total + 1",
        "UPDATE transfer SET wire_fee = 0", "UPDATE transfer_coin SET refunded = 0", "UPDATE transfer SET merchant_pub = zeroblob(32)",
        "DELETE FROM transfer_coin", "DELETE FROM deposit_coin", "UPDATE reserve SET balance = balance + 1",
        "DELETE FROM withdrawal", "DELETE FROM known_coin",
    ])
    func whatIsChangedBehindItsBackIsFound(_ change: String) async throws {
        let folder = try ScratchFolder()
        let (fixture, _) = try await busy(folder)
        try Self.change(folder, change)
        #expect(try await !fixture.audit().problems.isEmpty)
    }

    @Test func aTransferThatTheBankKnowsOtherwiseIsFound() async throws {
        let folder = try ScratchFolder()
        let (fixture, _) = try await busy(folder)
        // The bank has made it, the books have forgotten it; or the other way round.
        let order = try #require(fixture.gateway.transfers.first)
        try Self.change(folder, "UPDATE transfer SET wtid = zeroblob(32)")
        let problems = try await fixture.audit().problems
        #expect(problems.count == 2)
        #expect(problems.contains { $0.contains("\(order.transferID)") })
        #expect(problems.contains { $0.contains("\(WireTransferID.zero)") })
    }

    /// Two purchases, one with refunds and paid out, the other not due yet.
    private func busy(_ folder: ScratchFolder) async throws -> (Fixture, [TestPurchase]) {
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        let coins = try await fixture.coins([amount("0.64"), amount("0.08"), amount("1.28"), amount("0.01")])
        let first = TestPurchase()
        var second = TestPurchase()
        second.wireDeadline = fixture.clock.now().advanced(bySeconds: 86_400)
        #expect(try await fixture.deposit(first.request(Array(coins[..<2]))).status == 200)
        #expect(try await fixture.deposit(second.request(Array(coins[2...]))).status == 200)
        #expect(try await fixture.refund(coins[0].pub, first.refund(coins[0].pub, amount("0.2"), id: 1)).status == 200)
        #expect(try await fixture.refund(coins[0].pub, first.refund(coins[0].pub, amount("0.1"), id: 2)).status == 200)
        #expect(try await fixture.aggregate().paid.map(\.amount) == [amount("0.4")])
        return (fixture, [first, second])
    }

    private static func isLess(_ left: Amount, _ right: Amount) -> Bool { left.units < right.units }

    private static func change(_ folder: ScratchFolder, _ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA ignore_check_constraints = ON") }
        let database = try DatabaseQueue(path: folder.path + "/exchange.sqlite", configuration: configuration)
        try database.write { database in
            try database.execute(sql: sql)
            #expect(database.changesCount > 0)
        }
        try database.close()
    }
}
