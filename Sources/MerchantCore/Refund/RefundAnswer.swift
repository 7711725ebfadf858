// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What an exchange's answer to a refund request means. Pure: the signature of a 200 is checked elsewhere.
public enum RefundAnswer: Sendable, Equatable {
    /// It says that it gave the money back; its signature has to be verified.
    case claimsSuccess
    /// It refused, and a repeat would be refused again.
    case refused(status: Int, code: Int64)
    /// Nothing is known: the same request is repeated.
    case doubtful(status: Int, code: Int64?)

    /// Codes with which a 404 speaks of the coin or its deposit, not of the address.
    private static let unknownCoin: Set<Int64> = Set(
        [
            ErrorCode.exchangeGenericDenominationKeyUnknown, .exchangeRefundCoinNotFound, .exchangeRefundDepositNotFound,
        ].map { Int64($0.rawValue) })
    private static let alreadyPaid = Int64(ErrorCode.exchangeRefundMerchantAlreadyPaid.rawValue)
    private static let insufficient = Int64(ErrorCode.exchangeRefundConflictDepositInsufficient.rawValue)
    private static let inconsistent = Int64(ErrorCode.exchangeRefundInconsistentAmount.rawValue)
    private static let signatureInvalid = Int64(ErrorCode.exchangeRefundMerchantSignatureInvalid.rawValue)

    /// - Parameter body: nil when the answer is no JSON.
    ///
    /// A refusal is one only with the code that belongs to its status: what stands between us and the exchange (a proxy, another
    /// program at its address) answers 403 or 404 as well. As the exchange looks for a repeat before anything else, a refusal ends the
    /// matter even when an earlier answer was lost.
    public init(status: Int, body: JSONValue?) {
        let code = body?["code"]?.integerValue
        let isRefusal =
            switch (status, code) {
            case (200, _):
                false
            case (400, let code?): code > 0
            case (403, Self.signatureInvalid?), (409, Self.insufficient?), (410, Self.alreadyPaid?), (424, Self.inconsistent?): true
            case (404, let code?): Self.unknownCoin.contains(code)
            default: false
            }
        if status == 200 {
            self = .claimsSuccess
        } else if isRefusal, let code {
            self = .refused(status: status, code: code)
        } else {
            self = .doubtful(status: status, code: code)
        }
    }
}
