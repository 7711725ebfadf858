// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// What is checked of each coin of a batch deposit, in this order.
struct CoinCheck {
    let checks: DepositChecks
    let request: BatchDepositRequest
    let wireHash: WireHash
    let policyHash: HashCode

    /// - Throws: `APIError`: 404 / 1005, 400 / 1021, 410 / 1009, 1008 or 1010, 400 / 1017, 403 / 1006, 400 / 1207, 403 / 1205.
    func check(_ coin: BatchDepositCoin, _ signature: DenominationSignature) throws -> DepositCoin {
        let (signer, now) = (checks.signer, checks.now)
        guard let denomination = checks.table[coin.denominationHash] else { throw signer.unknown(coin.denominationHash, at: now) }
        let terms = denomination.terms
        if try terms.value.isLess(than: coin.contribution) {
            throw APIError(
                .exchangeGenericAmountExceedsDenominationValue, hint: "The contribution is above the denomination's value.",
                detail: coin.coinPub.base32)
        }
        try signer.checkUse(terms, before: terms.expireDeposit, for: .deposit, at: now)
        guard case .rsa(let number) = signature else {
            throw APIError(
                .exchangeGenericCipherMismatch, hint: "The coin's signature is not of the denomination's cipher.",
                detail: coin.coinPub.base32)
        }
        let coinHash = CoinPublicKeyHash(of: coin.coinPub, ageCommitment: coin.ageCommitmentHash)
        guard signature.isValid(for: coinHash, by: denomination.publicKey) else {
            throw APIError(
                .exchangeDenominationSignatureInvalid, hint: "The coin does not carry the denomination's signature.",
                detail: coin.coinPub.base32)
        }
        if try coin.contribution.isLess(than: terms.feeDeposit) {
            throw APIError(
                .exchangeDepositNegativeValueAfterFee, hint: "The contribution is below the deposit fee.", detail: coin.coinPub.base32)
        }
        guard statement(coin, terms).isValid(coin.coinSignature, by: coin.coinPub) else {
            throw APIError(
                .exchangeDepositCoinSignatureInvalid, hint: "The coin's owner has not signed this payment.", detail: coin.coinPub.base32)
        }
        return DepositCoin(
            coinPub: coin.coinPub, denominationHash: coin.denominationHash, value: terms.value, denominationSignature: number,
            ageCommitmentHash: coin.ageCommitmentHash, contribution: coin.contribution, depositFee: terms.feeDeposit,
            coinSignature: coin.coinSignature)
    }

    private func statement(_ coin: BatchDepositCoin, _ terms: DenominationRecord) -> DepositRequest {
        DepositRequest(
            contractHash: request.contractHash, ageCommitmentHash: coin.ageCommitmentHash ?? .zero, policyHash: policyHash,
            wireHash: wireHash, denominationHash: coin.denominationHash, walletTimestamp: request.timestamp,
            refundDeadline: request.refundDeadline ?? .zero, amountWithFee: coin.contribution, depositFee: terms.feeDeposit,
            merchantPub: request.merchantPub, walletDataHash: request.walletDataHash ?? .zero)
    }
}
