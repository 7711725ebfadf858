// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// The members of a 451 (LegitimizationNeededResponse, protocol 21 and later) beside `code` and `hint`.
public struct KYCRequired: Codable, Sendable, Equatable {
    /// Of the account's normalized payto URI: names the account at `/kyc-check`.
    public var paytoHash: PaytoHash?
    /// The key that the exchange has for the account.
    public var accountPub: MerchantPublicKey?
    /// True when the account has not made the transfer that proves who its merchant key belongs to. Left out means false.
    public var isBadKYCAuth: Bool?
    public var requirementRow: Int64?

    enum CodingKeys: String, CodingKey {
        case paytoHash = "h_payto"
        case accountPub = "account_pub"
        case isBadKYCAuth = "bad_kyc_auth"
        case requirementRow = "requirement_row"
    }

    public init(
        paytoHash: PaytoHash? = nil, accountPub: MerchantPublicKey? = nil, isBadKYCAuth: Bool? = nil, requirementRow: Int64? = nil
    ) {
        self.paytoHash = paytoHash
        self.accountPub = accountPub
        self.isBadKYCAuth = isBadKYCAuth
        self.requirementRow = requirementRow
    }
}

/// 200 (satisfied) and 202 (something is open) of `GET /kyc-check/$H_NORMALIZED_PAYTO`.
public struct KYCStatus: Codable, Sendable, Equatable {
    public var isAMLReview: Bool
    /// Opens `BASE_URL/kyc-info/$ACCESS_TOKEN` (for programs) and `BASE_URL/kyc-spa/$ACCESS_TOKEN` (for people).
    public var accessToken: String
    public var limits: [JSONValue]?

    enum CodingKeys: String, CodingKey {
        case isAMLReview = "aml_review"
        case accessToken = "access_token"
        case limits
    }

    public init(isAMLReview: Bool, accessToken: String, limits: [JSONValue]? = nil) {
        self.isAMLReview = isAMLReview
        self.accessToken = accessToken
        self.limits = limits
    }
}
