// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser

/// The command-line wallet.
@main
struct WalletProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallet", abstract: "A GNU Taler wallet for the command line: withdraws coins and pays shops with them.",
        subcommands: [
            WithdrawCommand.self, PayCommand.self, RefundCommand.self, RefreshCommand.self, BalanceCommand.self, HistoryCommand.self,
            RetryCommand.self, LoadCommand.self,
        ])

    /// Here too, so that they may stand before the command's name.
    @OptionGroup var options: WalletOptions
}
