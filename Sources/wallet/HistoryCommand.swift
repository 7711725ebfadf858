// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Wallet

/// `wallet history`
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Lists withdrawals, payments, refunds and refreshes, oldest first.")

    @OptionGroup var options: WalletOptions

    func run() async throws {
        try await Terminal.run {
            try await options.withWallet(mustExist: true) { wallet in
                let entries = try await wallet.history()
                if entries.isEmpty { Terminal.say("Nothing has happened yet.") }
                for entry in entries {
                    Terminal.say(entry.text)
                    for detail in entry.details { Terminal.say("    \(detail)") }
                }
            }
        }
    }
}
