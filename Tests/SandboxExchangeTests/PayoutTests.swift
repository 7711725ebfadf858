// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
@testable import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@Suite struct PayoutTests {
    let purchase = TestPurchase.due()

    @Test func nothingIsPaidBeforeTheWireDeadline() async throws {
        let (fixture, coin) = try await paid()
        #expect(try await fixture.aggregate() == PayoutReport())
        #expect(fixture.gateway.transfers.isEmpty)
        fixture.passDeadline()
        #expect(try await fixture.aggregate().paid.map(\.amount) == [amount("0.62")])
        #expect(await fixture.get(purchase.trackTarget(coin.pub)).status == 200)
    }

    @Test func aDemonstrationNeedNotWaitForTheDeadline() async throws {
        let (fixture, _) = try await paid()
        #expect(try await fixture.aggregate(dueBy: .never).paid.map(\.amount) == [amount("0.62")])
    }

    @Test func theBankIsToldWhomToPayAndForWhat() async throws {
        let fixture = try await Fixture()
        var request = purchase.request([try await fixture.coin("5.12")])
        request.extraWireSubjectMetadata = "Shop-1.2:3"
        #expect(try await fixture.deposit(request).status == 200)
        let report = try await fixture.aggregate(dueBy: .never)
        let transfer = try #require(fixture.gateway.transfers.first)
        #expect(fixture.gateway.transfers.count == 1)
        #expect(transfer.amount == amount("5.10"))
        #expect(transfer.creditAccount == purchase.payto)
        #expect(transfer.exchangeBaseURL == "http://exchange.test/")
        #expect(transfer.metadata == "Shop-1.2:3")
        #expect(report.paid == [.init(wireTransferID: transfer.transferID, amount: amount("5.10"), account: purchase.payto)])
    }

    @Test func oneTransferPaysAllOfAMerchantAndAnotherTheNext() async throws {
        let fixture = try await Fixture()
        var second = purchase
        second.contract = ContractHash.random()
        second.salt = WireSalt.random()
        let coins = try await fixture.coins([amount("0.64"), amount("0.08"), amount("1.28"), amount("2.56")])
        #expect(try await fixture.deposit(purchase.request(Array(coins[..<2]))).status == 200)
        #expect(try await fixture.deposit(second.request([coins[2]])).status == 200)
        #expect(try await fixture.deposit(TestPurchase.due().request([coins[3]])).status == 200)
        fixture.passDeadline()
        #expect(try await Set(fixture.aggregate().paid.map(\.amount)) == [amount("1.97"), amount("2.54")])
        #expect(try await fixture.aggregate() == PayoutReport())
        #expect(fixture.gateway.transfers.count == 2)
    }

    @Test func subjectsThatDifferAreTransfersOfTheirOwn() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("1.28")])
        var other = purchase
        other.contract = ContractHash.random()
        var marked = other.request([coins[1]])
        marked.extraWireSubjectMetadata = "B"
        #expect(try await fixture.deposit(purchase.request([coins[0]])).status == 200)
        #expect(try await fixture.deposit(marked).status == 200)
        try await fixture.aggregate(dueBy: .never)
        #expect(Set(fixture.gateway.transfers.map(\.metadata)) == [nil, "B"])
    }

    @Test func whatTheWireFeeWouldEatWaitsForMore() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.01"), amount("0.02")])
        #expect(try await fixture.deposit(purchase.request([coins[0]])).status == 200)
        fixture.passDeadline()
        #expect(try await fixture.aggregate() == PayoutReport())
        #expect(await fixture.get(purchase.trackTarget(coins[0].pub)).status == 202)
        var more = purchase
        more.contract = ContractHash.random()
        #expect(try await fixture.deposit(more.request([coins[1]])).status == 200)
        #expect(try await fixture.aggregate().paid.map(\.amount) == [amount("0.02")])
    }

    @Test func aLostAnswerOfTheBankNeverPaysTwice() async throws {
        let (fixture, coin) = try await paid()
        fixture.passDeadline()
        fixture.gateway.loseAnswers(2)
        for _ in 0..<2 {
            let report = try await fixture.aggregate()
            #expect(report.paid.isEmpty)
            #expect(report.openCount == 1)
            #expect(await fixture.get(purchase.trackTarget(coin.pub)).status == 202)
        }
        // It may have been paid, so it cannot be refunded.
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2"))).code == 1503)
        #expect(try await fixture.aggregate().paid.count == 1)
        #expect(fixture.gateway.transfers.count == 1)
        #expect(await fixture.get(purchase.trackTarget(coin.pub)).status == 200)
    }

    @Test func aTransferSurvivesTheEndOfTheProcess() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        let before = try await Fixture(path: path)
        #expect(try await before.deposit(purchase.request([try await before.coin()])).status == 200)
        before.gateway.loseAnswers(1)
        #expect(try await before.aggregate(dueBy: .never).openCount == 1)
        let after = try await Fixture(path: path)
        #expect(try await after.aggregate().paid.count == 1)
        #expect(after.gateway.transfers == before.gateway.transfers)
    }

    @Test func anAccountThatTheBankDoesNotKnowKeepsNobodyElseWaiting() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("1.28")])
        var lost = purchase
        lost.payto = "payto://x-taler-bank/bank.test/nobody?receiver-name=Nobody"
        fixture.gateway.refuse(account: lost.payto)
        #expect(try await fixture.deposit(lost.request([coins[0]])).status == 200)
        #expect(try await fixture.deposit(TestPurchase.due().request([coins[1]])).status == 200)
        let report = try await fixture.aggregate(dueBy: .never)
        #expect(report.paid.map(\.amount) == [amount("1.26")])
        #expect(report.openCount == 1)
    }

    @Test func manyRoundsAtOncePayOnce() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        for row in 1...5 {
            #expect(try await fixture.deposit(TestPurchase.due().request([try await fixture.coin(row: Int64(row))])).status == 200)
        }
        fixture.passDeadline()
        _ = try await atOnce(10) { _ in try await fixture.aggregate() }
        #expect(fixture.gateway.transfers.count == 5)
        #expect(Set(fixture.gateway.transfers.map(\.transferID)).count == 5)
    }

    @Test func moreThanAThousandDepositsAreOneTransfer() async throws {
        let fixture = try await Fixture()
        for row in 1...4 {
            var part = purchase
            part.contract = ContractHash.random()
            let coins = try await fixture.coins(Array(repeating: amount("0.01"), count: 255), row: Int64(row))
            #expect(try await fixture.deposit(part.request(coins)).status == 200)
        }
        let payout = try #require(try await fixture.aggregate(dueBy: .never).paid.first)
        #expect(payout.amount == amount("10.19"))
        let details: TransferDetails = try await fixture.get("/transfers/\(payout.wireTransferID)").json().decode()
        #expect(details.deposits.count == 1020)
    }

    @Test func aServingExchangePaysByItself() async throws {
        let fixture = try await Fixture()
        let service = fixture.service
        let run = Task { await service.run() }
        var due = purchase
        due.refundDeadline = nil
        due.wireDeadline = fixture.clock.now()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(due.request([coin])).status == 200)
        #expect(await fixture.get(due.trackTarget(coin.pub, "&timeout_ms=60000&lpt=2")).status == 200)
        service.stop()
        await run.value
    }

    @Test func aServingExchangeWakesWhenSomethingBecomesDueAndAsksADeadBankAgain() async throws {
        let (fixture, coin) = try await paid()
        let wait = purchase.wireDeadline.seconds.flatMap { deadline in fixture.clock.now().seconds.map { deadline - $0 } }
        fixture.gateway.fail(2)
        let pauses = Mutex<[Duration]>([])
        let bells = fixture.service.bells
        let clock = fixture.clock
        let loop = PayoutLoop(fixture.service.aggregator, logger: LogRecorder().logger) { duration in
            let count = pauses.withLock { pauses in
                pauses.append(duration)
                return pauses.count
            }
            // The first pause ends at the deadline; when all is paid the loop waits for good.
            if count == 1 { clock.advance(bySeconds: duration.components.seconds) }
            if count > 3 { try await Task.sleep(for: .seconds(3600)) }
        }
        let run = Task { await loop.run() }
        #expect(await fixture.get(purchase.trackTarget(coin.pub, "&timeout_ms=60000&lpt=2")).status == 200)
        run.cancel()
        await run.value
        let taken = pauses.withLock { $0 }
        #expect(taken.first == .seconds(try #require(wait)))
        #expect(taken.count >= 3)
        // Two failures, each followed by a short pause.
        #expect(taken[1] < .seconds(2) && taken[2] < .seconds(3))
        bells.close()
    }

    private func paid() async throws -> (Fixture, TestCoin) {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        return (fixture, coin)
    }
}
