// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import ExchangeClient
import Foundation
import HTTPClient
import HTTPCore
import Logging
import MerchantBackend
import MerchantStore
import ProgramSupport
import TalerCrypto
import TalerWire

/// `merchant-backend doctor`
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what keeps the shop from being paid, and what to do about it.",
        discussion: """
            Looks at the configuration, the files, the database (reading only), the backend that serves, and the exchanges. It may run at \
            any time, beside a backend or without one, and changes nothing.

            Exit status: 0 when nothing is wrong, 1 when something needs a look, 2 when something keeps the shop from being paid.
            """)

    @Flag(help: "Prints the findings as JSON: {status, checked, findings: [{id, severity, subject?, message, advice?}]}.")
    var json = false

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        let diagnosis = await diagnose()
        if json { print(diagnosis.json.text) } else { Self.show(diagnosis) }
        switch diagnosis.worst {
        case .problem: throw ExitCode(2)
        case .warning: throw ExitCode(1)
        case .info, nil: break
        }
    }

    private func diagnose() async -> Diagnosis {
        let clock = SystemWallClock()
        do {
            let configuration = try option.load()
            let settings = try MerchantSettings(configuration)
            let revenue = try RevenueSettings(configuration)
            let sender = CurlSender()
            defer { sender.shutdown() }
            return await Examination(
                settings, revenue, unknown: configuration.unknownMerchantSettings, sender: sender, clock: clock
            ).diagnosis()
        } catch {
            let finding = Finding(
                .configuration, .problem, subject: option.file, "The configuration cannot be used: \(error)",
                advice: "Correct that line; the backend does not start with it.")
            return Diagnosis(findings: [finding], checked: clock.now())
        }
    }

    private static func show(_ diagnosis: Diagnosis) {
        for finding in diagnosis.findings {
            let mark =
                switch finding.severity {
                case .problem: "PROBLEM"
                case .warning: "warning"
                case .info: "info"
                }
            print("\(mark)  \(finding.id.rawValue)\(finding.subject.map { "  \($0)" } ?? "")\n    \(finding.message)")
            for line in finding.details { print("    \(line)") }
            if !finding.advice.isEmpty { print("    -> \(finding.advice)") }
        }
        let conclusion =
            switch diagnosis.worst {
            case .problem: "Something keeps this shop from being paid."
            case .warning: "The shop can be paid; something needs a look."
            case .info, nil: "Nothing keeps this shop from being paid."
            }
        print(conclusion)
    }
}

extension Configuration {
    /// Keys of the merchant's sections that nobody read, once all settings were read.
    var unknownMerchantSettings: [String] { unusedKeys().filter { $0.lowercased().contains("[merchant") } }
}
