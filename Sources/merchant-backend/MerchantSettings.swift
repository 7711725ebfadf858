// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Configuration
import ExchangeClient
import HTTPCore
import HTTPServer
import Logging
import MerchantBackend
import MerchantCore
import ProgramSupport
import TalerWire

/// What the sections `[merchant]`, `[merchant-account-…]`, `[merchant-exchange-…]` and `[merchant-auditor-…]` say.
struct MerchantSettings {
    let address: ServerAddress
    let keyFile: String
    let tokenFile: String
    let database: String
    /// Folder of the exchanges' kept keys.
    let keysFolder: String
    let money: MoneyRules
    /// Seconds.
    let wireTransferDelay: Int64
    let wireSubjectMetadata: String?
    let account: PaytoURI?
    let exchanges: [AcceptedExchange]
    let auditors: [AcceptedAuditor]

    init(_ configuration: Configuration) throws(ConfigurationError) {
        let merchant = configuration.section("merchant")
        address = try ServerAddress(merchant)
        keyFile = try merchant.path("KEYFILE")
        tokenFile = try merchant.path("TOKEN_FILE")
        database = try merchant.path("DB")
        keysFolder = try merchant.path("KEYS_FOLDER")
        let currency = try merchant.currency("CURRENCY")
        let cent: Amount
        do { cent = try Amount("\(currency):0.01") } catch { throw merchant.error("CURRENCY", "\(error)") }
        let unit = try merchant.amount("SMALLEST_UNIT", default: cent)
        guard !unit.isZero else { throw merchant.error("SMALLEST_UNIT", "an amount above zero is needed") }
        money = MoneyRules(currency: currency, smallestUnit: unit)
        let delay = try merchant.relativeTime("WIRE_TRANSFER_DELAY", default: RelativeTime(seconds: 3 * 7 * 86_400))
        guard let seconds = delay.seconds, seconds <= 10 * 366 * 86_400 else {
            throw merchant.error("WIRE_TRANSFER_DELAY", "at most ten years are possible")
        }
        wireTransferDelay = Int64(seconds)
        wireSubjectMetadata = merchant.optionalString("WIRE_SUBJECT_METADATA")
        if let text = wireSubjectMetadata, text.wholeMatch(of: /[a-zA-Z0-9\-.:]{1,40}/) == nil {
            throw merchant.error("WIRE_SUBJECT_METADATA", "1 to 40 letters, digits and the characters - . : are possible")
        }
        account = try Self.account(configuration)
        exchanges = try Self.exchanges(configuration, currency)
        auditors = try Self.auditors(configuration)
    }

    /// What must never be replaced by something else: the database, what SQLite keeps beside it, and the secrets.
    var ownFiles: [String] { databaseFiles.map { $0 + $1 } + [database + ".lock", keyFile, tokenFile] }

    /// The database and what SQLite keeps beside it, as path and ending: its log, its index, and a rollback journal.
    var databaseFiles: [(path: String, end: String)] { ["", "-wal", "-shm", "-journal"].map { (database, $0) } }

    func files(_ revenue: RevenueSettings) -> BackendFiles {
        BackendFiles(database: database, key: keyFile, token: tokenFile, otherSecrets: revenue.secretFiles)
    }

    func fetcher(sender: any Sender, clock: any WallClock) -> KeysFetcher {
        KeysFetcher(
            sender: sender, clock: clock, currency: money.currency,
            auditors: Dictionary(auditors.map { ($0.auditorPub, $0.name) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Which URLs may be fetched while serving.
    var fetchPolicy: FetchPolicy { FetchPolicy(configured: exchanges.map(\.baseURL), hasAuditors: !auditors.isEmpty) }

    /// The configured exchanges, of whose keys none are held yet.
    func directory(sender: any Sender, clock: any WallClock, cacheFolder: String?, logger: Logger) -> ExchangeDirectory {
        ExchangeDirectory(
            exchanges.map { .init(baseURL: $0.baseURL, masterPub: $0.masterPub) },
            fetcher: fetcher(sender: PolicedSender(sender, fetchPolicy), clock: clock),
            cacheFolder: cacheFolder, logger: logger)
    }

    private static func account(_ configuration: Configuration) throws(ConfigurationError) -> PaytoURI? {
        let names = configuration.sections(prefix: "merchant-account-")
        guard let name = names.first else { return nil }
        let section = configuration.section("merchant-account-\(name)")
        guard names.count == 1 else { throw section.error("PAYTO_URI", "one account can be configured, not \(names.count)") }
        do { return try PaytoURI(try section.string("PAYTO_URI")) } catch let error as WireError {
            throw section.error("PAYTO_URI", "\(error)")
        } catch let error as ConfigurationError { throw error } catch { throw section.error("PAYTO_URI", "\(error)") }
    }

    private static func exchanges(
        _ configuration: Configuration, _ currency: Currency
    ) throws(ConfigurationError) -> [AcceptedExchange] {
        var exchanges: [AcceptedExchange] = []
        for name in configuration.sections(prefix: "merchant-exchange-") {
            let section = configuration.section("merchant-exchange-\(name)")
            guard try section.currency("CURRENCY") == currency else {
                throw section.error("CURRENCY", "the merchant takes \(currency) only")
            }
            exchanges.append(
                AcceptedExchange(baseURL: try section.baseURL("EXCHANGE_BASE_URL"), masterPub: try section.bytes("MASTER_KEY")))
        }
        return exchanges
    }

    private static func auditors(_ configuration: Configuration) throws(ConfigurationError) -> [AcceptedAuditor] {
        var auditors: [AcceptedAuditor] = []
        for name in configuration.sections(prefix: "merchant-auditor-") {
            let section = configuration.section("merchant-auditor-\(name)")
            auditors.append(
                AcceptedAuditor(name: name, url: try section.baseURL("AUDITOR_URL"), auditorPub: try section.bytes("PUBLIC_KEY")))
        }
        return auditors
    }
}
