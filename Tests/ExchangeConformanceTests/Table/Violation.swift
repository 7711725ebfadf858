// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A row of the table of checks of `POST /batch-deposit`, by its number.
enum Violation: Int, CaseIterable, Comparable {
    case shape = 1
    case account
    case merchantSignature
    case refundAfterWire
    case wireNever
    case coinCount
    case unknownDenomination
    case aboveValue
    case expired
    case future
    case revoked
    case otherCipher
    case denominationSignature
    case belowFee
    case coinSignature
    case policy
    case kyc
    case otherDenomination
    case otherAge
    case otherContract
    case insufficientFunds
    case brokenBooks

    static func < (left: Violation, right: Violation) -> Bool { left.rawValue < right.rawValue }

    var status: Int {
        switch self {
        case .unknownDenomination: 404
        case .merchantSignature, .denominationSignature, .coinSignature: 403
        case .expired, .future, .revoked: 410
        case .otherDenomination, .otherAge, .otherContract, .insufficientFunds: 409
        case .kyc: 451
        case .brokenBooks: 500
        default: 400
        }
    }

    var code: Int {
        switch self {
        case .shape, .account: 22
        case .merchantSignature, .coinCount: 26
        case .refundAfterWire: 1208
        case .wireNever: 1209
        case .unknownDenomination: 1005
        case .aboveValue: 1021
        case .expired: 1009
        case .future: 1008
        case .revoked: 1010
        case .otherCipher: 1017
        case .denominationSignature: 1006
        case .belowFee: 1207
        case .coinSignature: 1205
        case .policy: 1107
        case .kyc: 1028
        case .otherDenomination: 1003
        case .otherAge: 1015
        case .otherContract: 1206
        case .insufficientFunds: 1012
        case .brokenBooks: 52
        }
    }

    /// Which member is complained about, where the code does not say it.
    var field: String? {
        switch self {
        case .shape: "h_contract_terms"
        case .account: "merchant_payto_uri"
        default: nil
        }
    }
}
