// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import BankStore
import Configuration
import Foundation
import ProgramSupport
import TalerWire

/// `sandbox bank audit`
struct AuditBank: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Proves the bank's books: two entries for each transfer, no balance below its limit, all of it zero.",
        discussion: "Ends with 1 and a sentence for each thing that is not so. The bank may be serving meanwhile.")

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        Program.startLogging()
        let section = try Configuration.load(option.file).section("bank")
        let path = try section.path("DB")
        guard FileManager.default.fileExists(atPath: path) else { throw section.error("DB", "\(path) is not there") }
        let audit = try await BankStore.openReadOnly(at: path, currency: section.currency("CURRENCY")).audit()
        print("\(audit.accounts) accounts, \(audit.transfers) transfers, \(audit.entries) entries")
        for finding in audit.findings { print(finding) }
        guard audit.isSound else { throw ExitCode(1) }
        print("the sum is zero, no balance is below its limit, every transfer has its entries")
    }
}
