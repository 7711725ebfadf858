// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantCore
@testable import MerchantBackend
import MerchantStore
import TalerCrypto
import TalerWire
import Testing

/// A coin is paid once: what the books say when exchanges say otherwise.
struct TransferStoreTests {
    static func list(_ paid: PaidContract, coins: Range<Int>) -> [ListedDeposit] {
        coins.map { index in
            ListedDeposit(
                contractHash: paid.contract.contractHash, coinPub: paid.coins[index].pub, value: amount(["0.4", "0.12"][index]),
                fee: amount("0.01"))
        }
    }

    static func transfer(_ paid: PaidContract, id: WireTransferID, total: String = "0.38") async throws -> NewTransfer {
        NewTransfer(
            exchangeURL: "http://exchange.test/", transferID: id, accountID: try await paid.stored().accountID, total: amount(total),
            wireFee: amount("0.01"), executionTime: SharedKeys.start, answer: ["a": 1], hidesRefunds: false)
    }

    static func paid() async throws -> PaidContract { try await PaidContract(coins: [("0.64", "0.4"), ("0.16", "0.12")]) }

    @Test func aCoinOfOneTransferIsNotInAnother() async throws {
        let paid = try await Self.paid()
        let store = paid.merchant.store
        let (first, second) = (WireTransferID.random(), WireTransferID.random())
        _ = try await store.record(Self.transfer(paid, id: first), deposits: Self.list(paid, coins: 0..<1), now: SharedKeys.start).get()
        let result = try await store.record(
            Self.transfer(paid, id: second), deposits: Self.list(paid, coins: 0..<2), now: SharedKeys.start)
        #expect(throws: TransferConflict(.otherTransfer(first), offset: 0, deposit: Self.list(paid, coins: 0..<1)[0])) { try result.get() }
        #expect(try await store.transfer(second, exchangeURL: "http://exchange.test/") == nil)
        #expect(try await paid.report().conflicts.map(\.kind) == ["other_transfer"])
        #expect(try await paid.order().state == .paid)
        // The other coin alone is fine, and then nothing is awaited any more.
        _ = try await store.record(Self.transfer(paid, id: second), deposits: Self.list(paid, coins: 1..<2), now: SharedKeys.start).get()
        #expect(try await paid.order().state == .wired)
        #expect(try await paid.order().transfers?.map(\.amount) == [amount("0.39"), amount("0.11")])
        #expect(try await paid.report().conflicts.isEmpty)
    }

    @Test func theSameTransferAgainIsTheSameAndAnotherStoryIsAConflict() async throws {
        let paid = try await Self.paid()
        let id = WireTransferID.random()
        let new = try await Self.transfer(paid, id: id)
        let list = Self.list(paid, coins: 0..<1)
        let first = try await paid.merchant.store.record(new, deposits: list, now: SharedKeys.start).get()
        #expect(try await paid.merchant.store.record(new, deposits: list, now: SharedKeys.start).get() == first)
        let more = try await Self.transfer(paid, id: id, total: "0.49")
        let result = try await paid.merchant.store.record(more, deposits: Self.list(paid, coins: 0..<2), now: SharedKeys.start)
        #expect(throws: TransferConflict.self) { try result.get() }
        #expect(try await paid.report().conflicts.map(\.kind) == ["contradiction"])
        #expect(try await paid.order().transfers?.map(\.amount) == [amount("0.39")])
    }

    @Test func anotherAccountOfOursIsStillTheWrongOne() async throws {
        let paid = try await Self.paid()
        let other = try paid.merchant.store.account(
            PaytoURI("payto://x-taler-bank/bank.test/other?receiver-name=Other"), of: paid.merchant.key.publicKey()
        ) { payto in (.zero, WireHash(payto: payto, salt: .zero)) }
        let new = NewTransfer(
            exchangeURL: "http://exchange.test/", transferID: .zero, accountID: other.id, total: amount("0.38"), wireFee: amount("0.01"),
            executionTime: SharedKeys.start, answer: [:], hidesRefunds: false)
        let result = try await paid.merchant.store.record(new, deposits: Self.list(paid, coins: 0..<1), now: SharedKeys.start)
        #expect(throws: TransferConflict(.otherAccount, offset: 0, deposit: Self.list(paid, coins: 0..<1)[0])) { try result.get() }
    }

    @Test func aTransactionAddressOfAnotherOriginIsNotAsked() async throws {
        let paid = try await Self.paid()
        let intent = try #require(try await paid.merchant.store.intents(of: paid.stored()).first)
        #expect(DepositTracker.baseURL(of: intent) == "http://exchange.test/")
        #expect(
            DepositTracker.baseURL("http://exchange.test/shard/2/", exchangeURL: "http://exchange.test/") == "http://exchange.test/shard/2/"
        )
        for stranger in [
            "http://evil.test/", "https://exchange.test/", "http://exchange.test:81/", "http://exchange.test.evil/", "exchange",
        ] {
            #expect(DepositTracker.baseURL(stranger, exchangeURL: "http://exchange.test/") == "http://exchange.test/")
        }
    }
}
