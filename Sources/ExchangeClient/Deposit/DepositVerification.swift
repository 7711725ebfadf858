// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
import TalerCrypto
public import TalerWire

/// Checks the exchange's word for a batch deposit (1033) against what was sent.
public enum DepositVerification {
    public enum Failure: Error, Sendable, Equatable {
        /// The key is not in the held `/keys`, or its signatures count no more.
        case unknownKey
        case wrongSignature
        /// The request itself has no sum, so nothing can be checked.
        case malformedRequest(String)
    }

    /// - Parameters:
    ///   - depositFees: of the request's coins, in its order.
    /// - Throws: ``Failure``.
    public static func check(
        _ success: DepositSuccess, of request: BatchDepositRequest, depositFees: [Amount], keys: VerifiedKeys, now: Timestamp
    ) throws(Failure) {
        guard keys.signingKey(success.exchangePub, at: now) != nil else { throw .unknownKey }
        guard depositFees.count == request.coins.count else { throw .malformedRequest("fees are missing") }
        let confirmation: DepositConfirmation
        do {
            var total = Amount.zero(keys.currency)
            for (coin, fee) in zip(request.coins, depositFees) { total = try total.adding(coin.contribution.subtracting(fee)) }
            let payto = try PaytoURI(request.merchantPaytoURI)
            confirmation = DepositConfirmation(
                contractHash: request.contractHash, wireHash: WireHash(payto: payto, salt: request.wireSalt),
                policyHash: .zero, exchangeTimestamp: success.exchangeTimestamp,
                wireDeadline: request.wireTransferDeadline, refundDeadline: request.refundDeadline ?? .zero, totalWithoutFee: total,
                coinSignaturesHash: HashCode(ofSignatures: request.coins.map(\.coinSignature)), merchantPub: request.merchantPub)
        } catch { throw .malformedRequest("\(error)") }
        guard confirmation.isValid(success.exchangeSignature, by: success.exchangePub) else { throw .wrongSignature }
    }
}
