// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import HTTPCore
import HTTPServer
import Logging
import ProgramSupport
import SandboxBank

/// `sandbox bank serve`
struct ServeBank: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serves the bank until SIGTERM.")

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        Program.startLogging()
        let logger = Logger(label: "bank")
        let configuration = try Configuration.load(option.file)
        let section = configuration.section("bank")
        let address = try ServerAddress(section)
        let lock = try FileLock(path: section.path("DB") + ".lock")
        try await Program.run(logger: logger) {
            let bank = try await BankService.make(configuration, logger: logger)
            let server = try Server.start(
                ServerConfiguration(address: address, errorStyle: .bank), handler: bank.handler, logger: logger)
            logger.info("serving", metadata: ["address": "\(address)"])
            return [BankProcess(server: server, bank: bank)]
        }
        withExtendedLifetime(lock) {}
    }
}

private struct BankProcess: Stoppable {
    let server: Server
    let bank: BankService

    func stop() async {
        bank.stopWaiting()
        await server.stop()
    }
}
