// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// The body of `/keys` and for how long it holds.
struct KeysDocument: Sendable {
    let body: [UInt8]
    let tag: String
    let since: Timestamp
    /// When a key or a fee begins or ends next.
    let nextChange: Timestamp
    /// When the listed denominations begin.
    let starts: Set<Timestamp>

    func isValid(at now: Timestamp) -> Bool { since <= now && now < nextChange }
}

/// Writes `/keys` out of a key table.
struct KeysWriter: Sendable {
    let baseURL: String
    let currency: Currency
    let specification: CurrencySpecification

    /// Signed by the key that is valid at `now`: what is no longer of use is left out, what begins later is listed.
    /// - Parameter start: denominations that begin earlier are left out as well; the signature covers those that are listed.
    func document(_ table: KeyTable, at now: Timestamp, from start: Timestamp = .zero) throws(APIError) -> KeysDocument {
        let signer = try table.signer(at: now)
        let listed = table.denominations.filter {
            now < $0.terms.expireDeposit && $0.terms.revoked == nil && start <= $0.terms.start
        }
        let groups = Self.groups(listed)
        let keySet = KeySet(
            listIssueDate: listed.map(\.terms.start).min() ?? now,
            denominationsHash: HashCode(ofSignatures: groups.flatMap { $0.denominations.map(\.masterSignature) }))
        let body: [UInt8]
        do { body = try JSONValue(encoding: message(table, groups, keySet, signer, now)).serialized() } catch {
            throw APIError(.genericInternalInvariantFailure, detail: "\(error)")
        }
        return KeysDocument(
            body: body, tag: "\"\(HashCode(sha512: body).base32)\"", since: now, nextChange: table.nextChange(after: now),
            starts: Set(listed.map(\.terms.start)))
    }

    /// The list from `known` on if a denomination begins then, else the whole.
    func document(_ table: KeyTable, at now: Timestamp, known: Timestamp?) throws(APIError) -> KeysDocument {
        let whole = try document(table, at: now)
        guard let known, whole.starts.contains(known) else { return whole }
        return try document(table, at: now, from: known)
    }

    private func message(
        _ table: KeyTable, _ groups: [DenominationGroup], _ keySet: KeySet, _ signer: OnlineSigner, _ now: Timestamp
    ) throws -> ExchangeKeysResponse {
        let cent = try WireUnit.smallest(currency)
        return ExchangeKeysResponse(
            version: ProtocolVersion.text, baseURL: baseURL, currency: currency.text, currencySpecification: specification,
            masterPublicKey: table.master, assetType: "fiat", tinyAmount: cent, stefanAbsolute: .zero(currency), stefanLogarithmic: cent,
            stefanLinear: 0, hardLimits: [], zeroLimits: [], rewardsAllowed: false,
            reserveClosingDelay: RelativeTime(seconds: 28 * 86_400),
            signKeys: table.signers.map(\.terms).filter { $0.revoked == nil && now < $0.expire }.map {
                SigningKeyEntry(start: $0.start, expire: $0.expire, end: $0.end, key: $0.key, masterSignature: $0.masterSignature)
            },
            recoup: table.denominations.filter { $0.terms.revoked != nil }.map { RecoupEntry(denominationHash: $0.terms.hash) }, wads: [],
            accounts: table.accounts.map {
                WireAccount(
                    paytoURI: $0.payto, creditRestrictions: [], debitRestrictions: [], masterSignature: $0.masterSignature, priority: 0)
            },
            wireFees: Dictionary(grouping: table.wireFees.filter { now < $0.end }, by: \.method).mapValues { fees in
                fees.map {
                    WireFee(
                        wireFee: $0.wireFee, closingFee: $0.closingFee, start: $0.start, end: $0.end, signature: $0.masterSignature)
                }
            },
            denominations: groups, auditors: [],
            globalFees: table.globalFees.filter { now < $0.fees.end }.map { GlobalFee($0) },
            listIssueDate: keySet.listIssueDate, exchangePub: signer.pub, exchangeSignature: signer.sign(keySet),
            walletBalanceLimitWithoutKYC: [])
    }

    /// Denominations of the same value and fees together, in the order of their first.
    private static func groups(_ denominations: [Denomination]) -> [DenominationGroup] {
        var groups: [DenominationGroup] = []
        var index: [DenominationPlan: Int] = [:]
        for denomination in denominations {
            let terms = denomination.terms
            let entry = DenominationEntry(
                start: terms.start, expireWithdraw: terms.expireWithdraw, expireDeposit: terms.expireDeposit,
                expireLegal: terms.expireLegal, masterSignature: terms.masterSignature, rsaPub: denomination.publicKey.base32)
            if let known = index[terms.plan] {
                groups[known].denominations.append(entry)
            } else {
                index[terms.plan] = groups.count
                groups.append(
                    DenominationGroup(
                        cipher: Cipher.rsa.name, value: terms.value, feeWithdraw: terms.feeWithdraw, feeDeposit: terms.feeDeposit,
                        feeRefresh: terms.feeRefresh, feeRefund: terms.feeRefund, denominations: [entry]))
            }
        }
        return groups
    }
}

extension GlobalFee {
    init(_ record: GlobalFeeRecord) {
        let fees = record.fees
        self.init(
            start: fees.start, end: fees.end, historyFee: fees.historyFee, accountFee: fees.accountFee, purseFee: fees.purseFee,
            historyExpiration: fees.historyExpiration, purseTimeout: fees.purseTimeout, purseAccountLimit: fees.purseAccountLimit,
            masterSignature: record.masterSignature)
    }
}
