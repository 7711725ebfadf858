// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import GRDB
import HTTPCore
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@Suite struct HistoryMigrationTests {
    @Test func booksFromBeforeThereWereHistoriesGetThemWhole() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        let fixture = try await Fixture(path: path)
        let (purchase, later) = (TestPurchase(), TestPurchase())
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        fixture.clock.advance(bySeconds: 10)
        for (id, value) in [(UInt64(1), "0.2"), (2, "0.1")] {
            #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount(value), id: id)).status == 200)
        }
        fixture.clock.advance(bySeconds: 10)
        #expect(try await fixture.deposit(later.request([(coin, amount("0.05"))])).status == 200)
        let reserve = try await fixture.fundedReserve(amount("10"), row: 5)
        let planchet = try TestPlanchet(coin.denomination).signed(by: reserve)
        #expect(try await fixture.post(reserve.withdrawPath, BatchWithdrawRequest(planchets: [planchet])).status == 200)
        let changes = try #require(try await fixture.store.history(of: reserve.publicKey(as: ReservePublicKey.self), after: 0))
        #expect(changes.events.count == 2)
        let uses = try #require(try await fixture.store.history(of: coin.pub, after: 0))
        #expect(uses.events.count == 4)

        // Back to the books of a program that kept no histories.
        try await DatabaseQueue(path: path).write { database in
            for event in ["coin_event_of_deposit", "coin_event_of_refund", "reserve_event_of_credit", "reserve_event_of_withdrawal"] {
                try database.execute(sql: "DROP TRIGGER \(event)")
            }
            try database.execute(sql: "DROP TABLE coin_event; DROP TABLE reserve_event")
            try database.execute(sql: "DROP TABLE refresh_coin; DROP TABLE refresh_reveal; DROP TABLE refresh")
            try database.execute(
                sql: """
                    DELETE FROM grdb_migrations
                    WHERE identifier IN ('4 coin history', '5 reserve history', '7 refreshes')
                    """)
        }
        let store = try ExchangeStore.open(at: path, currency: SharedKeys.currency)
        #expect(try await store.history(of: coin.pub, after: 0) == uses)
        #expect(try await store.history(of: reserve.publicKey(as: ReservePublicKey.self), after: 0)?.events == changes.events)
    }
}
