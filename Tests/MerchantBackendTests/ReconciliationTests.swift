// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeFixture
import HTTPCore
import MerchantAPI
@testable import MerchantBackend
import MerchantStore
import TalerCrypto
import TalerWire
import Testing
import TestSupport

/// From the exchange's payout to the order that is wired.
struct ReconciliationTests {
    let bank = RevenueBank()

    /// A payment whose money the exchange has sent; the bank has not told yet.
    func wired(_ merchant: Merchant? = nil, transactionID: Int64 = 1) async throws -> PaidContract {
        let merchant = if let merchant { merchant } else { try await Merchant(bank: bank) }
        let paid = try await PaidContract(merchant, coins: [("0.64", "0.4"), ("0.16", "0.12")], transactionID: transactionID)
        try await paid.wire()
        return paid
    }

    @Test func aCreditLeadsToItsTransferAndTheTransferToTheOrder() async throws {
        let paid = try await wired()
        bank.deliver(paid.merchant.exchange)
        #expect(try await paid.order().state == .paid)
        try await paid.merchant.reconcile()
        let order = try await paid.order()
        #expect(order.state == .wired)
        let transfer = try #require(order.transfers?.first)
        #expect(order.transfers?.count == 1)
        #expect(transfer.amount == amount("0.5"))
        #expect(transfer.total == amount("0.49"))
        #expect(transfer.wireFee == amount("0.01"))
        #expect(transfer.confirmedBy == .bank)
        #expect(transfer.arrivedAt == paid.merchant.exchange.clock.now())
        // The bank's word and the exchange's list are enough: no coin was asked about.
        #expect(paid.questions == 0)
        let report = try await paid.report()
        #expect(!report.needsAttention)
        #expect((report.transferCount, report.confirmedCount, report.openCreditCount) == (1, 1, 0))
    }

    @Test func aTransferForSeveralOrdersGivesEachItsShare() async throws {
        let merchant = try await Merchant(bank: bank)
        let first = try await PaidContract(merchant)
        let second = try await PaidContract(merchant, price: "0.6", coins: [("0.64", "0.61")], transactionID: 2)
        try await second.wire()
        bank.deliver(merchant.exchange)
        try await merchant.reconcile()
        #expect(try await first.order().transfers?.map(\.amount) == [amount("0.49")])
        #expect(try await second.order().transfers?.map(\.amount) == [amount("0.6")])
        #expect(try await second.order().transfers?.map(\.total) == [amount("1.08")])
        #expect(try await first.order().state == .wired)
    }

    @Test func aCreditThatIsToldTwiceIsOne() async throws {
        let paid = try await wired()
        bank.deliver(paid.merchant.exchange)
        bank.ignoreStart()
        for _ in 0..<3 { try await paid.merchant.reconcile() }
        let report = try await paid.report()
        #expect((report.confirmedCount, report.duplicateCount, report.unknownCount) == (1, 0, 0))
        #expect(paid.merchant.wire.count(containing: "/transfers/") == 1)
    }

    @Test func aLongHistoryIsReadPageByPage() async throws {
        for number in 1...7 { bank.add("rent \(number)", amount("100")) }
        let paid = try await wired()
        bank.deliver(paid.merchant.exchange)
        for _ in 0..<2 { _ = try await paid.merchant.readBank() }
        #expect(try await paid.order().state == .paid)
        try await paid.merchant.reconcile()
        #expect(try await paid.order().state == .wired)
        #expect(try await paid.report().unknownCount == 7)
        #expect(try await !paid.report().needsAttention)
    }

    @Test func aRestartBetweenBankAndExchangeLosesNothing() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/merchant.sqlite"
        let first = try await Merchant(store: .open(at: path), bank: bank)
        let paid = try await wired(first)
        bank.deliver(first.exchange)
        #expect(try await first.readBank() == 1)
        first.store.close()

