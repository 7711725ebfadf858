// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import Foundation
import HTTPClient
import HTTPCore
import HTTPServer
import MerchantAPI
import ProgramFixture
import TalerCrypto
import TalerWire
import Testing

/// A backend as a process of its own that reaches its exchange through a faulty proxy, over sockets.
final class LiveBench: Sendable {
    let exchange: LiveExchange
    let proxy: FaultProxy
    let table: FaultTable
    let holds = Holds()
    let client: MerchantClient
    private let folder: PrivateFolder
    private let sender = CurlSender()
    private static let token = "a-token-of-the-tests"

    var merchantDatabase: String { folder.path + "/merchant.sqlite" }
    var exchangeDatabase: String { folder.path + "/exchange.sqlite" }
    var configuration: String { folder.path + "/merchant.conf" }

    init(plan: any FaultPlan, table: FaultTable = FaultTable()) async throws {
        self.table = table
        folder = try PrivateFolder("live-faults")
        proxy = try FaultProxy(FaultEngine(plan: plan, table: table, holds: holds))
        exchange = try await LiveExchange(database: folder.path + "/exchange.sqlite", publicURL: proxy.baseURL)
        proxy.forward(to: exchange.baseURL)
        let port = try #require(try FreePorts.choose(1).first)
        client = MerchantClient(baseURL: "http://127.0.0.1:\(port)/", token: Self.token, sender: sender)
        for (name, bytes) in [("key", EdDSAPrivateKey().exportedSeed()), ("token", Array(Self.token.utf8))] {
            _ = FileManager.default.createFile(
                atPath: folder.path + "/merchant.\(name)", contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        }
        let text = """
            [merchant]
            SERVE = tcp
            PORT = \(port)
            KEYFILE = merchant.key
            TOKEN_FILE = merchant.token
            CURRENCY = KUDOS
            DB = merchant.sqlite
            KEYS_FOLDER = merchant-keys
            WIRE_TRANSFER_DELAY = 1 hour

            [merchant-account-test]
            PAYTO_URI = payto://x-taler-bank/bank.test/shop?receiver-name=Shop

            [merchant-exchange-test]
            EXCHANGE_BASE_URL = \(proxy.baseURL)
            MASTER_KEY = \(LiveExchange.masterPub)
            CURRENCY = KUDOS

            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/merchant.conf"))
    }

    /// The real backend, once it serves.
    func start() async throws -> RunningProgram {
        let program = try RunningProgram("merchant-backend", ["serve", "-c", configuration])
        try await program.waitForLog("serving")
        return program
    }

    /// One that dies at a step of a payment. It may die before it serves, when it takes up what was open.
    func startCrashing(at step: String, count: Int = 1) throws -> RunningProgram {
        try RunningProgram("crashing-backend", [configuration, step, "\(count)"])
    }

    /// - Parameter now: the same for every repeat: with another time it would be another proposition under the same number.
    func contract(_ transactionID: Int64, at now: Timestamp = SystemWallClock().now()) async throws -> ContractResponse {
        let proposition = Buyer.proposition(transactionID, price: amount("0.64"), now: now)
        let answer = try await client.offer(.object(proposition))
        guard answer.status == 200 else { throw Bench.NoContract(answer: answer) }
        return try answer.json().decode()
    }

    func permission(_ contract: ContractResponse, _ coin: TestCoin) throws -> DepositPermission {
        try Buyer.permission(contract, [(coin, coin.denomination.value)], exchange: proxy.baseURL)
    }

    /// - Returns: nil when the backend did not answer.
    func pay(_ permission: DepositPermission) async throws -> Response? {
        let body = try JSONValue(encoding: permission)
        do { return try await client.pay(body) } catch { return nil }
    }

    func order(_ contract: ContractHash, wait: Bool = false) async throws -> OrderStatus {
        try await client.order(contract, wait: wait ? .seconds(30) : .zero).json().decode()
    }

    /// The state once nothing is under way any more.
    func settled(_ contract: ContractHash) async throws -> OrderStatus.State {
        var order = try await order(contract)
        while order.state == .paying { order = try await self.order(contract, wait: true) }
        return order.state
    }

    /// Stops what runs in this process.
    func close() async {
        holds.releaseAll(andStayOpen: true)
        proxy.close()
        await exchange.stop()
        sender.shutdown()
    }

    func compare(tried: Set<ContractHash>, toldPaid: [(contract: ContractHash, coins: Set<CoinPublicKey>)]) throws -> Comparison {
        try Comparison(
            exchange: ExchangeBooks(file: exchangeDatabase), backend: BackendBooks(file: merchantDatabase), tried: tried,
            toldPaid: toldPaid)
    }
}
