// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import Foundation
import GRDB
import HTTPCore
import Logging
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// What is paid to whom, in which order, and to which fraction.
@Suite struct AggregatorTests {
    @Test func oneMerchantWithTenThousandDepositsKeepsNobodyWaiting() async throws {
        let fixture = try await Fixture()
        let big = Books(payto: "payto://x-taler-bank/bank.test/big?receiver-name=Big", deadline: 10)
        for _ in 0..<42 { try await big.deposit(count: 250, "0.02", fee: "0.01", fixture) }
        let small = (0..<20).map { Books(payto: "payto://x-taler-bank/bank.test/s\($0)?receiver-name=S", deadline: 20 + Int64($0)) }
        for books in small { try await books.deposit(count: 1, "0.64", fee: "0.01", fixture) }
        fixture.passDeadline()
        let report = try await fixture.aggregate()
        // Ten thousand of the one who waits longest, all others in their order, and then the rest.
        #expect(report.paid.map(\.account) == [big.payto] + small.map(\.payto) + [big.payto])
        #expect(report.paid.first?.amount == amount("99.99"))
        #expect(report.paid.last?.amount == amount("4.99"))
        #expect(report.paid.dropFirst().dropLast().allSatisfy { $0.amount == amount("0.62") })
        #expect(try await fixture.aggregate() == PayoutReport())
        #expect(Set(fixture.gateway.transfers.map(\.requestUID)).count == 22)
    }

    @Test func depositsThatComeToNothingHideNoOthers() async throws {
        let fixture = try await Fixture()
        let books = Books(payto: "payto://x-taler-bank/bank.test/big?receiver-name=Big", deadline: 10)
        for _ in 0..<42 { try await books.deposit(count: 250, "0.01", fee: "0.01", fixture) }
        fixture.passDeadline()
        #expect(try await fixture.aggregate() == PayoutReport())
        var later = books
        later.deadline = 20
        try await later.deposit(count: 1, "0.64", fee: "0.01", fixture)
        #expect(try await fixture.aggregate().paid.map(\.amount) == [amount("0.62")])
        #expect(try await fixture.store.nextWireDeadline(after: .zero) == nil)
    }

    @Test func whatTheBankCannotPayIsRoundedOffAndKept() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        let purchase = TestPurchase.due()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(purchase.request([(coin, amount("0.63999999"))])).status == 200)
        fixture.passDeadline()
        let payout = try #require(try await fixture.aggregate().paid.first)
        #expect(payout.amount == amount("0.61"))
        // The merchant is told the exact sum, which follows from its deposits.
        let details: TransferDetails = try await fixture.get("/transfers/\(payout.wireTransferID)").json().decode()
        #expect(details.total == amount("0.61999999"))
        let audit = try await fixture.audit()
        #expect(audit.problems == [])
        #expect(audit.money?.rounding == 999_999)
    }

    @Test func lessThanTheBankCanPayWaitsForMore() async throws {
        let fixture = try await Fixture()
        var purchase = TestPurchase.due()
        let coins = try await fixture.coins([amount("0.02"), amount("0.02")])
        #expect(try await fixture.deposit(purchase.request([(coins[0], amount("0.01999999"))])).status == 200)
        fixture.passDeadline()
        #expect(try await fixture.aggregate() == PayoutReport())
        purchase.contract = ContractHash.random()
        #expect(try await fixture.deposit(purchase.request([(coins[1], amount("0.00000001"))])).status == 200)
        #expect(try await fixture.aggregate().paid.map(\.amount) == [amount("0.01")])
    }

    @Test func refundsBeforeThePayoutAreTakenOffAndLaterOnesRefused() async throws {
        let fixture = try await Fixture()
        let purchase = TestPurchase.due()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        fixture.passDeadline()
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2"), id: 1)).status == 200)
        #expect(try await fixture.aggregate().paid.map(\.amount) == [amount("0.42")])
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2"), id: 2)).code == 1503)
    }

    @Test func whatCannotBeReadOfOneMerchantKeepsNobodyElseWaiting() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        let fixture = try await Fixture(path: path)
        let coins = try await fixture.coins([amount("0.64"), amount("1.28")])
        let broken = TestPurchase.due()
        #expect(try await fixture.deposit(broken.request([coins[0]])).status == 200)
        try await DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE deposit SET payto_uri = 'nowhere'") }
        #expect(try await fixture.deposit(TestPurchase.due().request([coins[1]])).status == 200)
        fixture.passDeadline()
        #expect(try await fixture.aggregate().paid.map(\.amount) == [amount("1.26")])
    }

    @Test func twoProgramsAtOncePayOnce() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        let fixture = try await Fixture(path: path)
        let beside = try await ExchangeService(
            configuration: Fixture.configuration(), store: .open(at: path, currency: SharedKeys.currency),
            sender: InProcessSender([("http://bank.test/", fixture.gateway)]), clock: fixture.clock,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        for index in 0..<12 {
            try await Books(payto: "payto://x-taler-bank/bank.test/s\(index)?receiver-name=S", deadline: 10)
                .deposit(count: 3, "0.64", fee: "0.01", fixture)
        }
        fixture.passDeadline()
        _ = try await atOnce(8) { index in
            if index.isMultiple(of: 2) { return try await beside.aggregateOnce() }
            return try await fixture.service.aggregateOnce()
        }
        #expect(fixture.gateway.transfers.count == 12)
        #expect(Set(fixture.gateway.transfers.map(\.transferID)).count == 12)
        #expect(fixture.gateway.transfers.allSatisfy { $0.amount == amount("1.88") })
    }
}

/// A merchant's deposits, entered without anybody's signature.
private struct Books {
    let merchant = EdDSAPrivateKey().publicKey(as: MerchantPublicKey.self)
    let payto: String
    /// Seconds after the keys' start.
    var deadline: Int64

    init(payto: String, deadline: Int64) {
        self.payto = payto
        self.deadline = deadline
    }

    func deposit(count: Int, _ digits: String, fee: String, _ fixture: Fixture) async throws {
        let uri = try PaytoURI(payto)
        let salt = WireSalt.random()
        let denomination = try await fixture.denomination(amount("0.64"))
        let coins = (0..<count).map { _ in
            DepositCoin(
                coinPub: .random(), denominationHash: denomination.hash, value: denomination.value, denominationSignature: [1],
                contribution: amount(digits), depositFee: amount(fee), coinSignature: .zero)
        }
        _ = try await fixture.store.deposit(
            DepositBatch(
                merchantPub: merchant, contractHash: .random(), payto: payto, accountHash: NormalizedPaytoHash(of: uri),
                accountPayto: uri.normalized, wireSalt: salt, wireHash: WireHash(payto: uri, salt: salt), merchantSignature: .zero,
                timestamp: SharedKeys.start, refundDeadline: .zero, wireDeadline: SharedKeys.start.advanced(bySeconds: 3600 + deadline),
                coins: coins), at: fixture.clock.now())
    }
}
