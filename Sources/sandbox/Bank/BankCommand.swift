// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser

/// `sandbox bank`
struct BankCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bank", abstract: "The bank: serves it, and proves its books.", subcommands: [ServeBank.self, AuditBank.self],
        defaultSubcommand: ServeBank.self)
}
