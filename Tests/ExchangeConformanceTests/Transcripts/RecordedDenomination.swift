// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
@testable import SandboxExchange
import TalerCrypto
import TalerWire
import TestVectors

/// A denomination of the recorded exchange.
struct RecordedDenomination {
    let publicKey: DenominationPublicKey
    /// Without a secret, and with a signature of zeros.
    let terms: DenominationRecord

    /// Those of the recorded /keys that are RSA keys.
    static func all() throws -> [RecordedDenomination] {
        let groups = try Transcript.json("protocol23/02-keys")["response"]?["body"]?["denominations"]?.arrayValue ?? []
        return try groups.flatMap { group in
            try (group["denoms"]?.arrayValue ?? []).compactMap { entry in
                guard let text = entry["rsa_pub"]?.stringValue else { return nil }
                return try RecordedDenomination(group, entry, DenominationPublicKey(.rsa, base32: text))
            }
        }
    }

    private init(_ group: JSONValue, _ entry: JSONValue, _ key: DenominationPublicKey) throws {
        func fee(_ name: String) throws -> Amount { try Amount(json: group[name] ?? .null) }
        func time(_ name: String) throws -> Timestamp { try Timestamp(json: entry[name] ?? .null) }
        publicKey = key
        terms = DenominationRecord(
            hash: key.hash(), rsaPub: key.encoded, secret: StoredSecret([]), start: try time("stamp_start"),
            expireWithdraw: try time("stamp_expire_withdraw"), expireDeposit: try time("stamp_expire_deposit"),
            expireLegal: try time("stamp_expire_legal"), value: try fee("value"), feeWithdraw: try fee("fee_withdraw"),
            feeDeposit: try fee("fee_deposit"), feeRefresh: try fee("fee_refresh"), feeRefund: try fee("fee_refund"),
            masterSignature: .zero)
    }

    /// The same with a key of our own.
    func counterpart(signedBy master: EdDSAPrivateKey) throws -> DenominationRecord {
        let key = try DenominationPrivateKey()
        var record = terms
        record.hash = key.publicKey.hash()
        record.rsaPub = key.publicKey.encoded
        record.secret = StoredSecret(key.exported())
        record.masterSignature = master.sign(record.validity(master.publicKey()))
        return record
    }
}
