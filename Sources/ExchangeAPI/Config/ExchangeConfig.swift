// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// `GET /config` of an exchange.
public struct ExchangeConfig: Codable, Sendable, Equatable {
    /// `current:revision:age`.
    public var version: String
    /// `taler-exchange`.
    public var name: String
    public var currency: String
    public var currencySpecification: CurrencySpecification?
    public var implementation: String?
    public var supportedKYCRequirements: [String]?
    /// What a wallet may hold before its owner is asked for papers.
    public var walletBalanceLimitWithoutKYC: [Amount]?

    enum CodingKeys: String, CodingKey {
        case version
        case name
        case currency
        case currencySpecification = "currency_specification"
        case implementation
        case supportedKYCRequirements = "supported_kyc_requirements"
        case walletBalanceLimitWithoutKYC = "wallet_balance_limit_without_kyc"
    }

    public init(
        version: String,
        name: String,
        currency: String,
        currencySpecification: CurrencySpecification? = nil,
        implementation: String? = nil,
        supportedKYCRequirements: [String]? = nil,
        walletBalanceLimitWithoutKYC: [Amount]? = nil
    ) {
        self.version = version
        self.name = name
        self.currency = currency
        self.currencySpecification = currencySpecification
        self.implementation = implementation
        self.supportedKYCRequirements = supportedKYCRequirements
        self.walletBalanceLimitWithoutKYC = walletBalanceLimitWithoutKYC
    }
}
