// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import TalerCrypto
import TalerWire

/// A denomination ready for use.
struct Denomination: Sendable {
    /// Without its secret.
    var terms: DenominationRecord
    let publicKey: DenominationPublicKey
    let privateKey: DenominationPrivateKey

    /// - Throws: ``SandboxExchangeError/keysDamaged(_:)`` when a part does not belong to the others.
    init(_ record: DenominationRecord, master: MasterPublicKey) throws {
        var terms = record
        terms.secret = StoredSecret([])
        self.terms = terms
        guard let key = try? DenominationPrivateKey(exported: record.secret.bytes), key.publicKey.encoded == record.rsaPub,
            key.publicKey.hash() == record.hash, record.validity(master).isValid(record.masterSignature, by: master)
        else { throw SandboxExchangeError.keysDamaged("a denomination of \(record.value)") }
        guard record.isRevocationValid(master) else { throw SandboxExchangeError.keysDamaged("a revocation of \(record.value)") }
        privateKey = key
        publicKey = key.publicKey
    }

    /// Value plus withdraw fee.
    var withdrawCost: Amount {
        get throws { try terms.value.adding(terms.feeWithdraw) }
    }
}
