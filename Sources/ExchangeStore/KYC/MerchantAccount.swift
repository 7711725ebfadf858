// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A bank account of a merchant, and what is known of its owner.
public struct MerchantAccount: Sendable, Equatable {
    /// Normalized.
    public var payto: String
    /// The key that the account itself has named by a transfer.
    public var accountPub: MerchantPublicKey?
    /// Nil when it was never asked to identify itself.
    public var requirement: KYCRequirement?

    /// True when it was asked to identify itself and has done so.
    public var isIdentified: Bool { requirement?.isFulfilled == true }

    /// The number of what it was asked and has not yet answered.
    public var openRequirement: Int64? {
        guard let requirement, !requirement.isFulfilled else { return nil }
        return requirement.row
    }

    /// True when nothing keeps the account from being paid what that merchant has deposits for.
    public func isPayable(to merchant: MerchantPublicKey) -> Bool { accountPub == merchant && openRequirement == nil }
}

/// What an account was asked.
public struct KYCRequirement: Sendable, Equatable {
    public var row: Int64
    public var isFulfilled: Bool
}

/// A transfer by which an account has named the key of its merchant.
public struct AccountKeyCredit: Sendable, Equatable {
    /// Of the normalized payto URI.
    public var account: NormalizedPaytoHash
    /// Normalized.
    public var payto: String
    public var key: MerchantPublicKey

    public init(account: NormalizedPaytoHash, payto: String, key: MerchantPublicKey) {
        self.account = account
        self.payto = payto
        self.key = key
    }
}
