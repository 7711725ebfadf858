// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
public import TalerWire

/// An exchange's `/keys` in which every signature was checked down to the master key.
public struct VerifiedKeys: Sendable {
    public let masterPub: MasterPublicKey
    public let currency: Currency
    public let version: ProtocolVersion
    /// The highest protocol that both sides speak: decides the layout of what is sent and signed.
    public let commonProtocol: Int
    public let listIssueDate: Timestamp
    public let signingKeys: [SigningKeyEntry]
    /// By hash; age-restricted ones included.
    public let denominations: [DenominationHash: Denomination]
    public let accounts: [WireAccount]
    public let wireFees: [String: [WireFee]]
    /// Denominations that a configured auditor vouches for.
    public let audited: [AuditorPublicKey: Set<DenominationHash>]

    /// Denominations of which the exchange says that it has revoked them (`recoup`); it may not list them any more.
    public var revoked: Set<DenominationHash> = []

    /// A configured auditor vouches for the denomination.
    public func isAudited(_ denomination: DenominationHash) -> Bool { audited.values.contains { $0.contains(denomination) } }

    /// The same without the denominations that no configured auditor vouches for.
    var auditedOnly: VerifiedKeys {
        VerifiedKeys(
            masterPub: masterPub, currency: currency, version: version, commonProtocol: commonProtocol, listIssueDate: listIssueDate,
            signingKeys: signingKeys, denominations: denominations.filter { isAudited($0.key) }, accounts: accounts, wireFees: wireFees,
            audited: audited, revoked: revoked)
    }

    /// When something in them changes next: the signing key in use expires, or the last denomination can be deposited no longer.
    func nextChange(after now: Timestamp) -> Timestamp {
        let signing = signingKeys.filter { $0.start <= now && now < $0.expire }.map(\.expire).max()
        let denominations = denominations.values.map(\.expireDeposit).max()
        return min(signing ?? .never, denominations ?? .never)
    }

    /// The signing key, if the exchange listed it and its signatures are evidence now.
    public func signingKey(_ key: ExchangePublicKey, at now: Timestamp) -> SigningKeyEntry? {
        signingKeys.first { $0.key == key && $0.end > now }
    }

    /// True when the exchange has an account to pay this account from.
    ///
    /// A restricted account counts only when its restrictions let the merchant's account through (`deny` never does).
    public func canWire(to account: PaytoURI) -> Bool {
        accounts.contains { candidate in
            guard let payto = try? PaytoURI(candidate.paytoURI), payto.method == account.method else { return false }
            return candidate.debitRestrictions.allSatisfy { Self.allows($0, account) }
        }
    }

    private static func allows(_ restriction: JSONValue, _ account: PaytoURI) -> Bool {
        guard restriction["type"]?.stringValue == "regex", let pattern = restriction["payto_regex"]?.stringValue,
            let expression = try? Regex(pattern)
        else { return false }
        return (try? expression.wholeMatch(in: account.text)) != nil
    }
}
