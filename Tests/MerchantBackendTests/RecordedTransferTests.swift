// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import ExchangeFixture
import Foundation
import GRDB
import HTTPCore
import Logging
@testable import MerchantBackend
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire
import TestSupport
import TestVectors
import Testing

/// What a real exchange of protocol 23 answered, against books that have the same deposits.
struct RecordedTransferTests {
    static let baseURL = "http://127.0.0.1:8281/"

    let folder: ScratchFolder
    let store: MerchantStore
    let wire: FaultySender
    let tracking: Tracking
    let deposit: BatchDepositRequest
    let intent: StoredIntent
    let account: StoredAccount

    init() async throws {
        folder = try ScratchFolder()
        store = try .open(at: folder.path + "/merchant.sqlite")
        let answers = RecordedAnswers([
            "keys": "02-keys", "deposits/": "91-deposits-200", "transfers/JMW95": "92-transfers",
            "transfers/6FJY9": "93-transfers-first-contract", "transfers/0000": "94-transfers-unknown",
        ])
        wire = FaultySender(InProcessSender([(Self.baseURL, answers)]))
        let clock = FixedClock(try Timestamp(seconds: 1_795_229_797))
        let master = try MasterPublicKey(
            base32: Transcript.json("protocol23/02-keys")["response"]?["body"]?["master_public_key"]?.stringValue ?? "")
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let exchange = AcceptedExchange(baseURL: Self.baseURL, masterPub: master)
        deposit = try (Transcript.json("protocol23/71-batch-deposit-for-refund")["request"]?["body"] ?? .null).decode()
        let (salt, payto) = (deposit.wireSalt, try PaytoURI(deposit.merchantPaytoURI))
        account = try store.account(payto, of: deposit.merchantPub) { (salt, WireHash(payto: $0, salt: salt)) }
        let directory = ExchangeDirectory(
            [.init(baseURL: Self.baseURL, masterPub: master)],
            fetcher: KeysFetcher(sender: wire, clock: clock, currency: SharedKeys.currency), logger: logger)
        let call = ExchangeCall(directory: directory, sender: wire)
        // The key of the recorded merchant is not known; what it signed is not looked at here.
        let identity = MerchantIdentity(
            key: EdDSAPrivateKey(), account: account, money: MoneyRules(currency: SharedKeys.currency, smallestUnit: amount("0.01")),
            exchanges: [exchange], auditors: [], wireTransferDelay: 3600)
        let transfers = TransferTracker(
            store: store, call: call, merchantPub: deposit.merchantPub, clock: clock, changes: ChangeBell(), logger: logger)
        let deposits = DepositTracker(identity: identity, store: store, call: call, clock: clock)
        tracking = Tracking(
            deposits: deposits, transfers: transfers,
            transactions: TransactionTracker(store: store, deposits: deposits, transfers: transfers))
        intent = try await Self.book(deposit, in: store, account: account)
    }

    /// A contract with the recorded hash, paid by the recorded batch.
    static func book(_ deposit: BatchDepositRequest, in store: MerchantStore, account: StoredAccount) async throws -> StoredIntent {
        let proposition = try Proposition(
            .object(Propositions.make(transactionID: 7, price: "KUDOS:5.98", now: deposit.timestamp)),
            money: MoneyRules(currency: SharedKeys.currency, smallestUnit: amount("0.01")), merchant: deposit.merchantPub,
            now: deposit.timestamp)
        let terms = try ContractTerms(proposition, merchant: deposit.merchantPub, wireHash: account.wireHash, mints: [], auditors: [])
        guard
            case .stored(let contract) = try await store.recordOffer(
                terms, hash: deposit.contractHash, signature: .zero, proposition: .zero, account: account, now: deposit.timestamp)
        else { throw FixtureError.refused("the offer") }
        let coins = deposit.coins.map {
            StoredIntent.Coin(coinPub: $0.coinPub, contribution: $0.contribution, depositFee: amount("0.01"))
        }
        let new = NewIntent(
            coinSet: "coins", exchangeURL: baseURL, protocolVersion: 23, request: try JSONValue(encoding: deposit), coins: coins)
        let permission = NewPermission(coinSet: CoinSet(coins.map { ($0.coinPub, $0.contribution) }), intents: [new])
        let intents = try await store.record(
            permission, for: contract, after: store.progress(of: contract), wireDeadline: deposit.wireTransferDeadline,
            now: deposit.timestamp
        ).get()
        guard let intent = intents.first else { throw FixtureError.refused("the intent") }
        try await store.settle(
            intent, .init(exchangePub: .zero, exchangeSignatures: [.zero], exchangeTimestamp: deposit.timestamp), payment: .zero,
            now: deposit.timestamp)
        return try await store.intent(id: intent.id)
    }

