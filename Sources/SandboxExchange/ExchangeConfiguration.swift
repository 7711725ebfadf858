// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import BankAPI
public import TalerWire

/// What the operator decides about a sandbox exchange.
public struct ExchangeConfiguration: Sendable {
    /// Where customers reach it; ends in a slash.
    public let baseURL: String
    public var currency: Currency
    /// The currency's name for people.
    public var currencyName: String
    /// The bank account that pays into reserves and pays merchants.
    public var account: PaytoURI
    public var databasePath: String
    /// Holds the offline key: read by the setup only, never by the serving process.
    public var masterKeyPath: String
    public var wireGateway: WireGatewayAccess
    /// Of a bank with the interface of 2019, where the wire gateway's login is known too: transfers whose subject names no key are sent
    /// back through it. Nil, the default, leaves them.
    public var bankURL: String?
    /// Deposits above it need a merchant who has identified himself, and every deposit an account that has named its merchant's key.
    /// Nil, the default, asks nobody anything.
    public var kycThreshold: Amount?
    /// For how long keys are made, and how early: for the setup only.
    public var keySchedule = KeySchedule.standard
    /// Of new denominations' RSA keys, 1024 to 8192: for the setup only.
    public var denominationKeyBits = 2048

    /// - Parameter baseURL: with or without its last slash.
    public init(
        baseURL: String, currency: Currency, currencyName: String? = nil, account: PaytoURI, databasePath: String, masterKeyPath: String,
        wireGateway: WireGatewayAccess, bankURL: String? = nil, kycThreshold: Amount? = nil
    ) {
        self.baseURL = baseURL.hasSuffix("/") ? baseURL : baseURL + "/"
        self.currency = currency
        self.currencyName = currencyName ?? currency.text.prefix(1) + currency.text.dropFirst().lowercased()
        self.account = account
        self.databasePath = databasePath
        self.masterKeyPath = masterKeyPath
        self.wireGateway = wireGateway
        self.bankURL = bankURL
        self.kycThreshold = kycThreshold
    }
}

/// How the exchange reaches its account at the bank.
public struct WireGatewayAccess: Sendable {
    /// `…/taler-wire-gateway/`.
    public var baseURL: String
    public var credentials: BankCredentials

    public init(baseURL: String, credentials: BankCredentials) {
        self.baseURL = baseURL
        self.credentials = credentials
    }
}
