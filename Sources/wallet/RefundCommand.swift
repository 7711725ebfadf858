// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ArgumentParser
public import TalerWire
import Wallet

/// `wallet refund`
struct RefundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund", abstract: "Asks the shops what they gave back, and takes it.",
        discussion: """
            Only what the exchange has signed counts. The coins that got something are exchanged for fresh ones, as the shop knows them. \
            A shop that does not tell of refunds is passed over, unless --contract names its purchase.
            """)

    @Option(help: "Only this purchase: its H_contract, as `wallet history` lists it.")
    var contract: ContractHash?

    @OptionGroup var options: WalletOptions

    func run() async throws {
        try await Terminal.run {
            try await options.withWallet { wallet in
                let results = try await wallet.refund(contract)
                var hasFailed = false
                for result in results {
                    guard let failure = result.failure else { continue }
                    Terminal.complain("\(result.summary): \(failure)")
                    if case .noRefunds = failure, contract == nil { continue }
                    hasFailed = true
                }
                if results.allSatisfy(\.credited.isZero) { Terminal.say("Nothing new was given back.") }
                if hasFailed { throw ExitCode.failure }
            }
        }
    }
}

extension ContractHash: ExpressibleByArgument {
    public init?(argument: String) { try? self.init(base32: argument) }
}
