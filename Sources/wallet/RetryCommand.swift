// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import TalerWire
import Wallet

/// `wallet retry`
struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Goes on with unfinished withdrawals and refreshes, and sends payments without an outcome again.",
        discussion: """
            A payment is sent as it was signed, so it is never paid twice. One that has expired without an outcome is ended by what the \
            exchange knows of its coins. What payments have left of coins is exchanged for fresh coins. Ends with 0 when nothing is left open.
            """)

    @OptionGroup var options: WalletOptions

    func run() async throws {
        try await Terminal.run {
            try await options.withWallet { wallet in
                var isOpen = false
                for retried in try await wallet.retry() {
                    if case .failure(let error) = retried.outcome {
                        Terminal.complain("\(error)")
                        switch error {
                        case .refused, .revoked, .givenUp: continue
                        default: isOpen = true
                        }
                    }
                }
                for failure in try await wallet.refreshRests().failures {
                    Terminal.complain(failure)
                    isOpen = true
                }
                if try await wallet.balances().contains(where: { !$0.onTheWay.isZero || !$0.awaited.isZero || !$0.refreshing.isZero }) {
                    isOpen = true
                }
                guard !isOpen else { throw ExitCode.failure }
                Terminal.say("Nothing is left open.")
            }
        }
    }
}