    /// The recorded refunds: 2 and 1 of the coin of 5.
    func bookRefunds() async throws {
        let queue = try DatabaseQueue(path: folder.path + "/merchant.sqlite")
        let (contractID, intentID, coin) = (intent.contractID, intent.id, Data(deposit.coins[0].coinPub.bytes))
        try await queue.write { database in
            try database.execute(
                sql: "INSERT INTO refund_order VALUES (1, ?, 'shop', 'KUDOS:3', 'recorded', 1795229787)", arguments: [contractID])
            for (id, refund) in [(1, "KUDOS:2"), (2, "KUDOS:1")] {
                try database.execute(
                    sql: """
                        INSERT INTO refund (refund_order_id, contract_id, intent_id, coin_pub, rtransaction_id, exchange_url, amount,
                            state, created, ended, exchange_pub, exchange_sig)
                        VALUES (1, ?, ?, ?, ?, ?, ?, 'accepted', 1795229787, 1795229787, ?, ?)
                        """,
                    arguments: [
                        contractID, intentID, coin, id, Self.baseURL, refund, Data(repeating: 1, count: 32), Data(repeating: 1, count: 64),
                    ])
            }
        }
        try queue.close()
    }

    @Test func aRecordedCoinIsTrackedToItsRecordedTransfer() async throws {
        let answer = try await tracking.deposits.ask(intent.coins[0], of: intent, account: account)
        guard case .wired(let wire) = answer else {
            Issue.record("it is \(answer)")
            return
        }
        #expect(wire.contribution == amount("4.99"))
        #expect(wire.transferID.base32.hasPrefix("JMW95YR0"))
        #expect(try await store.intent(id: intent.id).coins[0].wire == wire)
    }

    @Test func theRecordedWordIsNotOneForTheOtherCoin() async throws {
        await #expect(throws: TrackingFailure.unsigned(.wrongSignature)) {
            try await tracking.deposits.ask(intent.coins[1], of: intent, account: account)
        }
    }

    @Test func aRecordedTransferAgreesWithTheBooks() async throws {
        try await bookRefunds()
        let id = try WireTransferID(base32: "JMW95YR071VGDN25X9GXE8FBNQ90RBA221YMWB5YSH2QJQKHJW9G")
        let transfer = try await tracking.transfers.track(id, exchangeURL: Self.baseURL)
        #expect(transfer.total == amount("2.97"))
        #expect(transfer.wireFee == amount("0.01"))
        let contract = try #require(try await store.contract(deposit.contractHash))
        let found = try await store.transfers(of: contract)
        #expect(found.isComplete)
        #expect(found.transfers.map(\.share) == [amount("2.98")])
    }

    @Test func withoutItsRefundsTheRecordedTransferContradictsTheBooks() async throws {
        let id = try WireTransferID(base32: "JMW95YR071VGDN25X9GXE8FBNQ90RBA221YMWB5YSH2QJQKHJW9G")
        let failure = await #expect(throws: TrackingFailure.self) { try await tracking.transfers.track(id, exchangeURL: Self.baseURL) }
        guard case .conflict(let conflict, _) = failure else {
            Issue.record("it is \(String(describing: failure))")
            return
        }
        #expect(conflict.kind == "other_value")
        #expect(conflict.deposit?.coinPub == deposit.coins[0].coinPub)
    }

    @Test func aRecordedTransferOfOtherContractsIsNotInTheBooks() async throws {
        let id = try WireTransferID(base32: "6FJY9Y1TFV35RBCWZ6ZQYZ3SB2NRAK6V0GJN6H58MQSP5Y6ZEM6G")
        let failure = await #expect(throws: TrackingFailure.self) { try await tracking.transfers.track(id, exchangeURL: Self.baseURL) }
        guard case .conflict(let conflict, _) = failure else {
            Issue.record("it is \(String(describing: failure))")
            return
        }
        #expect(conflict.reason == .unknownDeposit)
        #expect(conflict.offset == 0)
        let report = try await store.reconciliationReport(now: deposit.timestamp, grace: 0, expectsBank: false)
        #expect(report.conflicts.map(\.transferID) == [id])
    }

    @Test func anUnknownTransferIsRefusedAsRecorded() async throws {
        let failure = await #expect(throws: TrackingFailure.self) {
            try await tracking.transfers.track(.zero, exchangeURL: Self.baseURL)
        }
        #expect(failure?.isUnknownThere == true)
    }
}

/// Answers as they were recorded, by the path's beginning.
struct RecordedAnswers: Handler {
    private let names: [String: String]

    init(_ names: [String: String]) { self.names = names }

    func handle(_ request: Request) async -> Response {
        let path = request.path.joined(separator: "/")
        guard let name = names.first(where: { path.hasPrefix($0.key) })?.value,
            let recorded = try? Transcript.json("protocol23/\(name)")["response"]
        else { return Response(status: 404, json: ["code": 21]) }
        return Response(status: Int(recorded["status"]?.integerValue ?? 0), json: recorded["body"] ?? .null)
    }
}
