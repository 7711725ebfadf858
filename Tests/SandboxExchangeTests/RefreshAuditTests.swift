// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

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

@Suite struct RefreshAuditTests {
    @Test(arguments: [
        "UPDATE refresh SET amount_with_fee = amount_with_fee + 1", "UPDATE refresh SET melt_fee = melt_fee + 1",
        "UPDATE refresh SET melt_fee = 0", "UPDATE refresh SET coin_pub = (SELECT max(coin_pub) FROM known_coin)", "DELETE FROM refresh",
        "UPDATE refresh_coin SET h_denom_pub = (SELECT h_denom_pub FROM denomination ORDER BY value DESC LIMIT 1)",
        "UPDATE refresh_coin SET coin_index = 7 WHERE coin_index = 1", "DELETE FROM refresh_coin",
        "DELETE FROM coin_event WHERE refresh IS NOT NULL", "UPDATE known_coin SET spent = spent + 1 WHERE spent < value",
        "INSERT INTO coin_event (coin_pub, refresh) SELECT coin_pub, id FROM refresh",
    ])
    func whatIsChangedBehindItsBackIsFound(_ change: String) async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        let fixture = try await Fixture(path: path)
        let coin = try await fixture.coin()
        #expect(try await fixture.refreshed(try await fixture.refresh(coin, into: ["0.16", "0.08"])).count == 2)
        _ = try await fixture.melt(try await fixture.refresh(coin, into: ["0.16"]))
        // So that there is more than one coin.
        let others = try await fixture.coins([amount("0.64"), amount("0.64")], row: 2)
        for other in others { #expect(try await fixture.deposit(TestPurchase().request([(other, amount("0.1"))])).status == 200) }
        let before = try await fixture.audit()
        #expect(before == ExchangeAudit(coinCount: 3, depositCount: 2, refreshCount: 2))

        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA ignore_check_constraints = ON") }
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try await database.write { database in
            try database.execute(sql: change)
            #expect(database.changesCount > 0)
        }
        try database.close()
        #expect(try await !fixture.audit().problems.isEmpty)
    }
}
