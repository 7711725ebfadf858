// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire
import Testing
@testable import WalletStore

@Suite struct MigrationTests {
    @Test func coinsOfAnOlderWalletAreKept() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/wallet.sqlite"
        let older = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(older, upTo: "1 reserves, coins and purchases")
        let coin = Data(repeating: 7, count: 32)
        try await older.write { database in
            try database.execute(
                sql: """
                    INSERT INTO exchange VALUES (1, 'http://exchange.test/', zeroblob(32), 'KUDOS');
                    INSERT INTO bank_account VALUES (1, 'http://bank.test/', 'a', 'b', 1);
                    INSERT INTO reserve VALUES (1, zeroblob(32), zeroblob(32), 1, 1, 'KUDOS:1', 'payto://x', 'withdrawn', NULL, 5);
                    INSERT INTO denomination VALUES (1, 1, zeroblob(64), zeroblob(200), 'KUDOS:1', 'KUDOS:0', 'KUDOS:0', 9000000000);
                    INSERT INTO purchase VALUES (1, zeroblob(64), '{}', zeroblob(64), 'http://shop.test/', 'p', NULL, 'http://shop.test/pay', 1,
                        'KUDOS:0.4', 'KUDOS:0.4', 'KUDOS:0', '', '{}', 'unresolved', 0, NULL, NULL, 6, NULL);
                    """)
            try database.execute(
                sql: "INSERT INTO coin VALUES (3, 1, 0, 1, ?, ?, zeroblob(100), 'KUDOS:0.6', 'locked')", arguments: [coin, coin])
            try database.execute(sql: "INSERT INTO purchase_coin VALUES (1, 0, 3, 'KUDOS:0.4')")
        }
        try older.close()

        let store = try WalletStore.open(at: path)
        defer { store.close() }
        let exchange = try #require(try await store.exchange(at: "http://exchange.test/"))
        let coins = try await store.coins(of: exchange)
        #expect(coins.map(\.id) == [3])
        #expect(coins.map(\.state) == [.locked])
        #expect(coins.map(\.remaining) == [try Amount("KUDOS:0.6")])
        let purchase = try #require(try await store.unresolvedPurchases().first)
        #expect(purchase.refundURL == nil)
        #expect(try await store.coins(of: purchase) == coins)
        // The references still hold: the payment ends, and its coin with it.
        _ = try await store.purchaseIsPaid(purchase, fulfillmentURL: nil, now: try Timestamp(seconds: 7))
        #expect(try await store.coins(of: exchange).map(\.remaining) == [try Amount("KUDOS:0.2")])
        let broken = try await store.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
        #expect(broken == 0)
    }
}
