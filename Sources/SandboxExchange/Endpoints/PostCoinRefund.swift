// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// A merchant gives a part of a coin's contribution back, before it was paid out. The same refund again gets the same confirmation.
struct PostCoinRefund: Endpoint {
    static let route = Route(.post, "/coins/:coin_pub/refund")

    let store: ExchangeStore
    let keys: KeyRing
    let clock: any WallClock

    /// - Throws: `APIError`, in this order: 400 / 1004, 400 / 22, 403 / 1506, 404 / 1005 for an unknown coin, 400 / 1505, 404 / 1502,
    ///   424 / 1510, 410 / 1503, 409 / 1501.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let coin = try path.coinPub
        let message = try request.message(CoinRefundRequest.self)
        guard message.refundAmount.currency == store.currency else {
            throw APIError(.genericJsonInvalid, JSONError(path: "refund_amount", reason: "the currency here is \(store.currency)"))
        }
        let statement = RefundRequest(
            contractHash: message.contractHash, coinPub: coin, refundTransactionID: message.refundTransactionID,
            refundAmount: message.refundAmount)
        guard statement.isValid(message.merchantSignature, by: message.merchantPub) else {
            throw APIError(.exchangeRefundMerchantSignatureInvalid, hint: "The merchant has not signed this refund.")
        }
        let now = clock.now()
        let table = keys.table
        let signer = try table.signer(at: now)
        // An unknown coin has no denomination: exchanges in C say so with a denomination hash of zeros.
        guard let hash = try await store.denomination(of: coin) else { throw signer.unknown(.zero, at: now) }
        guard let terms = table[hash]?.terms else { throw signer.unknown(hash, at: now) }
        if try message.refundAmount.isLess(than: terms.feeRefund) {
            throw APIError(.exchangeRefundFeeAboveAmount, hint: "The refund is below the refund fee of \(terms.feeRefund).")
        }
        let refund = CoinRefund(
            coinPub: coin, merchantPub: message.merchantPub, contractHash: message.contractHash,
            transactionID: message.refundTransactionID, amount: message.refundAmount, fee: terms.feeRefund,
            merchantSignature: message.merchantSignature)
        do { try await store.refund(refund, at: now) } catch let error as RefundRefusal { throw Self.refusal(error, coin, hash) }
        let confirmation = RefundConfirmation(
            contractHash: message.contractHash, coinPub: coin, merchantPub: message.merchantPub,
            refundTransactionID: message.refundTransactionID, refundAmount: message.refundAmount)
        return try .json(CoinRefundResponse(exchangePub: signer.pub, exchangeSignature: signer.sign(confirmation)))
    }

    private static func refusal(_ refusal: RefundRefusal, _ coin: CoinPublicKey, _ denomination: DenominationHash) -> APIError {
        let coinMembers: JSONObject = ["coin_pub": coin.json, "h_denom_pub": denomination.json]
        return switch refusal {
        case .unknownDeposit:
            APIError(.exchangeRefundDepositNotFound, hint: "The merchant has no such deposit of this coin.")
        case .otherAmount:
            APIError(
                .exchangeRefundInconsistentAmount, hint: "This transaction was a refund of another amount before.", members: coinMembers)
        case .alreadyPaid:
            APIError(.exchangeRefundMerchantAlreadyPaid, hint: "The deposit was paid out to the merchant already.")
        case .aboveDeposit:
            APIError(
                .exchangeRefundConflictDepositInsufficient, hint: "With this refund more would be refunded than was deposited.",
                members: coinMembers)
        }
    }
}
