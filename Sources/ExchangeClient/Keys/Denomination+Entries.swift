// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import TalerCrypto
import TalerWire

extension Denomination {
    init(_ entry: DenominationEntry, of group: DenominationGroup, revoked: Set<DenominationHash>) throws(KeysError) {
        let cipher = group.cipher.lowercased()
        let ageMask = cipher.hasSuffix("+age_restricted") ? group.ageMask ?? 0 : 0
        let publicKey: DenominationPublicKey
        do {
            switch cipher {
            case "rsa", "rsa+age_restricted":
                guard let text = entry.rsaPub else { throw KeysError.malformed("rsa_pub is missing") }
                publicKey = try DenominationPublicKey(.rsa, base32: text)
            case "cs", "cs+age_restricted":
                guard let text = entry.csPub else { throw KeysError.malformed("cs_pub is missing") }
                publicKey = try DenominationPublicKey(.clauseSchnorr, base32: text)
            default: throw KeysError.malformed("the cipher \(group.cipher) is not known")
            }
        } catch let error as KeysError { throw error } catch { throw .malformed("a denomination's key: \(error)") }
        let hash = DenominationHash(of: publicKey, ageMask: ageMask)
        self.init(
            hash: hash, publicKey: publicKey, value: group.value, feeWithdraw: group.feeWithdraw, feeDeposit: group.feeDeposit,
            feeRefresh: group.feeRefresh, feeRefund: group.feeRefund, start: entry.start, expireWithdraw: entry.expireWithdraw,
            expireDeposit: entry.expireDeposit, expireLegal: entry.expireLegal, masterSignature: entry.masterSignature, ageMask: ageMask,
            isLost: entry.isLost ?? false, isRevoked: revoked.contains(hash))
    }

    init(_ entry: FlatDenominationEntry, revoked: Set<DenominationHash>) throws(KeysError) {
        let object: DenominationKeyObject
        do { object = try DenominationKeyObject(json: entry.publicKey) } catch { throw .malformed("denom_pub: \(error)") }
        let hash = object.hash
        self.init(
            hash: hash, publicKey: object.key, value: entry.value, feeWithdraw: entry.feeWithdraw, feeDeposit: entry.feeDeposit,
            feeRefresh: entry.feeRefresh, feeRefund: entry.feeRefund, start: entry.start, expireWithdraw: entry.expireWithdraw,
            expireDeposit: entry.expireDeposit, expireLegal: entry.expireLegal, masterSignature: entry.masterSignature,
            ageMask: object.ageMask, isLost: false, isRevoked: revoked.contains(hash))
    }
}
