// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
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

/// `merchant-backend serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves frontends until SIGTERM.")

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        Program.startLogging()
        let logger = Logger(label: "merchant-backend")
        let configuration = try option.load()
        let settings = try MerchantSettings(configuration)
        let revenue = try RevenueSettings(configuration)
        let unknown = configuration.unknownMerchantSettings
        for key in unknown { logger.warning("unknown setting", metadata: ["key": "\(key)"]) }
        let lock = try FileLock(path: settings.database + ".lock")
        try await Program.run(logger: logger) { try await Self.start(settings, revenue, unknown, logger) }
        withExtendedLifetime(lock) {}
    }

    private static func start(
        _ settings: MerchantSettings, _ revenue: RevenueSettings, _ unknown: [String], _ logger: Logger
    ) async throws -> [any Stoppable] {
        let store = try MerchantStore.open(at: settings.database)
        let key = try Secrets.key(at: settings.keyFile, for: store, database: settings.database)
        let token = try Secrets.token(at: settings.tokenFile)
        let clock = SystemWallClock()
        let network = CurlSender()
        let metrics = MerchantMetrics()
        let sender = metrics.measuring(network, exchanges: settings.exchanges.map(\.baseURL), clock: clock)
        try FileManager.default.createDirectory(atPath: settings.keysFolder, withIntermediateDirectories: true)
        let directory = settings.directory(sender: sender, clock: clock, cacheFolder: settings.keysFolder, logger: logger)
        await directory.loadCache()
        let account = try settings.account.map { payto in
            try store.account(payto, of: key.publicKey()) { payto in
                let salt = WireSalt.random()
                return (salt, WireHash(payto: payto, salt: salt))
            }
        }
        let service = MerchantService(
            identity: MerchantIdentity(
                key: key, account: account, money: settings.money, exchanges: settings.exchanges, auditors: settings.auditors,
                wireTransferDelay: settings.wireTransferDelay, wireSubjectMetadata: settings.wireSubjectMetadata),
            store: store, directory: directory, token: token, sender: sender, clock: clock, logger: logger,
            metrics: metrics, files: settings.files(revenue), unknownSettings: unknown,
            reconciliation: try revenue.reconciliation(sender: network))
        let open = try await service.depositor.resume()
        if open > 0 { logger.notice("taking up open payments", metadata: ["count": "\(open)"]) }
        let openRefunds = try await service.refunds.carrier.resume()
        if openRefunds > 0 { logger.notice("taking up open refunds", metadata: ["count": "\(openRefunds)"]) }
        await service.expiredPayments.start()
        let refresh = Task { await directory.run() }
        let reconciliation = Task { await service.reconciler.run() }
        let server = try Server.start(
            ServerConfiguration(address: settings.address, errorStyle: .classic), handler: service.handler, logger: logger)
        logger.info("serving", metadata: ["address": "\(settings.address)", "merchant_pub": "\(service.merchantPub)"])
        return [
            BackendProcess(
                server: server, refresh: refresh, reconciliation: reconciliation, service: service, sender: network, store: store)
        ]
    }
}

/// What is stopped, in this order.
private struct BackendProcess: Stoppable {
    let server: Server
    let refresh: Task<Void, Never>
    let reconciliation: Task<Void, Never>
    let service: MerchantService
    let sender: CurlSender
    let store: MerchantStore

    func stop() async {
        refresh.cancel()
        reconciliation.cancel()
        await service.stop()
        await server.stop()
        sender.shutdown()
        // It waits for readers, which may need the threads of tasks.
        await OwnThread.run { store.close() }
    }
}
