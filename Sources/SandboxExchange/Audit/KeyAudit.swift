// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import Synchronization
import TalerCrypto
import TalerWire

/// The keys that the books' signatures are checked with.
struct AuditedKeys: Sendable {
    /// Those whose public key can be read, whether or not the offline key has signed them.
    var denominations: [DenominationHash: AuditedDenomination] = [:]
    /// Those that the offline key has signed.
    var wireFees: [WireFeeRecord] = []
}

/// A denomination's terms without its secret, and its key.
struct AuditedDenomination: Sendable {
    let terms: DenominationRecord
    let publicKey: DenominationPublicKey
}

/// Checks everything that the offline key has signed, and that each private key belongs to its public key.
struct KeyAudit {
    let snapshot: BookSnapshot
    let findings: Findings

    func check() async throws -> AuditedKeys {
        guard let master = try await snapshot.master() else {
            findings.add("the database has no offline key")
            return AuditedKeys()
        }
        let findings = findings
        try await snapshot.each(.signingKeys, findings) { key in
            if !key.validity.isValid(key.masterSignature, by: master) {
                findings.add("the offline key has not signed the signing key \(key.key)")
            }
            if !key.isRevocationValid(master) { findings.add("the offline key has not revoked the signing key \(key.key)") }
            let pair = try? EdDSAPrivateKey(seed: key.secret.bytes)
            if pair?.publicKey() != key.key { findings.add("the private half of the signing key \(key.key) is another key's") }
        }
        let keys = Mutex(AuditedKeys())
        try await snapshot.each(.denominations, findings) { record in
            guard let denomination = denomination(record, master) else { return }
            keys.withLock { $0.denominations[record.hash] = denomination }
        }
        try await snapshot.each(.accounts, findings) { account in
            guard let payto = try? PaytoURI(account.payto),
                try WireAccountRecord.validity(payto).isValid(account.masterSignature, by: master)
            else { return findings.add("the offline key has not signed the exchange's account \(account.payto)") }
        }
        try await snapshot.each(.wireFees, findings) { fee in
            guard fee.validity.isValid(fee.masterSignature, by: master) else {
                return findings.add("the offline key has not signed the fee for \(fee.method) from \(fee.start)")
            }
            keys.withLock { $0.wireFees.append(fee) }
        }
        try await snapshot.each(.globalFees, findings) { fee in
            if !fee.fees.isValid(fee.masterSignature, by: master) {
                findings.add("the offline key has not signed the global fees from \(fee.fees.start)")
            }
        }
        return keys.withLock { $0 }
    }

    /// Nil when its public key cannot be read.
    private func denomination(_ record: DenominationRecord, _ master: MasterPublicKey) -> AuditedDenomination? {
        if !record.validity(master).isValid(record.masterSignature, by: master) {
            findings.add("the offline key has not signed the denomination \(record.hash) of \(record.value)")
        }
        if !record.isRevocationValid(master) { findings.add("the offline key has not revoked the denomination \(record.hash)") }
        guard let publicKey = try? DenominationPublicKey(.rsa, encoded: record.rsaPub), publicKey.hash() == record.hash else {
            findings.add("the public key of the denomination \(record.hash) is another one's")
            return nil
        }
        let pair = try? DenominationPrivateKey(exported: record.secret.bytes)
        if pair?.publicKey.encoded != record.rsaPub {
            findings.add("the private half of the denomination \(record.hash) is another key's")
        }
        var terms = record
        terms.secret = StoredSecret([])
        return AuditedDenomination(terms: terms, publicKey: publicKey)
    }
}
