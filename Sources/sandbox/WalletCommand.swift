// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import HTTPCore
import HTTPServer
import Logging
import ProgramSupport
import TalerWire

/// `sandbox wallet`
struct WalletCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallet", abstract: "Serves the wallet that demonstration pages load, at its own origin, until SIGTERM.")

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        Program.startLogging()
        let logger = Logger(label: "wallet")
        let configuration = try Configuration.load(option.file)
        let section = configuration.section("wallet-pages")
        let wallet = configuration.section("wallet")
        let folder = try section.path("FOLDER")
        let pages = WalletPages(
            files: try WalletFiles(folder: folder), bankURL: try wallet.baseURL("BANK_URL"),
            exchangeURL: try wallet.baseURL("EXCHANGE_URL"),
            masterPub: try wallet.bytes("EXCHANGE_MASTER_KEY"), currency: try section.currency("CURRENCY"))
        let address = try ServerAddress(section)
        try await Program.run(logger: logger) {
            let server = try Server.start(ServerConfiguration(address: address), handler: pages.handler(logger), logger: logger)
            logger.info("serving", metadata: ["address": "\(address)"])
            return [server]
        }
    }
}
