// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
import TalerCrypto
public import TalerWire

/// Checks the exchange's word for a refund (1038) against what was requested.
public enum RefundVerification {
    /// - Throws: ``AnswerFailure/unknownKey``, ``AnswerFailure/wrongSignature``.
    public static func check(
        _ response: CoinRefundResponse, of request: CoinRefundRequest, coin: CoinPublicKey, keys: VerifiedKeys, now: Timestamp
    ) throws(AnswerFailure) {
        let confirmation = RefundConfirmation(
            contractHash: request.contractHash, coinPub: coin, merchantPub: request.merchantPub,
            refundTransactionID: request.refundTransactionID, refundAmount: request.refundAmount)
        try check(confirmation, response.exchangeSignature, by: response.exchangePub, keys: keys, now: now)
    }

    /// The same for who has not asked for the refund: a wallet.
    /// - Throws: ``AnswerFailure/unknownKey``, ``AnswerFailure/wrongSignature``.
    public static func check(
        _ confirmation: RefundConfirmation, _ signature: EdDSASignature, by key: ExchangePublicKey, keys: VerifiedKeys, now: Timestamp
    ) throws(AnswerFailure) {
        try keys.check(confirmation, signature, by: key, at: now)
    }
}
