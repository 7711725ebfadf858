// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// `GET /keys` of an exchange of protocols 14 to 16: the members that a merchant needs. Accounts and wire fees are in
/// ``ExchangeWireResponse``.
public struct ExchangeKeysResponse14: Codable, Sendable, Equatable {
    /// `current:revision:age`.
    public var version: String
    public var currency: String
    public var masterPublicKey: MasterPublicKey
    public var signKeys: [SigningKeyEntry]
    public var recoup: [RecoupEntry]?
    /// One by one, without age-restricted ones.
    public var flatDenominations: [FlatDenominationEntry]
    /// The same in groups, age-restricted ones included.
    public var denominations: [DenominationGroup]?
    public var auditors: [AuditorEntry]
    public var globalFees: [GlobalFee]?
    public var listIssueDate: Timestamp
    public var exchangePub: ExchangePublicKey
    /// 1035 over the hashes of ``flatDenominations``.
    public var exchangeSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case version
        case currency
        case masterPublicKey = "master_public_key"
        case signKeys = "signkeys"
        case recoup
        case flatDenominations = "denoms"
        case denominations
        case auditors
        case globalFees = "global_fees"
        case listIssueDate = "list_issue_date"
        case exchangePub = "eddsa_pub"
        case exchangeSignature = "eddsa_sig"
    }
}

/// One denomination of a list without groups (1025).
public struct FlatDenominationEntry: Codable, Sendable, Equatable {
    public var start: Timestamp
    public var expireWithdraw: Timestamp
    public var expireDeposit: Timestamp
    public var expireLegal: Timestamp
    /// `{"cipher": "RSA", "age_mask", "rsa_public_key"}` or `{"cipher": "CS", "age_mask", "cs_public_key"}`.
    public var publicKey: JSONValue
    public var value: Amount
    public var feeWithdraw: Amount
    public var feeDeposit: Amount
    public var feeRefresh: Amount
    public var feeRefund: Amount
    public var masterSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case start = "stamp_start"
        case expireWithdraw = "stamp_expire_withdraw"
        case expireDeposit = "stamp_expire_deposit"
        case expireLegal = "stamp_expire_legal"
        case publicKey = "denom_pub"
        case value
        case feeWithdraw = "fee_withdraw"
        case feeDeposit = "fee_deposit"
        case feeRefresh = "fee_refresh"
        case feeRefund = "fee_refund"
        case masterSignature = "master_sig"
    }
}
