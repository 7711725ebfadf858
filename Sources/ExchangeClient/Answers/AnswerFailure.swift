// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
public import TalerWire

/// Why an exchange's signed answer is not believed.
public enum AnswerFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The key is not in the held `/keys`, or its signatures are no evidence any more. Fresh keys may have it.
    case unknownKey
    /// The key is the exchange's, and did not sign this.
    case wrongSignature
    /// What was asked has no answer that could be checked: a sum that cannot be computed, an account that is none.
    case malformedRequest(String)
    /// Signed by the exchange, and not what was asked, or wrong in itself; the text says what. Evidence against the exchange.
    case contradiction(String)
    /// All else is right, but the exchange took a higher wire fee than its `/keys` allow. Evidence against the exchange.
    case excessiveWireFee(charged: Amount, listed: Amount)
    /// All else is right, but the held `/keys` have no wire fee for the account's method at the time of the transfer.
    case unlistedWireFee(charged: Amount)

    public var description: String {
        switch self {
        case .unknownKey: "it is signed by a key that is not the exchange's"
        case .wrongSignature: "its signature is wrong"
        case .malformedRequest(let reason): "it cannot be checked: \(reason)"
        case .contradiction(let reason): "it is signed and wrong: \(reason)"
        case .excessiveWireFee(let charged, let listed): "it takes a wire fee of \(charged), and \(listed) was announced"
        case .unlistedWireFee(let charged): "it takes a wire fee of \(charged), and none was announced for that time"
        }
    }
}

extension VerifiedKeys {
    /// Checks that one of the exchange's keys signed the structure.
    /// - Throws: ``AnswerFailure/unknownKey``, ``AnswerFailure/wrongSignature``.
    func check(
        _ structure: some SignedStruct, _ signature: EdDSASignature, by key: ExchangePublicKey, at now: Timestamp
    ) throws(AnswerFailure) {
        guard signingKey(key, at: now) != nil else { throw .unknownKey }
        guard structure.isValid(signature, by: key) else { throw .wrongSignature }
    }
}
