// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
public import TalerWire

/// Checks the exchange's word that it does not accept a denomination for a deposit (1042, 1043).
///
/// Nothing depends on it: the refusal counts without. It is for logs, and for a quarrel about a coin that the exchange's own `/keys` say
/// is valid.
public enum DenominationRefusalVerification {
    /// - Parameters:
    ///   - refusal: of a 404 when it has no operation, else of a 410.
    ///   - asked: the denominations of the coins that were sent.
    /// - Throws: ``AnswerFailure``; ``AnswerFailure/contradiction(_:)`` when it is about another denomination or operation.
    public static func check(
        _ refusal: DenominationRefusal, asked: some Collection<DenominationHash>, keys: VerifiedKeys, now: Timestamp
    ) throws(AnswerFailure) {
        if let name = refusal.operation {
            guard let operation = DenominationExpiredAffirmation.Operation(rawValue: name) else {
                throw .malformedRequest("an operation that is not known")
            }
            let affirmation = DenominationExpiredAffirmation(
                timestamp: refusal.timestamp, operation: operation, denominationHash: refusal.denominationHash)
            try keys.check(affirmation, refusal.exchangeSignature, by: refusal.exchangePub, at: now)
            guard operation == .deposit else { throw .contradiction("it is about another operation") }
        } else {
            let affirmation = DenominationUnknownAffirmation(
                timestamp: refusal.timestamp, denominationHash: refusal.denominationHash)
            try keys.check(affirmation, refusal.exchangeSignature, by: refusal.exchangePub, at: now)
        }
        guard asked.contains(refusal.denominationHash) else { throw .contradiction("it is about another denomination") }
    }
}
