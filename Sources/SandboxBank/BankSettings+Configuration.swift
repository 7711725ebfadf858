// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
public import Configuration
import Foundation
import TalerWire

extension BankSettings {
    /// Reads `[bank] BASE_URL, CURRENCY, DEBT_LIMIT, REGISTER_BONUS, DEFAULT_EXCHANGE, DEFAULT_EXCHANGE_ACCOUNT, NAME, TEST_MODE,
    /// BEHIND_PROXY, SESSION_TIME`, each `[bank-account-NAME] PASSWORD | PASSWORD_FILE, TOKEN | TOKEN_FILE, RECEIVER_NAME, DEBT_LIMIT,
    /// PUBLIC` and each `[bank-exchange-NAME] BASE_URL, ACCOUNT`.
    ///
    /// Where the bank listens and where its database is are for the program to read.
    public init(_ configuration: Configuration) throws(ConfigurationError) {
        let bank = configuration.section("bank")
        let currency = try bank.currency("CURRENCY")
        self.init(baseURL: try bank.baseURL("BASE_URL"), currency: currency)
        debtLimit = try bank.amount("DEBT_LIMIT", default: .zero(currency))
        if bank.has("REGISTER_BONUS") { registerBonus = try bank.amount("REGISTER_BONUS", currency: currency) }
        if bank.has("DEFAULT_EXCHANGE") {
            defaultExchange = DefaultExchange(
                url: try bank.baseURL("DEFAULT_EXCHANGE"), account: try bank.string("DEFAULT_EXCHANGE_ACCOUNT"))
        }
        for name in configuration.sections(prefix: "bank-account-") {
            accounts.append(try Self.account(name, configuration.section("bank-account-" + name), currency))
        }
        name = bank.string("NAME", default: name)
        isTestMode = try bank.bool("TEST_MODE", default: false)
        isBehindProxy = try bank.bool("BEHIND_PROXY", default: false)
        if bank.has("SESSION_TIME") { sessionLimits.idle = max(60, try bank.duration("SESSION_TIME").components.seconds) }
        sessionLimits.total = max(sessionLimits.total, sessionLimits.idle)
        for exchange in configuration.sections(prefix: "bank-exchange-") {
            let section = configuration.section("bank-exchange-" + exchange)
            let known = DefaultExchange(url: try section.baseURL("BASE_URL"), account: try section.string("ACCOUNT"))
            guard accounts.contains(where: { $0.name == known.account }) else {
                throw section.error("ACCOUNT", "there is no section [bank-account-\(known.account)]")
            }
            exchanges.append(known)
        }
        if let account = defaultExchange?.account, !accounts.contains(where: { $0.name == account }) {
            throw bank.error("DEFAULT_EXCHANGE_ACCOUNT", "there is no section [bank-account-\(account)]")
        }
    }

    private static func account(
        _ name: String, _ section: ConfigurationSection, _ currency: Currency
    ) throws(ConfigurationError) -> AccountSettings {
        guard AccountName.isValid(name) else {
            throw ConfigurationError(
                file: section.error("PASSWORD", "").file, section: section.name,
                reason: "an account's name is 1 to 150 letters, digits and @.+-_")
        }
        let limit = name == ownAccount ? try? Amount(currency, value: ownDebtLimit) : nil
        return AccountSettings(
            name: name, receiverName: section.string("RECEIVER_NAME", default: name), password: try secret("PASSWORD", section),
            token: try secret("TOKEN", section), debtLimit: try section.amount("DEBT_LIMIT", default: limit ?? .zero(currency)),
            isPublic: section.has("PUBLIC") ? try section.bool("PUBLIC") : nil)
    }

    /// The value of `KEY`, or the first line of the file that `KEY_FILE` names.
    private static func secret(_ key: String, _ section: ConfigurationSection) throws(ConfigurationError) -> String? {
        let value = section.optionalString(key)
        let fileKey = key + "_FILE"
        guard let path = try section.optionalPath(fileKey) else { return value }
        guard value == nil else { throw section.error(fileKey, "\(key) is there as well") }
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
            throw section.error(fileKey, "\(path) cannot be read")
        }
        guard let line = text.split(separator: "\n", omittingEmptySubsequences: false).first, !line.isEmpty else {
            throw section.error(fileKey, "\(path) has no \(key.lowercased()) in its first line")
        }
        return String(line)
    }
}
