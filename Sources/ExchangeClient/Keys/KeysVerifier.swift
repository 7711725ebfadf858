// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import TalerCrypto
import TalerWire

/// Checks the parts of a `/keys` answer that are the same in every layout, down to one master key.
struct KeysVerifier {
    let master: MasterPublicKey
    let now: Timestamp

    func check(signingKeys: [SigningKeyEntry]) throws(KeysError) {
        for key in signingKeys {
            let validity = SigningKeyValidity(start: key.start, expire: key.expire, end: key.end, signingKey: key.key)
            guard validity.isValid(key.masterSignature, by: master) else { throw .signature("signing key \(key.key)") }
        }
    }

    func check(accounts: [WireAccount]) throws(KeysError) {
        for account in accounts {
            let validity: WireAccountValidity
            do {
                validity = WireAccountValidity(
                    paytoHash: try PaytoHash(ofText: account.paytoURI),
                    conversionURLHash: account.conversionURL.map { HashCode(ofText: $0) } ?? .zero,
                    debitRestrictionsHash: try HashCode(ofJSON: .array(account.debitRestrictions)),
                    creditRestrictionsHash: try HashCode(ofJSON: .array(account.creditRestrictions)))
            } catch { throw .malformed("\(error)") }
            guard validity.isValid(account.masterSignature, by: master) else { throw .signature("account \(account.paytoURI)") }
        }
    }

    func check(accounts14 accounts: [ExchangeWireResponse.Account]) throws(KeysError) {
        for account in accounts {
            let hash: PaytoHash
            do { hash = try PaytoHash(ofText: account.paytoURI) } catch { throw .malformed("\(error)") }
            guard WireAccountValidity14(paytoHash: hash).isValid(account.masterSignature, by: master) else {
                throw .signature("account \(account.paytoURI)")
            }
        }
    }

    func check(wireFees: [String: [WireFee]]) throws(KeysError) {
        for (method, fees) in wireFees {
            for fee in fees {
                let validity = WireFeeValidity(
                    wireMethodHash: HashCode(ofText: method), start: fee.start, end: fee.end, wireFee: fee.wireFee,
                    closingFee: fee.closingFee)
                guard validity.isValid(fee.signature, by: master) else { throw .signature("wire fee of \(method)") }
            }
        }
    }

    func check(globalFees: [GlobalFee]) throws(KeysError) {
        for fee in globalFees {
            let validity = GlobalFeeValidity(
                start: fee.start, end: fee.end, purseTimeout: fee.purseTimeout, historyExpiration: fee.historyExpiration,
                historyFee: fee.historyFee, accountFee: fee.accountFee, purseFee: fee.purseFee, purseAccountLimit: fee.purseAccountLimit)
            guard validity.isValid(fee.masterSignature, by: master) else { throw .signature("global fees") }
        }
    }

    func check(_ denomination: Denomination) throws(KeysError) {
        let validity = DenominationValidity(
            masterPub: master, start: denomination.start, expireWithdraw: denomination.expireWithdraw,
            expireDeposit: denomination.expireDeposit, expireLegal: denomination.expireLegal, value: denomination.value,
            feeWithdraw: denomination.feeWithdraw, feeDeposit: denomination.feeDeposit, feeRefresh: denomination.feeRefresh,
            feeRefund: denomination.feeRefund, denominationHash: denomination.hash)
        guard validity.isValid(denomination.masterSignature, by: master) else { throw .signature("denomination \(denomination.hash)") }
    }

    /// - Parameter hash: what the list's signature covers of the denominations.
    func check(
        list: Timestamp, _ hash: HashCode, _ signature: EdDSASignature, by key: ExchangePublicKey, listed signingKeys: [SigningKeyEntry]
    ) throws(KeysError) {
        guard signingKeys.contains(where: { $0.key == key && $0.start <= now && now < $0.expire }) else { throw .signingKey }
        guard KeySet(listIssueDate: list, denominationsHash: hash).isValid(signature, by: key) else { throw .signature("the list") }
    }

    /// The denominations that known auditors vouch for. What does not verify is left out.
    func audited(
        _ entries: [AuditorEntry], by known: [AuditorPublicKey: String], _ denominations: [DenominationHash: Denomination]
    ) -> [AuditorPublicKey: Set<DenominationHash>] {
        var audited: [AuditorPublicKey: Set<DenominationHash>] = [:]
        for entry in entries where known[entry.auditorPub] != nil {
            let urlHash = HashCode(ofText: entry.auditorURL)
            for key in entry.denominationKeys {
                guard let denomination = denominations[key.denominationHash] else { continue }
                let validity = AuditorDenominationValidity(
                    auditorURLHash: urlHash, masterPub: master, start: denomination.start, expireWithdraw: denomination.expireWithdraw,
                    expireDeposit: denomination.expireDeposit, expireLegal: denomination.expireLegal, value: denomination.value,
                    feeWithdraw: denomination.feeWithdraw, feeDeposit: denomination.feeDeposit, feeRefresh: denomination.feeRefresh,
                    feeRefund: denomination.feeRefund, denominationHash: denomination.hash)
                if validity.isValid(key.auditorSignature, by: entry.auditorPub) {
                    audited[entry.auditorPub, default: []].insert(denomination.hash)
                }
            }
        }
        return audited
    }
}

extension PaytoHash {
    /// Of a URI of any kind, as it was given.
    init(ofText text: String) throws(WireError) { try self.init(HashCode(ofText: text).bytes.prefix(Self.byteCount)) }
}
