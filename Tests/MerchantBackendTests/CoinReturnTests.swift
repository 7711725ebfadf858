// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import Foundation
import GRDB
import HTTPCore
import MerchantAPI
import MerchantBackend
import MerchantCore
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@testable import MerchantStore

/// Coins that paid for nothing are given back without anybody asking.
struct CoinReturnTests {
    let merchant: Merchant
    let returns: any CoinReturns

    init() async throws {
        merchant = try await Merchant()
        returns = merchant.service.refunds
    }

    /// A contract with an accepted deposit that did not pay it.
    func partiallyPaid() async throws -> (ContractResponse, StoredContract, TestCoin) {
        let paid = try await PaidContract(merchant)
        try await merchant.store.unpay(paid.contract.contractHash)
        return (paid.contract, try #require(try await merchant.store.contract(paid.contract.contractHash)), paid.coins[0])
    }

    @Test func everythingOfAnUnpaidContractIsGivenBack() async throws {
        let (contract, stored, coin) = try await partiallyPaid()
        #expect(try await merchant.order(contract).state == .partiallyPaid)
        try await returns.giveBackEverything(of: stored)
        var list: RefundList
        repeat {
            list = try await merchant.send(.get, "/refund?H_contract=\(contract.contractHash)&timeout_ms=60000").json().decode()
        } while list.refunds.contains { $0.status == .open }
        #expect(list.refunds.map(\.status) == [.accepted])
        #expect(list.refunds.map(\.origin) == ["backend"])
        #expect(list.refundAmount.isZero)
        #expect(list.givenAmount == amount("0.5"))
        #expect(try await merchant.exchange.deposit(TestPurchase().request([(coin, amount("0.63"))])).status == 200)
        let book = try await merchant.store.refundBook(of: stored)
        #expect(book.isEverythingGivenBack)
        merchant.exchange.clock.advance(bySeconds: 3601)
        // Nobody has paid: a shop must not take it for a refunded sale.
        #expect(try await merchant.order(contract).state == .expired)
    }

    @Test func aRepeatGivesNothingMore() async throws {
        let (_, stored, _) = try await partiallyPaid()
        for _ in 0..<3 { try await returns.giveBackEverything(of: stored) }
        #expect(try await merchant.store.refundBook(of: stored).parts.count == 1)
    }

    @Test func aContractThatIsGivenBackTakesNoMoreCoins() async throws {
        let (contract, stored, _) = try await partiallyPaid()
        let before = try await merchant.store.progress(of: stored)
        try await returns.giveBackEverything(of: stored)
        let other = try await merchant.permission(contract, [(merchant.exchange.coin("0.64", row: 2), "0.5")])
        let answer = try await merchant.pay(other)
        #expect(answer.code == 2161, "\(answer.text)")
        // Nor those of a permission that was judged before and comes to the books only now.
        let late = try await merchant.store.record(
            NewPermission(coinSet: CoinSet([]), intents: []), for: stored, after: before, wireDeadline: stored.wireDeadline ?? .zero,
            now: merchant.exchange.clock.now())
        #expect(late == .failure(.moved(try await merchant.store.progress(of: stored))))
    }

    @Test func nothingIsGivenBackWhileCoinsAreUnderWay() async throws {
        let (contract, stored, _) = try await partiallyPaid()
        merchant.wire.plan(.answerLost)
        let other = try await merchant.permission(contract, [(merchant.exchange.coin("0.64", row: 2), "0.5")])
        _ = try await merchant.pay(other)
        try await returns.giveBackEverything(of: stored)
        #expect(try await merchant.store.refundBook(of: stored).parts.isEmpty)
    }

    @Test func aContractThatIsPaidAfterAllIsLeftAlone() async throws {
        let paid = try await PaidContract(merchant)
        let stored = try #require(try await merchant.store.contract(paid.contract.contractHash))
        try await returns.giveBackEverything(of: stored)
        #expect(try await paid.list().refunds.isEmpty)
    }

    @Test func coinsOnTopOfThePriceAreGivenBackAndThePriceCanStillBeRefunded() async throws {
        let paid = try await PaidContract(merchant)
        let stored = try #require(try await merchant.store.contract(paid.contract.contractHash))
        let late = EdDSAPrivateKey().publicKey(as: CoinPublicKey.self)
        let intentID = try await merchant.store.addAcceptedIntent(to: stored, coin: late)
        let intent = try await merchant.store.intent(id: intentID)
        merchant.wire.plan(.unreachable, for: "\(late)/refund")
        try await returns.giveBackSurplus(intent, of: stored)
        try await returns.giveBackSurplus(intent, of: stored)
        let book = try await merchant.store.refundBook(of: stored)
        #expect(book.parts.map(\.coinPub) == [late])
        #expect(book.parts.map(\.amount) == [amount("0.5")])
        #expect(book.asked.isZero)
        let all = try await paid.refunded("0.5")
        #expect(all.refunds.map(\.coinPub) == [late, paid.coins[0].pub])
        #expect(all.refundAmount == amount("0.5"))
    }

    @Test func coinsWithoutWhichALaterPermissionPaidAreGivenBack() async throws {
        let (contract, stored, first) = try await partiallyPaid()
        let second = try await merchant.exchange.coin("0.64", row: 2)
        #expect(try await merchant.pay(merchant.permission(contract, [(second, "0.5")])).status == 200)
        for _ in 0..<2 { await merchant.service.expiredPayments.round() }
        var list: RefundList
        repeat {
            list = try await merchant.send(.get, "/refund?H_contract=\(contract.contractHash)&timeout_ms=60000").json().decode()
        } while list.refunds.contains { $0.status == .open }
        #expect(list.refunds.map(\.coinPub) == [first.pub])
        #expect(list.refunds.map(\.status) == [.accepted])
        #expect(list.refunds.map(\.origin) == ["backend"])
        #expect(list.givenAmount == amount("0.5"))
        #expect(try await merchant.order(contract).state == .paid)
        // The price itself can be refunded as ever.
        let request: JSONValue = ["H_contract": contract.contractHash.json, "refund": "KUDOS:0.5"]
        let all: RefundList = try await merchant.send(.post, "/refund", request).json().decode()
        #expect(all.refunds.map(\.coinPub) == [first.pub, second.pub])
        #expect(try await merchant.store.refundBook(of: stored).isEverythingGivenBack)
    }

    @Test func coinsWithWhichALaterPermissionPaidAreKept() async throws {
        _ = try await PaidContract(merchant)
        let contract = try await merchant.contract(2, price: "1")
        let stored = try #require(try await merchant.store.contract(contract.contractHash))
        let first = EdDSAPrivateKey().publicKey(as: CoinPublicKey.self)
        try await merchant.store.addAcceptedPart(to: stored, coin: first, contribution: "KUDOS:0.5")
        let second = try await merchant.exchange.coin("0.64", row: 2)
        let answer = try await merchant.pay(merchant.permission(contract, [(second, "0.53")]))
        #expect(answer.status == 200, "\(answer.text)")
        #expect(await merchant.service.expiredPayments.round() == 0)
        #expect(try await merchant.store.refundBook(of: stored).parts.isEmpty)
    }

    @Test func anExchangeThatIsDeadDoesNotHoldUpAnother() async throws {
        let paid = try await PaidContract(merchant, price: "1", coins: [("0.64", "0.64"), ("0.64", "0.38")])
        let stored = try #require(try await merchant.store.contract(paid.contract.contractHash))
        let now = merchant.exchange.clock.now()
        _ = try await merchant.store.recordRefund(of: stored, to: amount("1"), reason: "", fees: [:], step: amount("0.01"), now: now)
        try await merchant.store.moveRefunds(of: paid.coins[0].pub, to: "http://dead.test/")
        for _ in 0..<3 { _ = await paid.refund("1") }
        #expect(try await paid.list().refunds.map(\.status) == [.open, .accepted])
        #expect(merchant.wire.count("\(paid.coins[1].pub)/refund") == 1)
        // The delay grows for the dead exchange alone.
        #expect(merchant.refundRetries.asked == [1, 2, 3])
        #expect(try await paid.order().refunds?.first?.details?.mayHaveReached == false)
    }

    @Test func feesThatARowDoesNotHoldComeFromTheExchangesKeys() async throws {
        let paid = try await PaidContract(merchant)
        try await merchant.store.forgetRefundFees()
        #expect(await paid.refund("0.01").code == 2530)
        #expect(try await paid.refunded("0.02").refunds.map(\.status) == [.accepted])
    }
}

/// States that only a fault, or a former version, leaves behind.
extension MerchantStore {
    fileprivate func unpay(_ contract: ContractHash) async throws {
        try await database.write { database in
            try database.execute(
                sql: "DELETE FROM payment WHERE contract_id = (SELECT id FROM contract WHERE h_contract = ?)",
                arguments: [Data(contract.bytes)])
            try database.execute(
                sql: "UPDATE contract SET paid_at = NULL, payment_sig = NULL WHERE h_contract = ?", arguments: [Data(contract.bytes)])
        }
    }

