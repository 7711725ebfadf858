// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import Configuration
import HTTPCore
import MerchantBackend
import ProgramSupport
import TalerWire

/// Where the bank tells what reached the merchant's account: `REVENUE_…` in `[merchant-account-NAME]`, and how long the money may take.
struct RevenueSettings {
    private struct Account {
        let payto: PaytoURI
        let url: String
        let login: Login
    }

    private enum Login {
        case password(username: String, file: String)
        case token(file: String)
        case none
    }

    private let accounts: [Account]
    /// Seconds.
    let grace: Int64

    /// A bank account is read.
    var expectsBank: Bool { !accounts.isEmpty }

    /// Files with the bank's passwords and tokens.
    var secretFiles: [String] {
        accounts.compactMap { account in
            switch account.login {
            case .password(_, let file), .token(let file): file
            case .none: nil
            }
        }
    }

    init(_ configuration: Configuration) throws(ConfigurationError) {
        let merchant = configuration.section("merchant")
        let time = try merchant.relativeTime("MISSING_TRANSFER_GRACE", default: RelativeTime(seconds: 2 * 86_400))
        guard let seconds = time.seconds, seconds <= 366 * 86_400 else {
            throw merchant.error("MISSING_TRANSFER_GRACE", "at most a year is possible")
        }
        grace = Int64(seconds)
        var accounts: [Account] = []
        for name in configuration.sections(prefix: "merchant-account-") {
            let section = configuration.section("merchant-account-\(name)")
            guard section.has("REVENUE_URL") else { continue }
            let payto: PaytoURI
            let text = try section.string("PAYTO_URI")
            do { payto = try PaytoURI(text) } catch { throw section.error("PAYTO_URI", "\(error)") }
            accounts.append(Account(payto: payto, url: try section.baseURL("REVENUE_URL"), login: try Self.login(section)))
        }
        self.accounts = accounts
    }

    private static func login(_ section: ConfigurationSection) throws(ConfigurationError) -> Login {
        for key in ["REVENUE_PASSWORD", "REVENUE_TOKEN"] where section.has(key) {
            throw section.error(key, "secrets belong in a file of mode 0600: \(key)_FILE names it")
        }
        let token = try section.optionalPath("REVENUE_TOKEN_FILE")
        let password = try section.optionalPath("REVENUE_PASSWORD_FILE")
        let username = section.optionalString("REVENUE_USERNAME")
        switch (username, password, token) {
        case (let username?, let password?, nil): return .password(username: username, file: password)
        case (nil, nil, let token?): return .token(file: token)
        case (nil, nil, nil): return .none
        default:
            throw section.error("REVENUE_URL", "either REVENUE_USERNAME with REVENUE_PASSWORD_FILE or REVENUE_TOKEN_FILE is needed")
        }
    }

    /// Reads the secrets.
    /// - Throws: `PrivateFileError`.
    func reconciliation(sender: any Sender) throws -> ReconciliationSettings {
        ReconciliationSettings(
            accounts: try accounts.map { account in
                let login: RevenueClient.Login
                switch account.login {
                case .password(let username, let file):
                    login = .basic(BankCredentials(username: username, password: try Self.line(of: file)))
                case .token(let file): login = .token(try Self.line(of: file))
                case .none: login = .none
                }
                return .init(payto: account.payto, client: RevenueClient(baseURL: account.url, login: login, sender: sender))
            }, grace: grace)
    }

    /// The first line.
    private static func line(of path: String) throws -> String {
        String(String(decoding: try PrivateFile.read(path), as: UTF8.self).prefix { !$0.isNewline })
    }
}
