// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
import TalerCrypto
public import TalerWire

extension VerifiedKeys {
    /// Checks every signature of a `/keys` answer of protocol 17 or later: signing keys, accounts, wire fees, global fees, denominations,
    /// and the list itself.
    /// - Parameters:
    ///   - master: the key that the owner configured; there is no trust on first use.
    ///   - auditors: whose signatures are checked and kept.
    /// - Throws: ``KeysError``.
    public init(
        verifying keys: ExchangeKeysResponse, master: MasterPublicKey, currency: Currency, auditors: [AuditorPublicKey: String] = [:],
        now: Timestamp
    ) throws(KeysError) {
        guard let version = ProtocolVersion(keys.version), let common = version.common, !version.hasLayout14 else {
            throw .version(keys.version)
        }
        guard keys.masterPublicKey == master else { throw .otherMasterKey(keys.masterPublicKey.base32) }
        guard keys.currency == currency.text else { throw .otherCurrency(keys.currency) }
        let verifier = KeysVerifier(master: master, now: now)
        try verifier.check(signingKeys: keys.signKeys)
        try verifier.check(accounts: keys.accounts)
        try verifier.check(wireFees: keys.wireFees)
        try verifier.check(globalFees: keys.globalFees)
        let revoked = Set((keys.recoup ?? []).map(\.denominationHash))
        var denominations: [DenominationHash: Denomination] = [:]
        var masterSignatures: [EdDSASignature] = []
        for group in keys.denominations {
            for entry in group.denominations {
                let denomination = try Denomination(entry, of: group, revoked: revoked)
                try verifier.check(denomination)
                denominations[denomination.hash] = denomination
                masterSignatures.append(entry.masterSignature)
            }
        }
        try verifier.check(
            list: keys.listIssueDate, HashCode(ofSignatures: masterSignatures), keys.exchangeSignature, by: keys.exchangePub,
            listed: keys.signKeys)
        self.init(
            masterPub: master, currency: currency, version: version, commonProtocol: common, listIssueDate: keys.listIssueDate,
            signingKeys: keys.signKeys, denominations: denominations, accounts: keys.accounts, wireFees: keys.wireFees,
            audited: verifier.audited(keys.auditors, by: auditors, denominations), revoked: revoked)
    }

    /// The same for an exchange of protocols 14 to 16, whose accounts and wire fees come from `GET /wire`.
    /// - Throws: ``KeysError``.
    public init(
        verifying keys: ExchangeKeysResponse14, wire: ExchangeWireResponse, master: MasterPublicKey, currency: Currency,
        auditors: [AuditorPublicKey: String] = [:], now: Timestamp
    ) throws(KeysError) {
        guard let version = ProtocolVersion(keys.version), let common = version.common, version.hasLayout14 else {
            throw .version(keys.version)
        }
        for key in [keys.masterPublicKey, wire.masterPublicKey] where key != master { throw .otherMasterKey(key.base32) }
        guard keys.currency.uppercased() == currency.text else { throw .otherCurrency(keys.currency) }
        let verifier = KeysVerifier(master: master, now: now)
        try verifier.check(signingKeys: keys.signKeys)
        try verifier.check(accounts14: wire.accounts)
        try verifier.check(wireFees: wire.fees)
        try verifier.check(globalFees: keys.globalFees ?? [])
        let revoked = Set((keys.recoup ?? []).map(\.denominationHash))
        var denominations: [DenominationHash: Denomination] = [:]
        // Age-restricted ones are in the groups only; the list's signature covers the flat ones. Each has the master key's signature.
        for group in keys.denominations ?? [] {
            for entry in group.denominations {
                let denomination = try Denomination(entry, of: group, revoked: revoked)
                try verifier.check(denomination)
                denominations[denomination.hash] = denomination
            }
        }
        var hashes: [DenominationHash] = []
        for entry in keys.flatDenominations {
            let denomination = try Denomination(entry, revoked: revoked)
            try verifier.check(denomination)
            denominations[denomination.hash] = denomination
            hashes.append(denomination.hash)
        }
        try verifier.check(
            list: keys.listIssueDate, HashCode(ofDenominations: hashes), keys.exchangeSignature, by: keys.exchangePub,
            listed: keys.signKeys)
        self.init(
            masterPub: master, currency: currency, version: version, commonProtocol: common, listIssueDate: keys.listIssueDate,
            signingKeys: keys.signKeys, denominations: denominations,
            accounts: wire.accounts.map {
                WireAccount(
                    paytoURI: $0.paytoURI, creditRestrictions: [], debitRestrictions: [], masterSignature: $0.masterSignature)
            }, wireFees: wire.fees, audited: verifier.audited(keys.auditors, by: auditors, denominations), revoked: revoked)
    }
}