    /// From now on the coin's refunds go to an exchange of another address.
    fileprivate func moveRefunds(of coin: CoinPublicKey, to exchange: String) async throws {
        try await database.write { database in
            try database.execute(
                sql: "UPDATE refund SET exchange_url = ? WHERE coin_pub = ?", arguments: [exchange, Data(coin.bytes)])
        }
    }

    fileprivate func forgetRefundFees() async throws {
        try await database.write { try $0.execute(sql: "UPDATE intent_coin SET refund_fee = NULL") }
    }

    /// An accepted deposit that did not pay the contract, of a permission of its own; the evidence is another contract's.
    fileprivate func addAcceptedPart(to contract: StoredContract, coin: CoinPublicKey, contribution: String) async throws {
        try await database.write { database in
            try database.execute(
                sql: "INSERT INTO permission (contract_id, coin_set, created) VALUES (?, ?, 0)",
                arguments: [contract.id, "\(coin)=\(contribution)"])
            let permission = database.lastInsertedRowID
            try database.execute(
                sql: """
                    INSERT INTO intent (contract_id, permission_id, coin_set, exchange_url, protocol, request, state, created, ended,
                            exchange_pub, exchange_sig, exchange_timestamp)
                        SELECT ?, ?, 'part', exchange_url, protocol, request, state, created, ended,
                            exchange_pub, exchange_sig, exchange_timestamp FROM intent LIMIT 1
                    """, arguments: [contract.id, permission])
            try database.execute(
                sql: """
                    INSERT INTO intent_coin (intent_id, position, coin_pub, contribution, deposit_fee, refund_fee)
                    VALUES (?, 0, ?, ?, ?, ?)
                    """,
                arguments: [database.lastInsertedRowID, Data(coin.bytes), contribution, "KUDOS:0.01", "KUDOS:0.01"])
        }
    }

    /// A later deposit of another coin, with the first one's everything else.
    fileprivate func addAcceptedIntent(to contract: StoredContract, coin: CoinPublicKey) async throws -> Int64 {
        try await database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO intent (contract_id, permission_id, coin_set, exchange_url, protocol, request, state, created, ended,
                            exchange_pub, exchange_sig, exchange_timestamp)
                        SELECT contract_id, permission_id, 'late', exchange_url, protocol, request, state, created, ended + 1,
                            exchange_pub, exchange_sig, exchange_timestamp FROM intent WHERE contract_id = ?
                    """, arguments: [contract.id])
            let id = database.lastInsertedRowID
            try database.execute(
                sql: """
                    INSERT INTO intent_coin (intent_id, position, coin_pub, contribution, deposit_fee, refund_fee)
                    VALUES (?, 0, ?, ?, ?, ?)
                    """,
                arguments: [id, Data(coin.bytes), "KUDOS:0.5", "KUDOS:0.01", "KUDOS:0.01"])
            return id
        }
    }
}
