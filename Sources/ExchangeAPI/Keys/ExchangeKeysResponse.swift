// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// `GET /keys` of an exchange, protocol 17 and later.
public struct ExchangeKeysResponse: Codable, Sendable, Equatable {
    /// `current:revision:age`.
    public var version: String
    /// Ends in a slash.
    public var baseURL: String
    public var currency: String
    public var currencySpecification: CurrencySpecification?
    public var masterPublicKey: MasterPublicKey
    public var assetType: String?
    public var tinyAmount: Amount?
    public var stefanAbsolute: Amount?
    public var stefanLogarithmic: Amount?
    public var stefanLinear: Double?
    public var hardLimits: [JSONValue]?
    public var zeroLimits: [JSONValue]?
    public var rewardsAllowed: Bool?
    public var reserveClosingDelay: RelativeTime
    public var signKeys: [SigningKeyEntry]
    public var recoup: [RecoupEntry]?
    public var wads: [JSONValue]?
    public var accounts: [WireAccount]
    /// By wire method.
    public var wireFees: [String: [WireFee]]
    public var denominations: [DenominationGroup]
    public var auditors: [AuditorEntry]
    public var globalFees: [GlobalFee]
    public var listIssueDate: Timestamp
    public var exchangePub: ExchangePublicKey
    /// 1035.
    public var exchangeSignature: EdDSASignature
    /// What a wallet may hold before its owner is asked for papers.
    public var walletBalanceLimitWithoutKYC: [Amount]?

    enum CodingKeys: String, CodingKey {
        case version
        case baseURL = "base_url"
        case currency
        case currencySpecification = "currency_specification"
        case masterPublicKey = "master_public_key"
        case assetType = "asset_type"
        case tinyAmount = "tiny_amount"
        case stefanAbsolute = "stefan_abs"
        case stefanLogarithmic = "stefan_log"
        case stefanLinear = "stefan_lin"
        case hardLimits = "hard_limits"
        case zeroLimits = "zero_limits"
        case rewardsAllowed = "rewards_allowed"
        case reserveClosingDelay = "reserve_closing_delay"
        case signKeys = "signkeys"
        case recoup
        case wads
        case accounts
        case wireFees = "wire_fees"
        case denominations
        case auditors
        case globalFees = "global_fees"
        case listIssueDate = "list_issue_date"
        case exchangePub = "exchange_pub"
        case exchangeSignature = "exchange_sig"
        case walletBalanceLimitWithoutKYC = "wallet_balance_limit_without_kyc"
    }

    public init(
        version: String,
        baseURL: String,
        currency: String,
        currencySpecification: CurrencySpecification? = nil,
        masterPublicKey: MasterPublicKey,
        assetType: String? = nil,
        tinyAmount: Amount? = nil,
        stefanAbsolute: Amount? = nil,
        stefanLogarithmic: Amount? = nil,
        stefanLinear: Double? = nil,
        hardLimits: [JSONValue]? = nil,
        zeroLimits: [JSONValue]? = nil,
        rewardsAllowed: Bool? = nil,
        reserveClosingDelay: RelativeTime,
        signKeys: [SigningKeyEntry],
        recoup: [RecoupEntry]? = nil,
        wads: [JSONValue]? = nil,
        accounts: [WireAccount],
        wireFees: [String: [WireFee]],
        denominations: [DenominationGroup],
        auditors: [AuditorEntry],
        globalFees: [GlobalFee],
        listIssueDate: Timestamp,
        exchangePub: ExchangePublicKey,
        exchangeSignature: EdDSASignature,
        walletBalanceLimitWithoutKYC: [Amount]? = nil
    ) {
        self.version = version
        self.baseURL = baseURL
        self.currency = currency
        self.currencySpecification = currencySpecification
        self.masterPublicKey = masterPublicKey
        self.assetType = assetType
        self.tinyAmount = tinyAmount
        self.stefanAbsolute = stefanAbsolute
        self.stefanLogarithmic = stefanLogarithmic
        self.stefanLinear = stefanLinear
        self.hardLimits = hardLimits
        self.zeroLimits = zeroLimits
        self.rewardsAllowed = rewardsAllowed
        self.reserveClosingDelay = reserveClosingDelay
        self.signKeys = signKeys
        self.recoup = recoup
        self.wads = wads
        self.accounts = accounts
        self.wireFees = wireFees
        self.denominations = denominations
        self.auditors = auditors
        self.globalFees = globalFees
        self.listIssueDate = listIssueDate
        self.exchangePub = exchangePub
        self.exchangeSignature = exchangeSignature
        self.walletBalanceLimitWithoutKYC = walletBalanceLimitWithoutKYC
    }
}
