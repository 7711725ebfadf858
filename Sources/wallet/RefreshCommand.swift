// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import TalerWire
import Wallet

/// `wallet refresh`
struct RefreshCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh", abstract: "Exchanges used and soon expiring coins for fresh ones that nobody knows.",
        discussion: "Goes on first with what an earlier run has left. Ends with 0 when nothing is left open.")

    @OptionGroup var options: WalletOptions

    func run() async throws {
        try await Terminal.run {
            try await options.withWallet { wallet in
                let refreshed = try await wallet.refresh()
                let value = refreshed.value.map(\.description).joined(separator: " and ")
                if refreshed.melted > 0 {
                    let verb = refreshed.melted == 1 ? "is" : "are"
                    let fresh = refreshed.coins == 1 ? "1 fresh one" : "\(refreshed.coins) fresh ones"
                    Terminal.say("\(refreshed.melted.coinWords) \(verb) exchanged for \(fresh) worth \(value).")
                } else if refreshed.tooSmall.isEmpty && refreshed.failures.isEmpty {
                    Terminal.say("There is nothing to refresh.")
                }
                guard refreshed.failures.isEmpty else {
                    for failure in refreshed.failures { Terminal.complain(failure) }
                    throw ExitCode.failure
                }
            }
        }
    }
}
