// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import TalerWire
import Wallet

/// `wallet pay`
struct PayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pay", abstract: "Buys a product: gets the shop's contract, checks it, pays it, and opens what it leads to.")

    @Argument(help: "The shop's address.")
    var shop: String

    @Argument(help: "The product, as the shop's pages name it.")
    var product: String

    @Option(help: "For products whose price the buyer chooses, for example KUDOS:1.")
    var amount: Amount?

    @OptionGroup var options: WalletOptions

    func run() async throws {
        try await Terminal.run {
            try await options.withWallet { wallet in
                let purchase = try await wallet.pay(shop, product: product, amount: amount)
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
