// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import TalerWire
import Testing
import TestSupport

struct HistoryTests {
    /// Three payments, a minute after the other; the second contract is paid last.
    static func shop() async throws -> (merchant: Merchant, start: UInt64) {
        let merchant = try await Merchant()
        let clock = merchant.exchange.clock
        let start = clock.now().seconds ?? 0
        let late = try await merchant.contract(2)
        for id in [Int64(1), 3] {
            clock.advance(bySeconds: 60)
            _ = try await PaidContract(merchant, transactionID: id)
        }
        clock.advance(bySeconds: 60)
        let coin = try await merchant.exchange.coin(row: 9)
        _ = try await merchant.contract(4)
        #expect(try await merchant.pay(merchant.permission(late, [(coin, "0.5")])).status == 200)
        return (merchant, start)
    }

    static func page(_ merchant: Merchant, _ query: String) async throws -> [HistoryEntry] {
        try await merchant.send(.get, "/history?\(query)").json().decode()
    }

    @Test func paymentsAreListedWithTheNewestFirst() async throws {
        let (merchant, start) = try await Self.shop()
        let page = try await Self.page(merchant, "date=\(start)")
        #expect(page.map(\.transactionID) == [2, 3, 1])
        #expect(page.map(\.rowID) == [3, 2, 1])
        #expect(page.allSatisfy { $0.exchange == "http://exchange.test/" && $0.exchanges == nil && $0.totalAmount == amount("0.5") })
        #expect(page.map(\.timestamp.time.seconds) == [start + 180, start + 120, start + 60])
        let json = try await merchant.send(.get, "/history?date=\(start)").json().arrayValue?.first
        #expect(json?["timestamp"] == .string("/Date(\(start + 180))/"))
        #expect(json?["total_amount"] == "KUDOS:0.5")
        #expect(json?.objectValue?.names == ["row_id", "transaction_id", "exchange", "h_contract", "timestamp", "total_amount"])
    }

    @Test func onlyWhatIsAfterTheDateIsListed() async throws {
        let (merchant, start) = try await Self.shop()
        #expect(try await Self.page(merchant, "date=\(start + 60)").map(\.transactionID) == [2, 3])
        #expect(try await Self.page(merchant, "date=\(start + 180)").isEmpty)
    }

    @Test func aReaderGoesOnWhereItEnded() async throws {
        let (merchant, _) = try await Self.shop()
        #expect(try await Self.page(merchant, "date=0&delta=2").map(\.rowID) == [1, 2])
        #expect(try await Self.page(merchant, "start=2&delta=2").map(\.rowID) == [3])
        #expect(try await Self.page(merchant, "start=3&delta=2").isEmpty)
        #expect(try await Self.page(merchant, "start=3&delta=-1").map(\.rowID) == [2])
        #expect(try await Self.page(merchant, "date=0&delta=-2").map(\.rowID) == [3, 2])
    }

    @Test(arguments: [
        ("", 25, "date"), ("date=", 26, "date"), ("date=yesterday", 26, "date"), ("date=-1", 26, "date"), ("date=0&delta=0", 26, "delta"),
        ("date=0&delta=x", 26, "delta"), ("date=0&start=x", 26, "start"), ("start=-1", 26, "start"),
        ("date=99999999999999999999", 26, "date"),
    ])
    func badParametersAreNamed(query: String, code: Int, name: String) async throws {
        let answer = try await Merchant().send(.get, "/history?\(query)")
        #expect((answer.status, answer.code) == (400, code))
        #expect(try answer.json()["detail"]?.stringValue == name)
    }

    @Test func itNeedsTheToken() async throws {
        for path in ["/history?date=0", "/track/transaction?id=1", "/track/transfer?wtid=1&exchange=x"] {
            #expect(try await Merchant().send(.get, path, token: nil).status == 401)
        }
    }
}
