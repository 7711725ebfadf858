// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import TalerWire
import Wallet

/// `wallet withdraw`
struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Gets coins from an exchange; a bank account is opened for it when there is none.",
        discussion: """
            With --callback the money comes from an account of your own: log in at the bank's pages, withdraw there, and give the callback \
            address that the page shows. The wallet prints the address that you open in the same browser; once the bank has paid, \
            `wallet retry` fetches the coins.
            """)

    @Argument(help: "For example KUDOS:10.")
    var amount: Amount

    @Option(help: "The bank's address. Default: that of the configuration file, or of the last withdrawal.")
    var bank: String?

    @Option(help: "The exchange's address. Default: that of the configuration file, of the last withdrawal, or what the bank suggests.")
    var exchange: String?

    @Option(help: "The exchange's master key, as its operator tells it.")
    var exchangeKey: MasterPublicKey?

    @Flag(help: "Accept the master key that the exchange shows, and hold it to that key from then on.")
    var trustExchange = false

    @Option(help: "The callback address that the bank's page shows for a withdrawal of exactly this amount.")
    var callback: String?

    @OptionGroup var options: WalletOptions

    func run() async throws {
        try await Terminal.run {
            let configured = try options.parties()
            let url = exchange ?? configured.exchangeURL
            // The configured key is the configured exchange's and nobody else's.
            let isConfigured = exchange == nil || exchange.map(slashed) == configured.exchangeURL
            let choice = ExchangeChoice(
                url: url, key: exchangeKey ?? (isConfigured ? configured.exchangeKey : nil), trustsFirstKey: trustExchange)
            try await options.withWallet { wallet in
                if let callback {
                    let prepared = try await wallet.prepareWithdrawal(
                        amount, callback: callback, bank: bank ?? configured.bankURL, exchange: choice)
                    Terminal.say("open         \(prepared.address)")
                    Terminal.say("Open that address in the browser in which you are logged in at the bank, and confirm there.")
                    Terminal.say("Then `wallet retry` fetches the coins.")
                    return
                }
                do {
                    let withdrawn = try await wallet.withdraw(amount, bank: bank ?? configured.bankURL, exchange: choice)
                    Terminal.say("withdrawn    \(withdrawn.coins.coinWords) worth \(withdrawn.value)")
                } catch {
                    if let balance = try? await wallet.balances().first(where: { !$0.onTheWay.isZero }) {
                        Terminal.complain("\(error)")
                        Terminal.complain("\(balance.onTheWay) is on its way; the next command goes on with it")
                        throw ExitCode.failure
                    }
                    throw error
                }
            }
        }
    }

    private func slashed(_ url: String) -> String { url.hasSuffix("/") ? url : url + "/" }
}
