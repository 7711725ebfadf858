// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import BankStore
public import TalerWire

/// What a bank is told about itself.
public struct BankSettings: Sendable {
    /// Ends in a slash.
    public var baseURL: String
    public var currency: Currency
    /// Of accounts that register themselves.
    public var debtLimit: Amount
    /// What a new account is given from the bank's own account; nil or zero for nothing.
    public var registerBonus: Amount?
    /// The exchange of a withdrawal that names none.
    public var defaultExchange: DefaultExchange?
    /// Accounts that are there from the start.
    public var accounts: [AccountSettings]
    /// Exchanges that customers may withdraw to, beside the default one. No other is ever paid on a wallet's word.
    public var exchanges: [DefaultExchange] = []
    /// What the pages call the bank.
    public var name = "Sandbox Bank"
    /// For tests: any answer to the question before a withdrawal is right.
    public var isTestMode = false
    /// Requests come through a proxy that appends the client's address to `X-Forwarded-For`.
    public var isBehindProxy = false
    /// How long people stay logged in on the pages.
    public var sessionLimits = SessionLimits(idle: 3600, total: 43200)

    public struct DefaultExchange: Sendable, Equatable {
        /// Base URL of the exchange.
        public var url: String
        /// Name of its account at this bank.
        public var account: String

        public init(url: String, account: String) {
            self.url = url
            self.account = account
        }
    }

    /// An account that the configuration asks for.
    public struct AccountSettings: Sendable {
        public var name: String
        public var receiverName: String
        /// Nil for an account that nobody logs in to.
        public var password: String?
        /// What a program may send as `Authorization: Bearer` instead of name and password; nil for none.
        public var token: String?
        public var debtLimit: Amount
        /// Whether everybody may read it; nil leaves that to its owner.
        public var isPublic: Bool?

        public init(
            name: String, receiverName: String, password: String?, token: String? = nil, debtLimit: Amount, isPublic: Bool? = nil
        ) {
            self.name = name
            self.receiverName = receiverName
            self.password = password
            self.token = token
            self.debtLimit = debtLimit
            self.isPublic = isPublic
        }
    }

    /// Name of the account that new money comes from.
    public static let ownAccount = "bank"
    /// Its debt limit unless the configuration says another: 10^10 whole units.
    public static let ownDebtLimit: UInt64 = 10_000_000_000

    public init(
        baseURL: String, currency: Currency, debtLimit: Amount? = nil, registerBonus: Amount? = nil,
        defaultExchange: DefaultExchange? = nil, accounts: [AccountSettings] = []
    ) {
        self.baseURL = baseURL
        self.currency = currency
        self.debtLimit = debtLimit ?? .zero(currency)
        self.registerBonus = registerBonus
        self.defaultExchange = defaultExchange
        self.accounts = accounts
    }

    /// Host and port of ``baseURL``, as they stand in the accounts' payto URIs.
    public var host: String {
        let rest = baseURL.firstRange(of: "://").map { baseURL[$0.upperBound...] } ?? Substring(baseURL)
        return String(rest.prefix { $0 != "/" })
    }
}