        let second = try await Merchant(exchange: first.exchange, store: .open(at: path), key: first.key, bank: bank)
        #expect(try await second.readBank() == 0)
        await second.service.reconciler.workOnCredits()
        #expect(try await second.order(paid.contract).state == .wired)
    }

    @Test func theBanksDownTimeIsWaitedFor() async throws {
        let paid = try await wired()
        bank.deliver(paid.merchant.exchange)
        bank.fail(1)
        await #expect(throws: BankClientError.self) { try await paid.merchant.readBank() }
        try await paid.merchant.reconcile()
        #expect(try await paid.order().state == .wired)
    }

    @Test(arguments: ["merchant_pub", "h_payto"])
    func anAnswerThatWasChangedOnItsWayDoesNotSayWhoseTransferItIs(member: String) async throws {
        let paid = try await wired()
        bank.deliver(paid.merchant.exchange)
        paid.merchant.wire.plan(.changed { Lie.about(member, in: $0) }, containing: "/transfers/")
        try await paid.merchant.reconcile()
        #expect(try await paid.report().openCreditCount == 1)
        paid.merchant.exchange.clock.advance(bySeconds: 60)
        try await paid.merchant.reconcile()
        #expect(try await paid.order().state == .wired)
    }

    @Test func theExchangesDownTimeIsWaitedFor() async throws {
        let paid = try await wired()
        bank.deliver(paid.merchant.exchange)
        paid.merchant.wire.plan(.unreachable, containing: "/transfers/")
        try await paid.merchant.reconcile()
        #expect(try await paid.order().state == .paid)
        #expect(try await paid.report().openCreditCount == 1)
        // Not before its time.
        try await paid.merchant.reconcile()
        #expect(paid.merchant.wire.count(containing: "/transfers/") == 1)
        paid.merchant.exchange.clock.advance(bySeconds: 60)
        try await paid.merchant.reconcile()
        #expect(try await paid.order().state == .wired)
    }

    @Test func anotherAmountIsReportedAndDoesNotCount() async throws {
        let paid = try await wired()
        let transfer = try #require(paid.merchant.exchange.gateway.transfers.first)
        bank.add("\(transfer.transferID) http://exchange.test/", amount("0.48"))
        try await paid.merchant.reconcile()
        let order = try await paid.order()
        #expect(order.state == .paid)
        #expect(order.transfers?.map(\.confirmedBy) == [.exchange])
        let report = try await paid.report()
        #expect(report.needsAttention)
        #expect(report.wrongAmounts.map(\.total) == [amount("0.49")])
        #expect(report.wrongAmounts.map(\.credit.credit.amount) == [amount("0.48")])

        // The right one may still come.
        bank.deliver(paid.merchant.exchange)
        try await paid.merchant.reconcile()
        #expect(try await paid.order().state == .wired)
        #expect(try await paid.report().wrongAmountCount == 1)
    }

    @Test func aSecondCreditOfATransferIsReported() async throws {
        let paid = try await wired()
        bank.deliver(paid.merchant.exchange)
        bank.deliver(paid.merchant.exchange)
        try await paid.merchant.reconcile()
        #expect(try await paid.order().state == .wired)
        #expect(try await paid.report().duplicateCount == 1)
    }

    @Test func aStrangersAddressInASubjectIsNeverAsked() async throws {
        let paid = try await wired()
        let transfer = try #require(paid.merchant.exchange.gateway.transfers.first)
        bank.add("\(transfer.transferID) http://evil.test/", transfer.amount)
        bank.add("\(WireTransferID.random()) http://exchange.test.evil.test/", amount("1"))
        try await paid.merchant.reconcile()
        #expect(paid.merchant.wire.count(containing: "/transfers/") == 0)
        #expect(paid.merchant.wire.count(containing: "evil") == 0)
        #expect(try await paid.report().unknownCount == 2)
        #expect(try await paid.order().state == .paid)
    }

    @Test func aSubjectWithoutAnAddressIsAskedForAtTheConfiguredExchanges() async throws {
        let paid = try await wired()
        let transfer = try #require(paid.merchant.exchange.gateway.transfers.first)
        bank.add("\(transfer.transferID)", transfer.amount)
        try await paid.merchant.reconcile()
        #expect(try await paid.order().state == .wired)
    }

    @Test func aTransferThatNoExchangeKnowsIsUnknownAfterSomeTime() async throws {
        let paid = try await wired()
        bank.add("\(WireTransferID.random()) http://exchange.test/", amount("1"), date: paid.merchant.exchange.clock.now())
        try await paid.merchant.reconcile()
        #expect(try await paid.report().openCreditCount == 1)
        paid.merchant.exchange.clock.advance(bySeconds: 3 * PaidContract.day)
        try await paid.merchant.reconcile()
        let report = try await paid.report()
        #expect((report.openCreditCount, report.unknownCount, report.conflictCount) == (0, 1, 0))
    }

    @Test func theNumberOfSomebodyElsesTransferProvesNothing() async throws {
        let other = try await wired(Merchant())
        let id = try #require(other.merchant.exchange.gateway.transfers.first?.transferID)
        let merchant = try await Merchant(exchange: other.merchant.exchange, bank: bank)
        bank.add("\(id) http://exchange.test/", amount("0.49"))
        try await merchant.reconcile()
        let report = try await merchant.service.reconciler.report()
        #expect((report.unknownCount, report.conflictCount, report.transferCount) == (1, 0, 0))
    }

    @Test func aListThatContradictsTheBooksIsReportedWithItsCredit() async throws {
        let paid = try await wired()
        bank.deliver(paid.merchant.exchange)
        let signer = try await Lie.signer()
        paid.merchant.wire.plan(.changed { SignedLie.value.told(instead: $0, by: signer) }, containing: "/transfers/")
        try await paid.merchant.reconcile()
        #expect(try await paid.order().state == .paid)
        let report = try await paid.report()
        #expect(report.conflicts.map(\.kind) == ["other_value"])
        #expect(report.conflicts.map { $0.coinPub.map(paid.coins.map(\.pub).contains) } == [true])
        // The owner has it looked at again, and now the exchange tells the truth.
        let id = try #require(paid.merchant.exchange.gateway.transfers.first?.transferID)
        #expect(await paid.merchant.trackTransfer(id).status == 200)
        #expect(try await paid.order().state == .wired)
        #expect(try await !paid.report().needsAttention)
    }

    @Test func withoutABankTheExchangeIsAskedAfterTheDeadline() async throws {
        let merchant = try await Merchant()
        let paid = try await PaidContract(merchant, coins: [("0.64", "0.4"), ("0.16", "0.12")])
        await merchant.service.reconciler.inquire()
        #expect(paid.questions == 0)
        try await paid.wire()
        await merchant.service.reconciler.inquire()
        let order = try await paid.order()
        #expect(order.state == .wired)
        #expect(order.transfers?.map(\.confirmedBy) == [.exchange])
        // One coin leads to the list that has the other.
        #expect(paid.questions == 1)
        await merchant.service.reconciler.inquire()
        #expect(paid.questions == 1)
    }

    @Test func withABankTheExchangesWordAloneIsNotEnough() async throws {
        let paid = try await wired()
        await paid.merchant.service.reconciler.inquire()
        let order = try await paid.order()
        #expect(order.state == .paid)
        #expect(order.transfers?.map(\.confirmedBy) == [.exchange])
        #expect(try await paid.report().undeliveredCount == 0)
        paid.merchant.exchange.clock.advance(bySeconds: 3 * PaidContract.day)
        #expect(try await paid.report().undelivered.map(\.total) == [amount("0.49")])
        // It arrives late, and its credit is known at once.
        bank.deliver(paid.merchant.exchange)
        _ = try await paid.merchant.readBank()
        #expect(try await paid.order().state == .wired)
        #expect(try await !paid.report().needsAttention)
    }

    @Test func whatIsNotWiredIsMissingAfterTheGraceWithWhatTheExchangeSays() async throws {
        let merchant = try await Merchant()
        let paid = try await PaidContract(merchant)
        let clock = merchant.exchange.clock
        clock.advance(bySeconds: PaidContract.day + 3600)
        await merchant.service.reconciler.inquire()
        #expect(paid.questions == 1)
        #expect(try await paid.report().missingCount == 0)
        // The distance between two questions grows.
        await merchant.service.reconciler.inquire()
        #expect(paid.questions == 1)
        clock.advance(bySeconds: 61)
        await merchant.service.reconciler.inquire()
        #expect(paid.questions == 2)
        clock.advance(bySeconds: 61)
        await merchant.service.reconciler.inquire()
        #expect(paid.questions == 2)

        clock.advance(bySeconds: 2 * PaidContract.day)
        let report = try await paid.report()
        #expect(report.needsAttention)
        #expect(report.missing.map(\.transactionID) == [1])
        #expect(report.missing.map(\.amount) == [amount("0.49")])
        #expect(report.missing.first?.pending?["kyc_ok"] == true)

        try await merchant.exchange.aggregate()
        await merchant.service.reconciler.inquire()
        #expect(try await paid.order().state == .wired)
        #expect(try await paid.report().missingCount == 0)
    }

    @Test func whatWasRefundedWholeIsNotMissing() async throws {
        let merchant = try await Merchant()
        let paid = try await PaidContract(merchant)
        #expect(try await paid.refunded("0.5").givenAmount == amount("0.5"))
        merchant.exchange.clock.advance(bySeconds: 9 * PaidContract.day)
        await merchant.service.reconciler.inquire()
        #expect(paid.questions == 0)
        #expect(try await paid.report().missingCount == 0)
        #expect(try await paid.order().state == .refunded)
    }

    @Test func aDeadExchangeIsAskedOnceALook() async throws {
        let merchant = try await Merchant()
        for id in Int64(1)...3 { _ = try await PaidContract(merchant, transactionID: id) }
        merchant.exchange.clock.advance(bySeconds: 2 * PaidContract.day)
        for _ in 0..<3 { merchant.wire.plan(.unreachable, containing: "/deposits/") }
        await merchant.service.reconciler.inquire()
        #expect(merchant.wire.count(containing: "/deposits/") == 1)
    }

    @Test func itWorksByItselfUntilItIsStopped() async throws {
        let paid = try await wired()
        bank.deliver(paid.merchant.exchange)
        var reconciler = paid.merchant.service.reconciler
        // Both of its loops end when they have nothing more to do.
        reconciler.pause = { _ in throw CancellationError() }
        await reconciler.run()
        #expect(try await paid.order().state == .wired)
    }
}

extension Merchant {
    /// - Returns: how many rows the bank had.
    func readBank() async throws -> Int {
        var rows = 0
        for account in service.reconciler.settings.accounts { rows += try await service.reconciler.feed(of: account).step() }
        return rows
    }

    /// Reads the bank to the end, and asks exchanges about what came.
    func reconcile() async throws {
        for _ in 0..<5 { _ = try await readBank() }
        await service.reconciler.workOnCredits()
    }
}
