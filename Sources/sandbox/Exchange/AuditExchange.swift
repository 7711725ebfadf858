// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import ExchangeStore
import HTTPClient
import ProgramSupport
import SandboxExchange

/// `sandbox exchange audit`
struct AuditExchange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Proves the exchange's books: no money made or lost, every signature right, and the bank says the same.",
        discussion: "Ends with 1 and a sentence for each thing that is not so. The exchange may be serving meanwhile; the bank must be.")

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        Program.startLogging()
        let settings = try ExchangeConfiguration(Configuration.load(option.file).section("exchange"))
        let sender = CurlSender()
        defer { sender.shutdown() }
        let audit = try await ExchangeAuditor(configuration: settings, sender: sender).audit()
        for line in audit.table(settings.currency) { print(line) }
        let counts = audit.counts
        print(
            "\(counts.reserves) reserves, \(counts.withdrawals) withdrawals, \(counts.coins) coins spent, \(counts.deposits) deposits, "
                + "\(counts.refunds) refunds, \(counts.refreshes) refreshes, \(counts.transfers) transfers")
        for problem in audit.problems { print(problem) }
        guard audit.isSound else { throw ExitCode(1) }
        print("no money was made or lost, every signature is right, and the bank says the same")
    }
}
