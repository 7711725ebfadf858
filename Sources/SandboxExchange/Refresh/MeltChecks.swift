// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// What is checked of a melt before the books are asked, in this order.
struct MeltChecks: Sendable {
    let table: KeyTable
    let signer: OnlineSigner
    let now: Timestamp
    let currency: Currency
    /// The books have seen the coin. Of a denomination that can no longer be deposited such a coin might be a repeat.
    let isKnown: Bool

    /// - Throws: `APIError`: 400 / 22, 404 / 1005, 410 / 1009, 1008 or 1010, 400 / 1017, 403 / 1006, 400 / 1302, 403 / 1303.
    func check(_ request: CoinMeltRequest, _ coin: CoinPublicKey) throws -> Melt {
        let signature = try readable(request)
        guard let denomination = table[request.denominationHash] else { throw signer.unknown(request.denominationHash, at: now) }
        let terms = denomination.terms
        let isOutOfUse = try isOutOfUse(terms)
        guard case .rsa(let number) = signature else {
            throw APIError(.exchangeGenericCipherMismatch, hint: "The coin's signature is not of the denomination's cipher.")
        }
        guard signature.isValid(for: CoinPublicKeyHash(of: coin, ageCommitment: request.ageCommitmentHash), by: denomination.publicKey)
        else {
            throw APIError(.exchangeDenominationSignatureInvalid, hint: "The coin does not carry the denomination's signature.")
        }
        if try request.valueWithFee.isLess(than: terms.feeRefresh) {
            throw APIError(.exchangeMeltFeesExceedContribution, hint: "What is melted is below the refresh fee of \(terms.feeRefresh).")
        }
        let statement = MeltRequest(
            commitment: request.commitment, denominationHash: request.denominationHash,
            ageCommitmentHash: request.ageCommitmentHash ?? .zero, amountWithFee: request.valueWithFee, meltFee: terms.feeRefresh)
        guard statement.isValid(request.coinSignature, by: coin) else {
            throw APIError(.exchangeMeltCoinSignatureInvalid, hint: "The coin's owner has not signed this melt.")
        }
        return Melt(
            coinPub: coin, denominationHash: request.denominationHash, value: terms.value, denominationSignature: number,
            ageCommitmentHash: request.ageCommitmentHash, commitment: request.commitment, amountWithFee: request.valueWithFee,
            fee: terms.feeRefresh, coinSignature: request.coinSignature, masterSecret: request.refreshMasterSecret,
            isOutOfUse: isOutOfUse)
    }

    /// What the types of the message cannot say.
    private func readable(_ request: CoinMeltRequest) throws(APIError) -> DenominationSignature {
        guard request.valueWithFee.currency == currency else {
            throw APIError(.genericJsonInvalid, JSONError(path: "value_with_fee", reason: "the currency here is \(currency)"))
        }
        guard !request.valueWithFee.isZero else {
            throw APIError(.genericJsonInvalid, JSONError(path: "value_with_fee", reason: "more than nothing is needed"))
        }
        do { return try request.denominationSignature.decode() } catch { throw APIError(.genericJsonInvalid, error.within("denom_sig")) }
    }

    /// True when the denomination's time is over or it was revoked, and only a repeat can be accepted.
    private func isOutOfUse(_ terms: DenominationRecord) throws(APIError) -> Bool {
        if now >= terms.expireLegal { throw gone(.exchangeGenericDenominationExpired, terms) }
        if now >= terms.expireDeposit, !isKnown { throw gone(.exchangeGenericDenominationExpired, terms) }
        if now < terms.start { throw gone(.exchangeGenericDenominationValidityInFuture, terms) }
        if terms.revoked != nil, !isKnown { throw gone(.exchangeGenericDenominationRevoked, terms) }
        return now >= terms.expireDeposit || terms.revoked != nil
    }

    private func gone(_ code: ErrorCode, _ terms: DenominationRecord) -> APIError {
        signer.gone(code, terms.hash, for: .melt, at: now)
    }
}
