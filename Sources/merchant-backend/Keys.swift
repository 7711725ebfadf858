// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import ExchangeAPI
import ExchangeClient
import Foundation
import HTTPClient
import HTTPCore
import Logging
import MerchantCore
import TalerWire

/// `merchant-backend keys`
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the exchanges' keys that are held, or shows an exchange's master key to be confirmed.",
        discussion: """
            Without --fetch: what is kept in KEYS_FOLDER of each configured exchange, verified anew.

            With --fetch URL: asks that exchange and prints its master key. Nobody but the exchange's operator can say whether it is the \
            right one: compare it with what they publish elsewhere before it goes into the configuration.
            """)

    @Option(name: .customLong("fetch"), help: "Base URL of an exchange that is not configured yet.")
    var url: String?

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        let settings = try MerchantSettings(option.load())
        if let url { try await Self.fetch(url.hasSuffix("/") ? url : url + "/", settings) } else { await Self.list(settings) }
    }

    private static func list(_ settings: MerchantSettings) async {
        let clock = SystemWallClock()
        let sender = CurlSender()
        defer { sender.shutdown() }
        let directory = settings.directory(
            sender: sender, clock: clock, cacheFolder: settings.keysFolder,
            logger: Logger(label: "keys") { StreamLogHandler.standardError(label: $0) })
        await directory.loadCache()
        for entry in directory.entries {
            print("\(entry.baseURL)\n  master key   \(entry.masterPub)")
            guard let keys = await directory.state(of: entry.baseURL).keys else {
                print("  no keys are held; the backend fetches them while it serves")
                continue
            }
            let now = clock.now()
            let accepted = keys.denominations.values.filter { $0.isDepositable(at: now) }
            print("  protocol     \(keys.version)")
            print("  issued       \(date(keys.listIssueDate))")
            print("  signing keys \(keys.signingKeys.count), the last until \(date(keys.signingKeys.map(\.expire).max() ?? .zero))")
            print(
                "  coins        \(accepted.count) of \(keys.denominations.count) denominations are accepted now, the last until "
                    + date(accepted.map(\.expireDeposit).max() ?? .zero))
            for account in keys.accounts { print("  pays from    \(account.paytoURI)") }
            if let account = settings.account, !keys.canWire(to: account) { print("  it cannot pay \(account.text)") }
        }
    }

    private static func fetch(_ url: String, _ settings: MerchantSettings) async throws {
        let sender = CurlSender()
        defer { sender.shutdown() }
        let fetcher = settings.fetcher(sender: sender, clock: SystemWallClock())
        let shown: KeysFetcher.Shown
        do throws(KeysError) { shown = try await fetcher.fetchShown(url) } catch { throw CommandFailure("\(url): \(error)") }
        print("exchange    \(url)\nmaster key  \(shown.master)")
        print("currency    \(shown.currency?.text ?? "?")\nprotocol    \(shown.version)")
        do throws(KeysError) {
            _ = try shown.keys.get()
            print("Every signature in its keys verifies under this master key.")
        } catch {
            print("Its keys cannot be used: \(error)")
            throw ExitCode.failure
        }
        print(
            """
            Whether the key is the right one, only the exchange's operator can tell you. Once they have, this belongs into the configuration:

            [merchant-exchange-NAME]
            EXCHANGE_BASE_URL = \(url)
            MASTER_KEY = \(shown.master)
            CURRENCY = \(settings.money.currency)
            """)
    }

    private static func date(_ time: Timestamp) -> String {
        time.seconds.map { Date(timeIntervalSince1970: TimeInterval($0)).formatted(.iso8601) } ?? "never"
    }
}
