// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import HTTPClient
import Logging
import ProgramSupport
import SandboxExchange
import TalerWire

/// `sandbox exchange aggregate`
struct AggregateExchange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aggregate", abstract: "Pays merchants what is due, once. The exchange may be serving meanwhile.",
        discussion: "Ends with 1 when the bank has not confirmed every transfer: run it again, nothing is paid twice.")

    @OptionGroup var option: ConfigurationOption

    @Flag(help: "Pays every deposit now, whatever its deadline: what was paid can no longer be refunded.")
    var all = false

    func run() async throws {
        Program.startLogging()
        let settings = try ExchangeConfiguration(Configuration.load(option.file).section("exchange"))
        let sender = CurlSender()
        defer { sender.shutdown() }
        let exchange = try await ExchangeService(configuration: settings, sender: sender, logger: Logger(label: "exchange"))
        let report = try await exchange.aggregateOnce(dueBy: all ? .never : nil)
        for payout in report.paid { print("paid \(payout.amount) to \(payout.account) as \(payout.wireTransferID)") }
        if report.paid.isEmpty { print("nothing was paid") }
        guard report.openCount == 0 else {
            print("\(report.openCount) not confirmed by the bank")
            throw ExitCode(1)
        }
    }
}
