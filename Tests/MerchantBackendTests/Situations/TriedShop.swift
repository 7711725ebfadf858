// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import ExchangeFixture
import HTTPCore
import Logging
import MerchantAPI
import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport

/// A shop with a contract, and an exchange that does wrong when it is told to.
struct TriedShop {
    static let payto = "payto://x-taler-bank/bank.test/shop?receiver-name=Shop"

    let situations: Situations
    let waits: Waits
    let merchant: Merchant
    let contract: ContractResponse
    let coin: TestCoin
    let permission: DepositPermission

    /// - Parameter price: paid by one coin of 0.64.
    init(price: String = "0.5") async throws {
        let waits = Waits()
        self.waits = waits
        situations = Situations { waits.add($0) }
        merchant = try await Merchant(exchange: Fixture(situations: situations))
        contract = try await merchant.contract(price: price)
        coin = try await merchant.exchange.coin("0.64")
        permission = try merchant.permission(contract, [(coin, price)])
    }

    var exchange: Fixture { merchant.exchange }
    var merchantPub: MerchantPublicKey { merchant.key.publicKey() }
    static var account: NormalizedPaytoHash { NormalizedPaytoHash(of: must { try PaytoURI(payto) }) }

    func set(_ name: SituationName, count: Int? = nil, _ change: (inout SituationOrder) -> Void = { _ in }) throws {
        var order = SituationOrder(name)
        order.count = count
        change(&order)
        try situations.set(order)
    }

    func pay() async throws -> Response { try await merchant.pay(permission) }
    func state() async throws -> OrderStatus { try await merchant.order(contract) }

    /// The exchange's deposits of this shop's contract.
    func deposited() async throws -> Int { try await exchange.deposits(for: contract.contractHash).count }

    /// The keys that a merchant would use now.
    func keys() async throws -> VerifiedKeys {
        let handlers = [(prefix: "http://exchange.test/", handler: exchange.service.handler)]
        let directory = ExchangeDirectory(
            [.init(baseURL: "http://exchange.test/", masterPub: SharedKeys.masterPub)],
            fetcher: KeysFetcher(sender: InProcessSender(handlers), clock: exchange.clock, currency: SharedKeys.currency),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        return try await directory.keys(of: "http://exchange.test/")
    }
}

/// How long answers were held back.
final class Waits: Sendable {
    private let times = Mutex<[Duration]>([])
    var all: [Duration] { times.withLock { $0 } }
    func add(_ time: Duration) { times.withLock { $0.append(time) } }
}
