// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import HTTPCore
import HTTPServer
import Logging
import ProgramSupport
import SandboxBank
import WebSession

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
            let bank = try await BankService.make(configuration, pages: try Self.pages(section), logger: logger)
            let server = try Server.start(
                ServerConfiguration(address: address, errorStyle: .bank), handler: bank.handler, logger: logger)
            logger.info("serving", metadata: ["address": "\(address)"])
            return [BankProcess(server: server, bank: bank)]
        }
        withExtendedLifetime(lock) {}
    }

    /// `TEMPLATES`, `STATIC` and `SECRET_FILE`, whose key is made at the first start; nil without `TEMPLATES`, for a bank without pages.
    private static func pages(_ section: ConfigurationSection) throws -> BankPageFiles? {
        guard section.has("TEMPLATES") else { return nil }
        let path = try section.path("SECRET_FILE")
        if !PrivateFile.exists(path) { try PrivateFile.create(Array(Signer.newSecretText().utf8), at: path) }
        guard let signer = Signer(secretText: try PrivateFile.read(path)) else {
            throw section.error("SECRET_FILE", "\(path): 64 hexadecimal digits are needed")
        }
        return try BankPageFiles(templates: section.path("TEMPLATES"), staticFiles: section.path("STATIC"), signer: signer)
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
