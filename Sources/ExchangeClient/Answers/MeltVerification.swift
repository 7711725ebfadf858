// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
public import TalerWire

/// Checks the exchange's word that it has melted a coin (1034).
public enum MeltVerification {
    /// - Throws: ``AnswerFailure/unknownKey``, ``AnswerFailure/wrongSignature``, ``AnswerFailure/contradiction(_:)`` for an index that no
    ///   candidate has.
    public static func check(
        _ response: CoinMeltResponse, of commitment: RefreshCommitment, keys: VerifiedKeys, now: Timestamp
    ) throws(AnswerFailure) {
        let confirmation = MeltConfirmation(commitment: commitment, noRevealIndex: response.noRevealIndex)
        try keys.check(confirmation, response.exchangeSignature, by: response.exchangePub, at: now)
        guard response.noRevealIndex < 3 else { throw .contradiction("candidate \(response.noRevealIndex) of three") }
    }
}
