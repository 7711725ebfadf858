// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import Glibc
import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import MerchantAPI
import Pages
import ProgramSupport
import ShopCatalog
import ShopFrontend
import ShopOffice
import ShopStore

/// Runs the shop until SIGTERM or SIGINT.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Run the shop until SIGTERM or SIGINT.")

    @Option(name: .shortAndLong, help: "The configuration file.")
    var config: String

    func run() async throws {
        Program.startLogging()
        // The database and its log hold links to what was bought.
        umask(0o077)
        let logger = Logger(label: "merchant-frontend")
        let configuration = try Configuration.load(config)
        let frontend = try FrontendConfiguration(configuration)
        let address = try ServerAddress(frontend.section)
        let database = try frontend.section.path("DB")
        let lock = try FileLock(path: database + ".lock")
        let texts = try frontend.texts()
        let sender = CurlSender()
        let catalogs = try CatalogHolder(folder: frontend.catalog, rules: frontend.catalogRules, logger: logger)
        let office = try OfficeConfiguration.read(configuration, frontend)
        let store = try ShopStore.open(at: database)
        let backend = MerchantClient(baseURL: frontend.backendURL, token: try frontend.backendToken(), sender: sender)
        let signer = try frontend.signer()
        let shop = Shop(
            settings: frontend.settings, catalogs: catalogs,
            templates: try Shop.templates(folder: frontend.templates, texts: texts), texts: texts,
            staticFiles: try StaticFiles(folder: frontend.staticFiles), store: store, backend: backend, signer: signer, logger: logger)
        let officeHandler = try office.map { office in
            Office(
                settings: office.settings, templates: try Office.templates(folder: office.templates),
                staticFiles: try StaticFiles(folder: office.staticFiles), store: store, backend: backend,
                catalog: CatalogView(
                    title: { catalogs.current[$0]?.title }, problems: { catalogs.problems.map(\.description) }),
                token: try office.token(),
                signer: signer, logger: logger
            ).handler
        }
        for key in configuration.unusedKeys() { logger.warning("nobody reads this key", metadata: ["key": "\(key)"]) }
        let tellStock: CatalogHolder.StockHook = { try await store.setCatalogStock($0) }
        try await catalogs.take(tellStock)
        try await Program.run(logger: logger) {
            var serving = ServerConfiguration(address: address, errorStyle: .classic)
            // Longer than the backend may take for a payment.
            serving.limits.handlerTime = .seconds(180)
            serving.limits.connectionsPerAddress = Self.connectionsPerAddress(isBehindProxy: frontend.settings.isBehindProxy)
            let server = try Server.start(serving, handler: shop.handler, logger: logger)
            logger.info("serving", metadata: ["address": "\(address)", "port": "\(server.port)", "url": "\(frontend.settings.publicURL)"])
            let tasks: [any Stoppable] = [
                SettlementTask(shop.settlement), CatalogTask(catalogs, hook: tellStock, logger: logger), CartTask(shop),
            ]
            guard let office, let officeHandler else { return [server] + tasks }
            var backRoom = ServerConfiguration(address: office.address)
            // Longer than the backend may take for a refund.
            backRoom.limits.handlerTime = .seconds(180)
            backRoom.limits.bodyBytes = Office.maximumFormBytes
            backRoom.limits.connectionsPerAddress = Self.connectionsPerAddress(isBehindProxy: office.settings.isBehindProxy)
            let officeServer = try Server.start(backRoom, handler: officeHandler, logger: logger)
            logger.info(
                "the back office is open",
                metadata: ["address": "\(office.address)", "port": "\(officeServer.port)", "url": "\(office.settings.publicURL)"])
            return [server, officeServer] + tasks
        }
        sender.shutdown()
        withExtendedLifetime(lock) {}
    }

    /// One client must not take all connections. A proxy's are everybody's; it has a limit of its own.
    private static func connectionsPerAddress(isBehindProxy: Bool) -> Int { isBehindProxy ? 0 : 64 }
}
