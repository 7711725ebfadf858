// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import ProgramSupport
import SandboxExchange

/// `sandbox exchange serve`
struct ServeExchange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serves the exchange until SIGTERM.")

    @OptionGroup var option: ConfigurationOption
    @Flag(help: "Lets testers make the exchange do wrong: on its page /situations, and with `sandbox exchange situation`.")
    var situations = false

    func run() async throws {
        Program.startLogging()
        let logger = Logger(label: "exchange")
        let configuration = try Configuration.load(option.file)
        let section = configuration.section("exchange")
        let address = try ServerAddress(section)
        let settings = try ExchangeConfiguration(section)
        let lock = try FileLock(path: settings.databasePath + ".lock")
        try await Program.run(logger: logger) {
            let sender = CurlSender()
            let exchange = try await ExchangeService(
                configuration: settings, sender: sender, logger: logger, situations: situations ? Situations() : nil)
            var limits = ServerLimits()
            limits.bodyBytes = 4 << 20
            let server = try Server.start(
                ServerConfiguration(address: address, limits: limits), handler: exchange.handler, logger: logger)
            let feed = Task { await exchange.run() }
            if situations {
                logger.warning("situations are switched on", metadata: ["page": "\(settings.baseURL)situations"])
            }
            logger.info("serving", metadata: ["address": "\(address)"])
            return [ExchangeProcess(server: server, exchange: exchange, feed: feed, sender: sender)]
        }
        withExtendedLifetime(lock) {}
    }
}

private struct ExchangeProcess: Stoppable {
    let server: Server
    let exchange: ExchangeService
    let feed: Task<Void, Never>
    let sender: CurlSender

    func stop() async {
        exchange.stop()
        await server.stop()
        sender.shutdown()
        await feed.value
    }
}
