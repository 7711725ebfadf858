// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import MerchantAPI
import MerchantStore
import TalerWire

/// What a permission came to.
enum PaymentOutcome: Sendable, Equatable {
    /// The contract is paid; the merchant's signature 1104.
    case paid(EdDSASignature)
    /// Refused for good by an exchange.
    case refused(DepositConversation.Refusal, exchangeURL: String)
    /// Not known yet: it is tried again by itself.
    case unknown(DepositConversation.Doubt, exchangeURL: String)

    /// What the outcomes of a permission's intents come to.
    /// - Parameter payment: the contract's, read after the outcomes were known.
    init(_ outcomes: [IntentOutcome], payment: StoredContract.Payment?) throws(MerchantStoreError) {
        if let payment {
            self = .paid(payment.signature)
            return
        }
        var refused: PaymentOutcome?
        for outcome in outcomes {
            switch outcome {
            case .unknown(let doubt, let exchange):
                self = .unknown(doubt, exchangeURL: exchange)
                return
            case .refused(let refusal, let exchange): refused = refused ?? .refused(refusal, exchangeURL: exchange)
            case .accepted: break
            }
        }
        guard let refused else { throw .corrupt("every coin was accepted, and the contract is not paid") }
        self = refused
    }

    /// For the trace.
    var result: PaymentResult {
        switch self {
        case .paid: .paid
        case .refused(let refusal, _): .refused(refusal.status)
        case .unknown: .unknown
        }
    }
}

extension PaymentOutcome {
    /// The answer to `POST /pay`.
    /// - Throws: `APIError` for everything that is not the exchange's own refusal.
    func response(for contract: ContractHash) throws(APIError) -> Response {
        switch self {
        case .paid(let signature): return try .json(PaymentResponse(merchantSignature: signature, contractHash: contract))
        case .refused(let refusal, let exchange): return try Self.refused(refusal, exchange)
        case .unknown(let doubt, let exchange): throw Self.unknown(doubt, exchange)
        }
    }

    /// A copy of the exchange's refusal; the statuses that would mislead a wallet get codes of our own.
    private static func refused(_ refusal: DepositConversation.Refusal, _ exchange: String) throws(APIError) -> Response {
        switch refusal.status {
        case 400:
            throw APIError(
                .merchantPostOrdersIdPayExchangeFailed, hint: "The exchange did not understand the deposit.",
                members: ["exchange_url": .string(exchange), "exchange_reply": refusal.answer])
        case 451:
            throw APIError(
                .merchantPostOrdersIdPayExchangeLegallyRefused,
                hint:
                    "The exchange may not accept money for this shop at present; the shop has to identify itself there first. Nothing was charged.",
                members: ["exchange_url": .string(exchange), "exchange_reply": refusal.answer])
        default:
            guard case .object(var object) = refusal.answer else { throw APIError(.merchantGenericExchangeReplyMalformed) }
            let hint = object["hint"]?.stringValue ?? "The exchange refused the payment."
            object["hint"] = .string(hint)
            object["error"] = .string(hint)
            object["exchange_url"] = .string(exchange)
            return Response(status: refusal.status, json: .object(object))
        }
    }

    private static func unknown(_ doubt: DepositConversation.Doubt, _ exchange: String) -> APIError {
        let code: ErrorCode
        switch doubt {
        case .timedOut: code = .merchantGenericExchangeTimeout
        case .nonsense, .failing: code = .merchantGenericExchangeReplyMalformed
        case .unreachable, .refusedAfterDoubt: code = .merchantPostOrdersIdPayExchangeFailed
        }
        return APIError(
            code,
            hint:
                "It is not known yet whether the exchange took the coins. It is asked again until it is known; the same payment may be sent again at any time.",
            detail: "\(doubt)", members: ["exchange_url": .string(exchange)])
    }
}
