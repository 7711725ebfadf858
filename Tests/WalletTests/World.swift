// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import BankAPI
import ExchangeStore
import Foundation
import HTTPCore
import Logging
import SandboxBank
import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport
import Wallet
import WalletStore

/// A bank, an exchange and a shop behind one network, as a wallet meets them.
struct World {
    static let bankURL = "http://bank.test/"
    static let exchangeURL = "http://exchange.test/"
    static let shopURL = "http://shop.test/"

    let clock: FixedClock
    let bank: BankService
    let exchange: ExchangeService
    let exchangeStore: ExchangeStore
    let shop: TestShop
    let network: FaultySender

    /// - Parameter situations: what the exchange does wrong when it is told to.
    init(situations: Situations? = nil) async throws {
        let clock = FixedClock(WorldKeys.start.advanced(bySeconds: 3600))
        self.clock = clock
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        bank = try await BankService.make(
            BankSettings(
                baseURL: Self.bankURL, currency: WorldKeys.currency, registerBonus: amount("100"),
                defaultExchange: .init(url: Self.exchangeURL, account: "exchange"),
                accounts: [.init(name: "exchange", receiverName: "Exchange", password: "secret", debtLimit: amount("0"))]),
            store: .inMemory(currency: WorldKeys.currency), hasher: LegibleHasher(), clock: clock, logger: quiet)
        exchangeStore = try .inMemory(currency: WorldKeys.currency)
        try await exchangeStore.bind(to: WorldKeys.masterPub)
        try await exchangeStore.add(try await WorldKeys.records)
        let toBank = InProcessSender([(Self.bankURL, bank.handler)])
        exchange = try await ExchangeService(
            configuration: ExchangeConfiguration(
                baseURL: Self.exchangeURL, currency: WorldKeys.currency, account: WorldKeys.account, databasePath: "", masterKeyPath: "",
                wireGateway: WireGatewayAccess(
                    baseURL: Self.bankURL + "accounts/exchange/taler-wire-gateway/",
                    credentials: BankCredentials(username: "exchange", password: "secret"))),
            store: exchangeStore, sender: toBank, clock: clock, logger: quiet, situations: situations)
        shop = TestShop(exchange: exchange.handler, clock: clock)
        network = FaultySender(
            InProcessSender([
                (Self.bankURL, bank.handler), (Self.exchangeURL, FedExchange(exchange: exchange)), (Self.shopURL, shop),
            ]))
    }

    /// The exchange as this wallet's owner knows it.
    static let known = ExchangeChoice(url: exchangeURL, key: WorldKeys.masterPub)

    func wallet(_ store: WalletStore, steps: StepLog? = nil, refreshesRests: Bool = false) -> Wallet {
        Wallet(
            store: store, sender: network, clock: clock, patience: .init(attempts: 2, longPoll: .zero, pause: { _ in }),
            refreshesRests: refreshesRests
        ) {
            steps?.add($0)
        }
    }

    /// A wallet with money in it.
    func wallet(with digits: String) async throws -> (wallet: Wallet, store: WalletStore) {
        let store = try WalletStore.inMemory()
        let wallet = wallet(store)
        _ = try await wallet.withdraw(amount(digits), bank: Self.bankURL, exchange: Self.known)
        return (wallet, store)
    }

    /// Posts a permission once more, without the wallet's knowing.
    func deliver(_ purchase: StoredPurchase) async throws -> Response {
        try await network.send(
            OutgoingRequest(
                .post, purchase.payURL, fields: ["Content-Type": "application/json"], body: Array(purchase.permission.utf8)))
    }

    /// Gives the exchange further keys, as its offline key does every now and then.
    func prolong(until end: Timestamp) async throws {
        var schedule = KeySchedule.standard
        let now = clock.now()
        schedule.lookahead = Int64((end.seconds ?? 0) - (now.seconds ?? 0))
        _ = try await ExchangeSetup(store: exchangeStore, account: WorldKeys.account, schedule: schedule, keyBits: 1024)
            .extend(with: WorldKeys.master, at: now)
        try await exchange.reloadKeys()
    }

    /// What the exchange's account at the bank has received.
    func received() async throws -> Amount? {
        let balance = try await bank.store.account(named: "exchange")?.balance.description
        return try balance.map { try Amount($0) }
    }
}

/// An exchange that has always just read its bank account.
private struct FedExchange: Handler {
    let exchange: ExchangeService

    func handle(_ request: Request) async -> Response {
        _ = try? await exchange.readBankOnce()
        return await exchange.handler.handle(request)
    }
}

/// One set of small keys for all tests of the process.
enum WorldKeys {
    static let currency = must { try Currency("KUDOS") }
    static let start = must { try Timestamp(seconds: 1_795_000_000) }
    static let account = must { try PaytoURI("payto://x-taler-bank/bank.test/exchange?receiver-name=Exchange") }
    static let master = EdDSAPrivateKey()
    static let masterPub: MasterPublicKey = master.publicKey()

    private static let task = Task {
        let store = try ExchangeStore.inMemory(currency: currency)
        _ = try await ExchangeSetup(store: store, account: account, keyBits: 1024).extend(with: master, at: start)
        return try await store.keys()
    }

    static var records: KeyRecords {
        get async throws { try await task.value }
    }
}

/// `KUDOS:` and the digits.
func amount(_ digits: String) -> Amount { must { try Amount("KUDOS:\(digits)") } }

/// What a wallet has reported.
final class StepLog: Sendable {
    private let steps = Mutex<[WalletStep]>([])
    func add(_ step: WalletStep) { steps.withLock { $0.append(step) } }
    var all: [WalletStep] { steps.withLock { $0 } }
}

/// Hashes without cost.
struct LegibleHasher: PasswordHasher {
    func hash(_ password: String) async throws -> String { "hash of \(password)" }
    func isValid(_ password: String, for hash: String) async -> Bool { hash == "hash of \(password)" }
}

/// A folder that is removed when the last reference goes.
final class ScratchFolder {
    let path = NSTemporaryDirectory() + "wallet-test-\(UUID().uuidString)"
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// For what is written in the test and cannot fail.
func must<Value>(_ make: () throws -> Value) -> Value {
    do { return try make() } catch { preconditionFailure("\(error)") }
}
