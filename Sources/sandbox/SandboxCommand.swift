// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser

@main
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "A bank, an exchange and a wallet's pages, so that a shop can be tried without any outside service. Play money only.",
        subcommands: [
            Setup.self, BankCommand.self, ExchangeCommand.self, WalletCommand.self,
        ])
}

/// The option that every serving command has.
struct ConfigurationOption: ParsableArguments {
    @Option(name: [.customShort("c"), .customLong("config")], help: "The configuration file.", completion: .file())
    var file: String
}
