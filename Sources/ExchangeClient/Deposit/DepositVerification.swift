// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
import TalerCrypto
public import TalerWire

/// Checks the exchange's word for a batch deposit (1033) against what was sent.
///
/// The answer's form decides the layout: one signature over the batch, or one for each coin as protocols 14 to 16 have it. An exchange
/// that was brought up to date between two attempts answers the second in its new form; both are its word.
public enum DepositVerification {
    public typealias Failure = AnswerFailure

    /// - Parameters:
    ///   - depositFees: of the request's coins, in its order.
    /// - Throws: ``AnswerFailure``.
    public static func check(
        _ success: DepositSuccess, of request: BatchDepositRequest, depositFees: [Amount], keys: VerifiedKeys, now: Timestamp
    ) throws(AnswerFailure) {
        guard keys.signingKey(success.exchangePub, at: now) != nil else { throw .unknownKey }
        let question = try Question(request, depositFees)
        if let signature = success.exchangeSignature {
            let confirmation = try question.confirmation(success.exchangeTimestamp, currency: keys.currency)
            guard confirmation.isValid(signature, by: success.exchangePub) else { throw .wrongSignature }
            return
        }
        let confirmations = question.confirmations14(success.exchangeTimestamp)
        // An empty batch has no confirmation, so an answer without signatures confirms nothing.
        guard !confirmations.isEmpty, success.signatures.count == confirmations.count else { throw .wrongSignature }
        for (confirmation, signature) in zip(confirmations, success.signatures) {
            guard confirmation.isValid(signature, by: success.exchangePub) else { throw .wrongSignature }
        }
    }

    /// What was sent, as it enters the confirmations.
    private struct Question {
        let request: BatchDepositRequest
        let wireHash: WireHash
        let policyHash: HashCode
        /// Of each coin, deposit fee taken off.
        let amounts: [Amount]

        init(_ request: BatchDepositRequest, _ depositFees: [Amount]) throws(AnswerFailure) {
            guard depositFees.count == request.coins.count else { throw .malformedRequest("fees are missing") }
            do {
                self.request = request
                wireHash = WireHash(payto: try PaytoURI(request.merchantPaytoURI), salt: request.wireSalt)
                policyHash = try HashCode(ofPolicy: request.policy)
                amounts = try zip(request.coins, depositFees).map { coin, fee in try coin.contribution.subtracting(fee) }
            } catch { throw .malformedRequest("\(error)") }
        }

        func confirmation(_ accepted: Timestamp, currency: Currency) throws(AnswerFailure) -> DepositConfirmation {
            let total: Amount
            do { total = try Amount.sum(amounts, in: currency) } catch { throw .malformedRequest("\(error)") }
            return DepositConfirmation(
                contractHash: request.contractHash, wireHash: wireHash, policyHash: policyHash, exchangeTimestamp: accepted,
                wireDeadline: request.wireTransferDeadline, refundDeadline: request.refundDeadline ?? .zero, totalWithoutFee: total,
                coinSignaturesHash: HashCode(ofSignatures: request.coins.map(\.coinSignature)), merchantPub: request.merchantPub)
        }

        func confirmations14(_ accepted: Timestamp) -> [DepositConfirmation14] {
            zip(request.coins, amounts).map { coin, amount in
                DepositConfirmation14(
                    contractHash: request.contractHash, wireHash: wireHash, policyHash: policyHash, exchangeTimestamp: accepted,
                    wireDeadline: request.wireTransferDeadline, refundDeadline: request.refundDeadline ?? .zero,
                    amountWithoutFee: amount, coinPub: coin.coinPub, merchantPub: request.merchantPub)
            }
        }
    }
}
