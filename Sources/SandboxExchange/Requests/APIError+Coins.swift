// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import HTTPCore
import TalerCrypto
import TalerWire

// What is wrong with a coin by the books, for whatever it was to be used.
extension APIError {
    /// 409 / 1003.
    /// - Parameters:
    ///   - denomination: what the request says.
    ///   - known: what the coin was used with before, and the signature that it had then.
    static func otherDenomination(
        of coin: CoinPublicKey, _ denomination: DenominationHash?, known: DenominationHash, _ signature: [UInt8], _ table: KeyTable
    ) -> APIError {
        var members: JSONObject = ["coin_pub": coin.json]
        members["h_denom_pub"] = denomination?.json
        members["prev_denom_pub"] = table[known].map { DenominationKeyObject($0.publicKey).json }
        members["prev_denom_sig"] = DenominationSignature.rsa(signature).json
        return APIError(
            .exchangeGenericCoinConflictingDenominationKey, hint: "The coin was used with another denomination before.", members: members)
    }

    /// 409 / 1015.
    static func otherAgeCommitment(of coin: CoinPublicKey, _ denomination: DenominationHash, known: AgeCommitmentHash?) -> APIError {
        var members: JSONObject = ["coin_pub": coin.json, "h_denom_pub": denomination.json]
        members["expected_age_commitment_hash"] = known?.json
        return APIError(
            .exchangeGenericCoinConflictingAgeHash, hint: "The coin was used with another age commitment before.", members: members)
    }

    /// 409 / 1012.
    static func insufficientFunds(of coin: CoinPublicKey, _ denomination: DenominationHash) -> APIError {
        APIError(
            .exchangeGenericInsufficientFunds, hint: "The coin does not have enough left: it was spent before.",
            members: ["coin_pub": coin.json, "h_denom_pub": denomination.json])
    }
}
