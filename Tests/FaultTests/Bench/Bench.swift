// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import Foundation
import HTTPCore
import MerchantAPI
import MerchantBackend
import ProgramFixture
import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport

/// A backend and an exchange over files, the faulty wire between them, and whoever buys. The backend can be killed and started again.
final class Bench: Sendable {
    let exchange: Fixture
    let table = FaultTable()
    let holds: Holds
    let clock: FixedClock
    let retries: Retries
    private let folder: PrivateFolder
    private let key = EdDSAPrivateKey()
    private let engine: FaultEngine
    private let current: Mutex<Life>
    private let rows = Mutex<Int64>(0)
    private let doctor = SharedWork()

    var merchantDatabase: String { folder.path + "/merchant.sqlite" }
    var exchangeDatabase: String { folder.path + "/exchange.sqlite" }

    init(plan: any FaultPlan, holds: Holds = Holds(), retries: Retries = Retries()) async throws {
        let folder = try PrivateFolder("faults")
        self.folder = folder
        self.retries = retries
        self.holds = holds
        exchange = try await Fixture(path: folder.path + "/exchange.sqlite")
        clock = FixedClock(exchange.clock.now())
        engine = FaultEngine(plan: plan, table: table, holds: holds)
        current = Mutex(
            try Self.makeLife(folder.path + "/merchant.sqlite", key, exchange, engine, clock, retries))
    }

    private static func makeLife(
        _ database: String, _ key: EdDSAPrivateKey, _ exchange: Fixture, _ engine: FaultEngine, _ clock: FixedClock, _ retries: Retries
    ) throws -> Life {
        try Life(
            database: database, key: key, sender: InProcessSender([("http://exchange.test/", exchange.service.handler)]), engine: engine,
            clock: clock, retryDelay: { retries.delay($0) })
    }

    var life: Life { current.withLock { $0 } }

    /// Kills the backend if it lives still, and starts it again as a program does.
    func restart() async throws {
        let old = life
        old.end()
        await old.bury()
        let next = try Self.makeLife(merchantDatabase, key, exchange, engine, clock, retries)
        try await next.service.depositor.resume()
        current.withLock { $0 = next }
    }

    /// Starts the backend again if it was killed. Callers at the same time share one start.
    func revive() async throws { while life.isOver { try await doctor.once { try await self.restart() } } }

    /// Ends the backend for good; the books can be read then.
    func close() async {
        holds.releaseAll(andStayOpen: true)
        life.end()
        await life.bury()
    }

    // MARK: Buying

    /// Coins out of a fresh reserve.
    func coins(_ values: [Amount]) async throws -> [TestCoin] {
        let row = rows.withLock { rows in
            rows += 1
            return rows
        }
        return try await exchange.coins(values, row: row)
    }

    /// - Throws: ``NoContract`` when the backend does not make one.
    func contract(_ transactionID: Int64, price: Amount, at now: Timestamp? = nil) async throws -> ContractResponse {
        let proposition = Buyer.proposition(transactionID, price: price, now: now ?? exchange.clock.now())
        let answer = await life.send(.post, "/contract", ["contract": .object(proposition)])
        guard let answer, answer.status == 200 else { throw NoContract(answer: answer) }
        return try answer.json().decode()
    }

    struct NoContract: Error { let answer: Response? }

    func pay(_ permission: DepositPermission) async throws -> Response? {
        await life.send(.post, "/pay", try JSONValue(encoding: permission))
    }

    func order(_ contract: ContractHash, wait: Bool = false) async throws -> OrderStatus? {
        try await life.send(.get, "/order?H_contract=\(contract)" + (wait ? "&timeout_ms=60000" : ""))?.json().decode()
    }

    /// The state once nothing is under way any more.
    func settled(_ contract: ContractHash) async throws -> OrderStatus.State? {
        var order = try await order(contract)
        while order?.state == .paying { order = try await self.order(contract, wait: true) }
        return order?.state
    }

    /// A contract, and a permission of one coin that pays it.
    func purchase(_ transactionID: Int64 = 1) async throws -> (ContractResponse, DepositPermission) {
        let contract = try await contract(transactionID, price: amount("0.5"))
        return (contract, try await permission(contract))
    }

    /// Of a coin of its own.
    func permission(_ contract: ContractResponse, contribution: String = "0.5") async throws -> DepositPermission {
        let coin = try await coins([amount("0.64")])[0]
        return try Buyer.permission(contract, [(coin, amount(contribution))])
    }
}
