// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import ExchangeFixture
import Foundation
import HTTPCore
import Logging
import MerchantAPI
import MerchantBackend
import MerchantCore
import MerchantStore
import Synchronization
import TalerCrypto
import TalerWire

/// One process's life of a backend, in this process: over its database file, with a wire of its own. A life that has ended sends
/// nothing any more and answers nobody, and once it is buried it writes nothing, whatever its tasks still try.
final class Life: Sendable {
    static let token = "the-frontend's-token"
    let service: MerchantService
    let store: MerchantStore
    let wire: FaultWire

    init(
        database: String, key: EdDSAPrivateKey, sender: any Sender, engine: FaultEngine, clock: any WallClock,
        retryDelay: @escaping @Sendable (Int) -> Duration
    ) throws {
        store = try MerchantStore.open(at: database)
        wire = FaultWire(sender, engine)
        let exchange = AcceptedExchange(baseURL: "http://exchange.test/", masterPub: SharedKeys.masterPub)
        let account = try store.account(PaytoURI("payto://x-taler-bank/bank.test/shop?receiver-name=Shop"), of: key.publicKey()) {
            let salt = WireSalt.random()
            return (salt, WireHash(payto: $0, salt: salt))
        }
        var pacing = DepositPacing(retryDelay: retryDelay, doubtDelay: retryDelay)
        pacing.repeatInterval = .zero
        pacing.stopWithin = .zero
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        service = MerchantService(
            identity: MerchantIdentity(
                key: key, account: account, money: MoneyRules(currency: SharedKeys.currency, smallestUnit: amount("0.01")),
                exchanges: [exchange], auditors: [], wireTransferDelay: 3600),
            store: store,
            directory: ExchangeDirectory(
                [.init(baseURL: exchange.baseURL, masterPub: exchange.masterPub)],
                fetcher: KeysFetcher(sender: wire, clock: clock, currency: SharedKeys.currency), logger: logger),
            token: Self.token, sender: wire, clock: clock, logger: logger, pacing: pacing)
    }

    var isOver: Bool { wire.isDead }

    /// It is killed now. Safe to call in the middle of a payment.
    func end() { wire.die() }

    /// Takes its database away, and ends what would go on in vain.
    func bury() async {
        // Closing waits for readers, which may need a thread of the tasks' pool: so this is not one.
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                self.store.close()
                continuation.resume()
            }
        }
        await service.stop()
    }

    /// - Returns: nil when the process died before its answer was out.
    func send(_ method: HTTPMethod, _ target: String, _ body: JSONValue? = nil) async -> Response? {
        guard !isOver,
            let request = Request(
                method, target, fields: ["Authorization": "Bearer \(Self.token)"], body: body?.serialized() ?? [])
        else { return nil }
        let response = await service.handler.handle(request)
        return isOver ? nil : response
    }
}
