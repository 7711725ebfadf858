// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import Foundation
import GRDB
import SandboxExchange
import TalerWire
import Testing

/// Whatever is changed in the books behind the exchange's back is found.
@Suite struct DamageTests {
    /// What nobody has signed, and no other number depends on.
    private static let unprovable: [String: Set<String>] = [
        "exchange": ["id", "currency"],
        // Times of our own clock are nobody's statement.
        "denomination": ["revoked"], "withdrawal": ["date"], "refund": ["date"],
        // None is revoked here; a denomination is.
        "signing_key": ["revoked", "revocation_sig"],
        // Says only that something has changed.
        "key_generation": ["id", "generation"],
        "wire_account": ["is_active"],
        // Never used: coins here have no age, and wallets no secret of that kind.
        "known_coin": ["h_age_commitment"], "refresh": ["rms", "date"], "refresh_reveal": ["rms", "date"],
        // By it the bank knows a repeat, and it does not tell.
        "transfer": ["request_uid", "prepared", "executed"],
        "merchant_account": ["access_token"], "kyc_requirement": ["id", "date", "fulfilled"],
        "rejection": ["refusal", "done"],
        // Only an order.
        "coin_event": ["id"], "reserve_event": ["id"],
    ]

    private static let tables = [
        "exchange", "signing_key", "denomination", "wire_account", "wire_fee", "global_fee", "reserve", "bank_cursor", "reserve_credit",
        "withdrawal", "known_coin", "deposit", "deposit_coin", "refund", "transfer", "transfer_coin", "merchant_account",
        "kyc_requirement", "coin_event", "reserve_event", "credit_cursor", "rejection", "unpaid_coin", "key_generation",
        "refresh", "refresh_reveal", "refresh_coin",
    ]

    @Test func everyTableIsLookedAt() async throws {
        let busy = try await BusyStreet()
        let names = try await DatabaseQueue(path: busy.books).read { database in
            try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'grdb_migrations' AND name NOT LIKE 'sqlite_%'")
        }
        #expect(names.sorted() == Self.tables.sorted())
    }

    @Test(arguments: tables) func aChangedColumnIsFound(_ table: String) async throws {
        let busy = try await BusyStreet()
        let columns = try await DatabaseQueue(path: busy.books).read { try $0.columns(in: table).map(\.name) }
        for column in columns where Self.unprovable[table]?.contains(column) != true {
            let audit = try await busy.audit { database in
                let isChanged = try Self.change(table, column, database)
                #expect(isChanged, "\(table).\(column) is empty")
            }
            #expect(!audit.isSound, "\(table).\(column)")
        }
    }

    @Test(arguments: [
        "reserve", "bank_cursor", "reserve_credit", "withdrawal", "known_coin", "deposit", "deposit_coin", "refund", "transfer",
        "transfer_coin", "unpaid_coin", "coin_event", "reserve_event", "denomination", "wire_fee",
        "refresh", "refresh_reveal", "refresh_coin",
    ])
    func aRowThatIsGoneIsFound(_ table: String) async throws {
        let busy = try await BusyStreet()
        let audit = try await busy.audit { database in
            let column = try #require(try database.columns(in: table).first?.name)
            try database.execute(sql: "DELETE FROM \(table) WHERE \(column) = (SELECT \(column) FROM \(table) LIMIT 1)")
            #expect(database.changesCount > 0)
        }
        #expect(!audit.isSound)
    }

    @Test func soundBooksAreSoundAndTheNumbersAddUp() async throws {
        let busy = try await BusyStreet()
        let audit = try await busy.audit()
        #expect(audit.problems == [])
        #expect(audit.counts == BookCounts(reserves: 2, withdrawals: 7, coins: 5, deposits: 3, refunds: 1, refreshes: 2, transfers: 2))
        let money = try #require(audit.money)
        let cent: Int128 = 1_000_000
        #expect(money.paidIn == 2000 * cent)
        // Two reserves of 10, less coins of 7.14, 0.16 and 0.32 and five withdraw fees.
        #expect(money.reserves == (2000 - 714 - 16 - 32 - 5) * cent)
        // 5.12 and 0.16 are whole, as are fresh coins of 0.16 and 0.08; 0.005 of one coin was not spent, and a refund of 0.2 gave 0.19 back.
        #expect(money.coins == (512 + 16 + 16 + 8 + 19) * cent + cent / 2)
        #expect(money.melted == 2 * cent)
        #expect(money.deposits == 2 * cent)
        #expect(money.withdrawFees == 6 * cent)
        #expect(money.refreshFees == 5 * cent)
        #expect(money.depositFees == 2 * cent)
        #expect(money.refundFees == cent)
        #expect(money.wireFees == 2 * cent)
        #expect(money.rounding == cent / 2)
        // 0.435 and 0.08, less a deposit fee and a wire fee; and 1.28 less both.
        #expect(money.paidOut + money.openTransfers == (49 + 126) * cent)
        #expect(money.total == money.paidIn)
        let bank = try #require(audit.bank)
        #expect(bank.reserveCredits == money.paidIn)
        #expect(bank.paid == (49 + 126) * cent)
        #expect(bank.accountKeys == cent)
        #expect(bank.rejected == 100 * cent)
        #expect(bank.toReject == 200 * cent)
        let table = audit.table(SharedKeys.currency)
        #expect(table.contains { $0.hasPrefix("difference ") && $0.hasSuffix(" 0.00 KUDOS") })
    }

    /// Another byte, a number one higher, or a text one letter longer, wherever the first value stands.
    private static func change(_ table: String, _ column: String, _ database: Database) throws -> Bool {
        let sql = "SELECT \"\(column)\" FROM \(table) WHERE \"\(column)\" IS NOT NULL LIMIT 1"
        guard let value = try DatabaseValue.fetchOne(database, sql: sql) else { return false }
        let other: DatabaseValue
        switch value.storage {
        case .blob(var data):
            data[data.endIndex - 1] ^= 1
            other = data.databaseValue
        case .int64(let number): other = (number + 1).databaseValue
        case .string(let text): other = (text + "x").databaseValue
        default: return false
        }
        try database.execute(sql: "UPDATE \(table) SET \"\(column)\" = ? WHERE \"\(column)\" = ?", arguments: [other, value])
        return database.changesCount > 0
    }
}
