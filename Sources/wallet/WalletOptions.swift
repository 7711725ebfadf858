// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ArgumentParser
import Configuration
import Foundation
import HTTPClient
public import TalerWire
import Wallet
import WalletStore

/// The options that every command has.
struct WalletOptions: ParsableArguments {
    @Option(
        name: .customLong("wallet"), help: "The wallet's database. Default: $TALER_WALLET, or ~/.local/share/taler-merchant/wallet.sqlite.",
        completion: .file())
    var path: String?

    @Option(
        name: [.customShort("c"), .customLong("config")],
        help: "A configuration file whose section [wallet] names BANK_URL, EXCHANGE_URL and EXCHANGE_MASTER_KEY.", completion: .file())
    var file: String?

    private var databasePath: String {
        if let path = path ?? ProcessInfo.processInfo.environment["TALER_WALLET"], !path.isEmpty { return path }
        return FileManager.default.homeDirectoryForCurrentUser.path + "/.local/share/taler-merchant/wallet.sqlite"
    }

    /// Opens the wallet for the time of `work`.
    /// - Parameter mustExist: does not make one: for commands that only look.
    func withWallet(refreshesRests: Bool = true, mustExist: Bool = false, _ work: (Wallet) async throws -> Void) async throws {
        if mustExist, !FileManager.default.fileExists(atPath: databasePath) {
            throw WalletStoreError.database("there is none at \(databasePath)")
        }
        // Whatever this program makes is its owner's alone.
        _ = umask(0o077)
        let store = try WalletStore.open(at: databasePath)
        let sender = CurlSender()
        defer {
            sender.shutdown()
            store.close()
        }
        try await work(Wallet(store: store, sender: sender, refreshesRests: refreshesRests) { Terminal.say("\($0)") })
    }

    /// What the configuration file says of bank and exchange; nothing without a file.
    func parties() throws -> ConfiguredParties {
        guard let file else { return ConfiguredParties() }
        let section = try Configuration.load(file).section("wallet")
        return ConfiguredParties(
            bankURL: section.has("BANK_URL") ? try section.baseURL("BANK_URL") : nil,
            exchangeURL: section.has("EXCHANGE_URL") ? try section.baseURL("EXCHANGE_URL") : nil,
            exchangeKey: section.has("EXCHANGE_MASTER_KEY") ? try section.bytes("EXCHANGE_MASTER_KEY") : nil)
    }
}

/// Bank and exchange of a configuration file.
struct ConfiguredParties {
    var bankURL: String?
    var exchangeURL: String?
    var exchangeKey: MasterPublicKey?
}

extension Amount: ExpressibleByArgument {
    public init?(argument: String) { try? self.init(argument) }
}

extension MasterPublicKey: ExpressibleByArgument {
    public init?(argument: String) { try? self.init(base32: argument) }
}
