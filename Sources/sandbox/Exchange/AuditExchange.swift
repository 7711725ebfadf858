// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import ExchangeStore
import HTTPClient
import Logging
import ProgramSupport
import SandboxExchange

/// `sandbox exchange audit`
struct AuditExchange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Adds the exchange's books up again and compares them with the bank.",
        discussion: "Ends with 1 when something does not agree. The exchange may be serving meanwhile; the bank must be.")

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        Program.startLogging()
        let settings = try ExchangeConfiguration(Configuration.load(option.file).section("exchange"))
        let sender = CurlSender()
        defer { sender.shutdown() }
        let exchange = try await ExchangeService(configuration: settings, sender: sender, logger: Logger(label: "exchange"))
        let audit = try await exchange.audit()
        print(
            "\(audit.coinCount) coins, \(audit.depositCount) deposits, \(audit.refundCount) refunds, \(audit.refreshCount) refreshes, \(audit.transferCount) transfers"
        )
        for problem in audit.problems { print(problem) }
        guard audit.problems.isEmpty else { throw ExitCode(1) }
        print("all of it agrees")
    }
}
