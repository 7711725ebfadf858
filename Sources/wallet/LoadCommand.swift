// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Foundation
import HTTPClient
import HTTPCore
import TalerWire
import Wallet
import WalletStore

/// `wallet load`
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Lets many buyers with wallets of their own buy at the same time, and tells how fast that went.",
        discussion: """
            For demonstrations, and to see what a shop can bear. Their money is withdrawn for this and forgotten, unless --folder keeps it. \
            Speaks to this machine only. The rate is told next to that of plain fetches of the product's page in the same run. Ends with 0 \
            when every purchase was made.
            """)

    @Argument(help: "The shop's address.")
    var shop: String

    @Option(help: "How many buy at the same time, 1 to \(LoadPlan.maximumBuyers).")
    var buyers = 10

    @Option(help: "How often each buys, 1 to \(LoadPlan.maximumPurchases).")
    var purchases = 10

    @Option(help: "What is bought; several are bought in turn. Default: the first product of the shop's front page.")
    var product: [String] = []

    @Option(help: "For products whose price the buyer chooses.")
    var amount: Amount?

    @Option(help: "What each buyer withdraws first. Default: one and a half times the prices.")
    var withdraw: Amount?

    @Option(help: "The bank's address. Default: that of the configuration file.")
    var bank: String?

    @Option(help: "The exchange's address. Default: that of the configuration file, or what the bank suggests.")
    var exchange: String?

    @Option(help: "The exchange's master key, as its operator tells it.")
    var exchangeKey: MasterPublicKey?

    @Flag(help: "Accept the master key that the exchange shows.")
    var trustExchange = false

    @Option(help: "Keep the wallets here, as buyer-1.sqlite and so on.", completion: .directory)
    var folder: String?

    @Flag(help: "Speak to other machines too. Only to your own!")
    var anywhere = false

    @OptionGroup var options: WalletOptions

    func validate() throws {
        guard (1...LoadPlan.maximumBuyers).contains(buyers) else { throw ValidationError("1 to \(LoadPlan.maximumBuyers) buyers") }
        guard (1...LoadPlan.maximumPurchases).contains(purchases) else {
            throw ValidationError("1 to \(LoadPlan.maximumPurchases) purchases each")
        }
    }

    func run() async throws {
        try await Terminal.run {
            let configured = try options.parties()
            let isConfigured = exchange == nil || exchange.map(slashed) == configured.exchangeURL
            let plan = LoadPlan(
                shop: shop, products: product, amount: amount, buyers: buyers, purchases: purchases, withdrawal: withdraw,
                bank: bank ?? configured.bankURL,
                exchange: ExchangeChoice(
                    url: exchange ?? configured.exchangeURL, key: exchangeKey ?? (isConfigured ? configured.exchangeKey : nil),
                    trustsFirstKey: trustExchange))
            for address in [shop, plan.bank, plan.exchange.url].compactMap(\.self) where !anywhere && !LoopbackSender.isLoopback(address) {
                Terminal.complain("\(address) is not on this machine; --anywhere sends there all the same")
                throw ExitCode.failure
            }
            _ = umask(0o077)
            let curl = CurlSender()
            defer { curl.shutdown() }
            let sender: any Sender = anywhere ? curl : LoopbackSender(curl)
            let bar = ProgressBar(isTerminal: Terminal.showsOutput)
            let load = LoadRun(plan, sender: sender) { [folder] buyer in
                guard let folder else { return try WalletStore.inMemory() }
                return try WalletStore.open(at: "\(folder)/buyer-\(buyer).sqlite")
            } report: {
                bar.show($0)
            }
            let totals = try await load.run()
            for line in LoadReport.lines(totals, plan: plan) { Terminal.say(line) }
            guard totals.purchases == buyers * purchases else { throw ExitCode.failure }
        }
    }

    private func slashed(_ url: String) -> String { url.hasSuffix("/") ? url : url + "/" }
}
