// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Foundation
import TalerWire
import Wallet

/// `wallet pay`
struct PayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pay", abstract: "Buys a product: gets the shop's contract, checks it, pays it, and opens what it leads to.",
        discussion: """
            Without --amount, --maximum and --yes it asks for a yes on a terminal; where there is nobody to ask it pays what the shop asks \
            for. What the payment leaves of a coin is exchanged for fresh coins right after it.
            """)

    @Argument(help: "The shop's address.")
    var shop: String

    @Argument(help: "The product, as the shop's pages name it.")
    var product: String

    @Option(help: "For products whose price the buyer chooses, for example KUDOS:1.")
    var amount: Amount?

    @Option(help: "The most that it may cost, for example KUDOS:2; a higher price is refused.")
    var maximum: Amount?

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @Flag(help: "Leave what the payment leaves of a coin for `wallet refresh`.")
    var keepRest = false

    @OptionGroup var options: WalletOptions

    func run() async throws {
        try await Terminal.run {
            try await options.withWallet(refreshesRests: !keepRest) { wallet in
                var limit = PriceLimit(maximum: maximum)
                if amount == nil, maximum == nil, !yes, Terminal.isInteractive {
                    limit.agrees = { price, summary, merchant in Terminal.ask("Pay \(price) to \(merchant) for \(summary)?") }
                }
                let purchase = try await wallet.pay(shop, product: product, amount: amount, limit: limit)
                try PayCommand.tellPage(purchase)
            }
        }
    }

    static func tellPage(_ purchase: Purchase) throws {
        guard let url = purchase.fulfillmentURL else {
            Terminal.complain("it is paid, but the shop leads to no page of its own")
            throw ExitCode.failure
        }
        guard purchase.status == 200 else {
            let answer = purchase.status.map { "answered \($0)" } ?? "cannot be read"
            Terminal.complain("it is paid, but the page \(url) \(answer); it can be opened again at any time")
            throw ExitCode.failure
        }
        if let title = purchase.pageTitle { Terminal.say("page         \(title)") }
    }
}
