// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser

/// `sandbox exchange`
struct ExchangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange", abstract: "The exchange: serves it, makes its keys, pays merchants at once, and proves its books.",
        subcommands: [
            ServeExchange.self, AggregateExchange.self, AuditExchange.self, ExchangeKeys.self, RevokeExchangeKeys.self,
            SituationCommand.self,
        ], defaultSubcommand: ServeExchange.self)
}
