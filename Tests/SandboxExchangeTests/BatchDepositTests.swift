// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@Suite struct BatchDepositTests {
    @Test func aDepositIsConfirmedWithTheExchangesSignature() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.08"), amount("1.28")])
        let purchase = TestPurchase()
        let request = purchase.request(coins)
        let response = try await fixture.deposit(request)
        #expect(response.status == 200)
        let answer: DepositSuccess = try response.json().decode()
        // Two coins of the three have a fee of 0.01.
        #expect(purchase.isConfirmed(answer, request, total: amount("1.98")))
        #expect(!purchase.isConfirmed(answer, request, total: amount("2")))
        #expect(answer.exchangeTimestamp == fixture.clock.now())
        let keys: ExchangeKeysResponse = try await fixture.get("/keys").json().decode()
        #expect(keys.signKeys.contains { $0.key == answer.exchangePub })
    }

    @Test func theSameDepositAgainHasTheTimeOfTheFirst() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.08")])
        let request = TestPurchase().request(coins)
        let first = try await fixture.deposit(request)
        fixture.clock.advance(bySeconds: 500)
        #expect(try await fixture.deposit(request) == first)
    }

    @Test func anotherOrderASubsetAndMoreCoinsAreConfirmedForThemselves() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.08"), amount("0.04")])
        let purchase = TestPurchase()
        let first: DepositSuccess = try await fixture.deposit(purchase.request(Array(coins[..<2]))).json().decode()
        fixture.clock.advance(bySeconds: 500)
        let variants: [([TestCoin], String)] = [([coins[1], coins[0]], "0.71"), ([coins[0]], "0.63"), (coins, "0.75")]
        for (coins, total) in variants {
            let request = purchase.request(coins)
            let answer: DepositSuccess = try await fixture.deposit(request).json().decode()
            #expect(answer.exchangeTimestamp == first.exchangeTimestamp)
            #expect(purchase.isConfirmed(answer, request, total: amount(total)))
        }
    }

    @Test func aCoinCanBeSpentInParts() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.6"))])).status == 200)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.05"))])).code == 1012)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.04"))])).status == 200)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.01"))])).code == 1012)
    }

    @Test func aContributionMayBeJustTheFee() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let purchase = TestPurchase()
        let request = purchase.request([(coin, amount("0.01"))])
        let answer: DepositSuccess = try await fixture.deposit(request).json().decode()
        #expect(purchase.isConfirmed(answer, request, total: amount("0")))
    }

    @Test func whatIsOptionalMayBeLeftOut() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.64")])
        var plain = TestPurchase()
        plain.refundDeadline = nil
        let first = plain.request([coins[0]])
        let firstAnswer: DepositSuccess = try await fixture.deposit(first).json().decode()
        #expect(plain.isConfirmed(firstAnswer, first, total: amount("0.63")))
        var rich = TestPurchase()
        rich.walletDataHash = HashCode.random()
        var second = rich.request([coins[1]])
        second.extraWireSubjectMetadata = "Shop-1.2:3"
        let secondAnswer: DepositSuccess = try await fixture.deposit(second).json().decode()
        #expect(rich.isConfirmed(secondAnswer, second, total: amount("0.63")))
    }

    @Test func twoHundredFiftySixCoinsAreOneDeposit() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins(Array(repeating: amount("0.01"), count: 256))
        let purchase = TestPurchase()
        let request = purchase.request(coins)
        let answer: DepositSuccess = try await fixture.deposit(request).json().decode()
        #expect(purchase.isConfirmed(answer, request, total: amount("2.56")))
    }

    @Test func theSameCoinTwentyTimesAtOnceIsSpentOnce() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        let coin = try await fixture.coin()
        let requests = (0..<20).map { _ in TestPurchase().request([coin]) }
        let answers = try await atOnce(20) { try await fixture.deposit(requests[$0]) }
        #expect(answers.count { $0.status == 200 } == 1)
        let refused = answers.filter { $0.status == 409 && $0.code == 1012 }
        #expect(refused.count == 19)
        #expect(try refused.allSatisfy { try $0.member("coin_pub") == coin.pub })
    }

    @Test func theSameBatchTwentyTimesAtOnceHasOneTime() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite", clock: TickingClock())
        let request = TestPurchase().request(try await fixture.coins([amount("0.64"), amount("1.28")]))
        let answers = try await atOnce(20) { _ in try await fixture.deposit(request) }
        #expect(answers.map(\.status) == Array(repeating: 200, count: 20))
        #expect(try Set(answers.map { try $0.member("exchange_timestamp", as: Timestamp.self) }).count == 1)
    }

    @Test func oneBadCoinFailsTheWholeBatch() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.64")])
        #expect(try await fixture.deposit(TestPurchase().request([coins[1]])).status == 200)
        let response = try await fixture.deposit(TestPurchase().request(coins))
        #expect(response.status == 409)
        #expect(try response.member("coin_pub") == coins[1].pub)
        #expect(try response.member("h_denom_pub") == coins[1].denomination.hash)
        // The good one is still whole.
        #expect(try await fixture.deposit(TestPurchase().request([coins[0]])).status == 200)
    }
}

/// A second later each time it is asked.
final class TickingClock: WallClock {
    private let time = Mutex(SharedKeys.start.advanced(bySeconds: 3600))

    func now() -> Timestamp {
        time.withLock { time in
            time = time.advanced(bySeconds: 1)
            return time
        }
    }
}
