// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// An online key, which signs confirmations.
struct OnlineSigner: Sendable {
    /// Without its secret.
    let terms: SigningKeyRecord
    private let key: EdDSAPrivateKey

    /// - Throws: ``SandboxExchangeError/keysDamaged(_:)``.
    init(_ record: SigningKeyRecord, master: MasterPublicKey) throws {
        var terms = record
        terms.secret = StoredSecret([])
        self.terms = terms
        guard let key = try? EdDSAPrivateKey(seed: record.secret.bytes), key.publicKey() == record.key,
            record.validity.isValid(record.masterSignature, by: master)
        else { throw SandboxExchangeError.keysDamaged("a signing key") }
        guard record.isRevocationValid(master) else { throw SandboxExchangeError.keysDamaged("a revocation of a signing key") }
        self.key = key
    }

    var pub: ExchangePublicKey { terms.key }

    /// It may sign then.
    func isValid(at time: Timestamp) -> Bool { terms.revoked == nil && terms.start <= time && time < terms.expire }

    func sign(_ structure: some SignedStruct) -> EdDSASignature { key.sign(structure) }

    /// 404 / 1005 with the signed statement (1042) that the denomination is not known here.
    func unknown(_ denomination: DenominationHash, at now: Timestamp) -> APIError {
        let statement = DenominationUnknownAffirmation(timestamp: now, denominationHash: denomination)
        return APIError(
            .exchangeGenericDenominationKeyUnknown, hint: "The exchange does not know this denomination.",
            members: [
                "timestamp": now.json, "exchange_pub": pub.json, "exchange_sig": sign(statement).json, "h_denom_pub": denomination.json,
            ])
    }

    private static let hints: [ErrorCode: String] = [
        .exchangeGenericDenominationValidityInFuture: "Coins of this denomination are not good yet.",
        .exchangeGenericDenominationExpired: "This denomination's time is over.",
        .exchangeGenericDenominationRevoked: "This denomination was revoked: it is not good any more.",
    ]

    /// 410 with the signed statement (1043) that the denomination cannot be used now.
    func gone(
        _ code: ErrorCode, _ denomination: DenominationHash, for operation: DenominationExpiredAffirmation.Operation, at now: Timestamp
    ) -> APIError {
        let statement = DenominationExpiredAffirmation(timestamp: now, operation: operation, denominationHash: denomination)
        return APIError(
            code, hint: Self.hints[code], status: 410,
            members: [
                "oper": .string(operation.rawValue), "timestamp": now.json, "exchange_pub": pub.json,
                "exchange_sig": sign(statement).json, "h_denom_pub": denomination.json,
            ])
    }

    /// - Throws: 410 with the signed statement: 1009 from `end` on, 1008 before the start, 1010 when it was revoked; in this order.
    func checkUse(
        _ terms: DenominationRecord, before end: Timestamp, for operation: DenominationExpiredAffirmation.Operation, at now: Timestamp
    ) throws(APIError) {
        if now >= end { throw gone(.exchangeGenericDenominationExpired, terms.hash, for: operation, at: now) }
        if now < terms.start { throw gone(.exchangeGenericDenominationValidityInFuture, terms.hash, for: operation, at: now) }
        if terms.revoked != nil { throw gone(.exchangeGenericDenominationRevoked, terms.hash, for: operation, at: now) }
    }
}
