// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire

/// A sandbox exchange on a socket of this process, by the system's clock. Coins are withdrawn beside it.
final class LiveExchange: Sendable {
    let service: ExchangeService
    let store: ExchangeStore
    private let server: Server
    private let rows = Mutex<Int64>(0)

    /// One set of keys for all tests of the process: programs read the system's clock, so they begin now.
    private enum Keys {
        static let master = EdDSAPrivateKey()
        private static let task = Task {
            let store = try ExchangeStore.inMemory(currency: SharedKeys.currency)
            let plans = ["0.64", "0.08"].map { DenominationPlan(value: amount($0), fee: amount("0.01")) }
            _ = try await ExchangeSetup(store: store, account: SharedKeys.account, plans: plans)
                .extend(with: master, at: SystemWallClock().now().advanced(bySeconds: -3600))
            return try await store.keys()
        }
        static var records: KeyRecords { get async throws { try await task.value } }
    }

    static var masterPub: MasterPublicKey { Keys.master.publicKey() }

    /// - Parameter publicURL: where others reach it.
    init(database: String, publicURL: String) async throws {
        store = try ExchangeStore.open(at: database, currency: SharedKeys.currency)
        try await store.bind(to: Self.masterPub)
        try await store.add(try await Keys.records)
        let logger = Logger(label: "exchange", factory: { _ in SwiftLogNoOpLogHandler() })
        service = try await ExchangeService(
            configuration: ExchangeConfiguration(
                baseURL: publicURL, currency: SharedKeys.currency, account: SharedKeys.account, databasePath: database, masterKeyPath: "",
                wireGateway: WireGatewayAccess(
                    baseURL: "http://127.0.0.1:9/", credentials: BankCredentials(username: "exchange", password: "secret"))),
            store: store, sender: CurlSender(), clock: SystemWallClock(), logger: logger)
        server = try Server.start(
            ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0)), handler: service.handler, logger: logger)
    }

    var baseURL: String { "http://127.0.0.1:\(server.port)/" }

    func stop() async { await server.stop() }

    /// Coins of 0.64 out of a fresh reserve.
    func coins(_ count: Int) async throws -> [TestCoin] {
        let reserve = EdDSAPrivateKey()
        let row = rows.withLock { rows in
            rows += 1
            return rows
        }
        let credit = ReserveCredit(
            bankRow: row, reserve: reserve.publicKey(), amount: try amount("0.65").multiplied(by: UInt32(count)),
            origin: "payto://x-taler-bank/bank.test/alice?receiver-name=Alice", date: SystemWallClock().now())
        _ = try await store.record([credit], account: "test", cursor: row)
        let denominations = try await Keys.records.denominations
        guard let denomination = denominations.first(where: { $0.value == amount("0.64") }) else { return [] }
        var coins: [TestCoin] = []
        while coins.count < count {
            let planchets = try (0..<min(50, count - coins.count)).map { _ in try TestPlanchet(denomination) }
            let request = BatchWithdrawRequest(planchets: planchets.map { $0.signed(by: reserve) })
            guard let message = Request(.post, reserve.withdrawPath, body: try JSONValue(encoding: request).serialized()) else { break }
            let answer: BatchWithdrawResponse = try await service.handler.handle(message).json().decode()
            coins += try zip(planchets, answer.envelopeSignatures).map { planchet, signature in
                try planchet.coin(try BlindedSignature(json: signature.signature))
            }
        }
        return coins
    }
}
