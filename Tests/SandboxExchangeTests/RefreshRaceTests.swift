// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// Many requests at once, over a database in a file: whatever comes first, no coin is spent twice.
@Suite struct RefreshRaceTests {
    @Test func oneOfTenMeltsAndTenDepositsOfACoinWins() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        for (row, value) in ["0.64", "0.32", "0.16"].enumerated() {
            let coin = try await fixture.coin(value, row: Int64(row))
            var refreshes: [TestRefresh] = []
            for _ in 0..<10 { refreshes.append(try await fixture.refresh(coin, into: ["0.08"], melting: value)) }
            let (all, deposits) = (refreshes, (0..<10).map { _ in TestPurchase().request([coin]) })
            let answers = try await atOnce(20) { number in
                number.isMultiple(of: 2)
                    ? try await fixture.post(all[number / 2].meltPath, all[number / 2].melt())
                    : try await fixture.deposit(deposits[number / 2])
            }
            #expect(answers.count { $0.status == 200 } == 1)
            #expect(answers.count { $0.status == 409 && $0.code == 1012 } == 19)
        }
        let audit = try await fixture.audit()
        #expect(audit.problems.isEmpty)
        #expect(audit.depositCount + audit.refreshCount == 3)
    }

    @Test func partsOfACoinNeverComeToMoreThanIt() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        let coin = try await fixture.coin()
        let melted = ["0.11", "0.17", "0.23", "0.31", "0.37"]
        let paid = ["0.05", "0.13", "0.19", "0.29", "0.41"]
        var refreshes: [TestRefresh] = []
        for value in melted { refreshes.append(try await fixture.refresh(coin, into: ["0.08"], melting: value)) }
        let (all, deposits) = (refreshes, paid.map { TestPurchase().request([(coin, amount($0))]) })
        let answers = try await atOnce(10) { number in
            (
                value: amount((melted + paid)[number]),
                response: number < 5
                    ? try await fixture.post(all[number].meltPath, all[number].melt()) : try await fixture.deposit(deposits[number - 5])
            )
        }
        let accepted = answers.filter { $0.response.status == 200 }
        let spent = try Amount.sum(accepted.map(\.value), in: SharedKeys.currency)
        #expect(try spent.compare(amount("0.64")) <= 0)
        let history = try #require(try await fixture.store.history(of: coin.pub, after: 0))
        #expect(try history.balance.adding(spent) == amount("0.64"))
        #expect(history.events.count == accepted.count)
        #expect(try await fixture.audit().problems.isEmpty)
    }

    @Test func theSameMeltTwentyTimesAtOnceHasOneIndex() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        for row in 0..<3 {
            let refresh = try await fixture.refresh(try await fixture.coin(row: Int64(row)), into: ["0.32", "0.16"])
            let answers = try await atOnce(20) { _ in try await fixture.post(refresh.meltPath, refresh.melt()) }
            #expect(answers.map(\.status) == Array(repeating: 200, count: 20))
            #expect(try Set(answers.map { try $0.json() }).count == 1)
        }
        #expect(try await fixture.audit().refreshCount == 3)
    }

    @Test func theSameRevealTenTimesAtOnceHasTheSameSignatures() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.32", "0.16"])
        let hidden = try await fixture.melt(refresh)
        let answers = try await atOnce(10) { _ in try await fixture.post(refresh.revealPath, refresh.reveal(hiding: hidden)) }
        #expect(answers.map(\.status) == Array(repeating: 200, count: 10))
        #expect(try Set(answers.map { try $0.json() }).count == 1)
        #expect(try refresh.coins(hiding: hidden, try answers[0].json().decode()).count == 2)
        #expect(try await fixture.audit().problems.isEmpty)
    }
}
