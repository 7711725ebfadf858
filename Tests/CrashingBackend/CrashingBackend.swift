// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Configuration
import ExchangeClient
import Foundation
import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import MerchantBackend
import MerchantCore
import MerchantStore
import ProgramSupport
import TalerCrypto
import TalerWire

/// `crashing-backend CONFIGURATION STEP COUNT`: the merchant's service over the files of a `merchant-backend`, which kills its own
/// process when payments have come to that step that many times. For tests: it makes no files but the database.
@main
struct CrashingBackend {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let step = PaymentStep(rawValue: arguments[2]), let count = Int(arguments[3]) else {
            throw Usage()
        }
        Program.startLogging()
        let logger = Logger(label: "crashing-backend")
        let configuration = try Configuration.load(arguments[1])
        let merchant = configuration.section("merchant")
        let database = try merchant.path("DB")
        let lock = try FileLock(path: database + ".lock")
        let store = try MerchantStore.open(at: database)
        let service = try await service(configuration, merchant, store, CrashTrace(step, count), logger)
        let address = try ServerAddress(merchant)
        try await Program.run(logger: logger) { @Sendable in try await start(service, address, logger) }
        withExtendedLifetime(lock) {}
    }

    private static func start(_ service: MerchantService, _ address: ServerAddress, _ logger: Logger) async throws -> [any Stoppable] {
        try await service.depositor.resume()
        let server = try Server.start(
            ServerConfiguration(address: address, errorStyle: .classic), handler: service.handler, logger: logger)
        logger.info("serving")
        return [server]
    }

    private static func service(
        _ configuration: Configuration, _ merchant: ConfigurationSection, _ store: MerchantStore, _ trace: CrashTrace, _ logger: Logger
    ) async throws -> MerchantService {
        let key = try EdDSAPrivateKey(seed: PrivateFile.read(merchant.path("KEYFILE")))
        let token = String(decoding: try PrivateFile.read(merchant.path("TOKEN_FILE")), as: UTF8.self).filter { !$0.isWhitespace }
        let section = configuration.section("merchant-exchange-test")
        let exchange = AcceptedExchange(
            baseURL: try section.baseURL("EXCHANGE_BASE_URL"), masterPub: try section.bytes("MASTER_KEY"))
        let currency = try merchant.currency("CURRENCY")
        let payto = try PaytoURI(configuration.section("merchant-account-test").string("PAYTO_URI"))
        let account = try store.account(payto, of: key.publicKey()) {
            let salt = WireSalt.random()
            return (salt, WireHash(payto: $0, salt: salt))
        }
        let sender = CurlSender()
        let clock = SystemWallClock()
        return MerchantService(
            identity: MerchantIdentity(
                key: key, account: account, money: MoneyRules(currency: currency, smallestUnit: try Amount("\(currency):0.01")),
                exchanges: [exchange], auditors: [], wireTransferDelay: 3600),
            store: store,
            directory: ExchangeDirectory(
                [.init(baseURL: exchange.baseURL, masterPub: exchange.masterPub)],
                fetcher: KeysFetcher(sender: sender, clock: clock, currency: currency), logger: logger),
            token: token, sender: sender, clock: clock, logger: logger, trace: trace)
    }

    struct Usage: Error, CustomStringConvertible {
        var description: String {
            "usage: crashing-backend CONFIGURATION \(PaymentStep.allCases.map(\.rawValue).joined(separator: "|")) COUNT"
        }
    }
}
