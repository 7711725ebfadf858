// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import TalerWire
import Wallet

/// `wallet balance`
struct BalanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "balance", abstract: "Shows what the wallet has, exchange by exchange.")

    @OptionGroup var options: WalletOptions

    func run() async throws {
        try await Terminal.run {
            try await options.withWallet(mustExist: true) { wallet in
                let balances = try await wallet.balances()
                if balances.isEmpty { Terminal.say("The wallet is empty.") }
                for balance in balances {
                    Terminal.say("\(balance.available)  in \(balance.coins.coinWords) of \(balance.exchangeURL)")
                    for (amount, what) in [
                        (balance.onTheWay, "on its way from the bank (`wallet retry` goes on with it)"),
                        (balance.awaited, "left to you to confirm at the bank (`wallet retry` fetches it then)"),
                        (balance.refreshing, "in coins that become fresh ones (`wallet refresh` goes on with it)"),
                        (balance.locked, "in payments whose outcome is not known (`wallet retry` asks)"),
                        (balance.setAside, "in coins that are refused, revoked or expired (`wallet refresh` asks about them)"),
                    ] where !amount.isZero {
                        Terminal.say("  \(amount)  \(what)")
                    }
                }
            }
        }
    }
}
