// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `POST /refund` and of `GET /refund`: what was asked for, and each request to an exchange, oldest first.
public struct RefundList: Codable, Sendable, Equatable {
    /// All that the shop has asked for. The parts may come to more: fees that the buyer bore, and coins that paid for nothing.
    public var refundAmount: Amount
    /// What exchanges have given back, refund fees included.
    public var givenAmount: Amount
    /// What exchanges have refused to give back, for good.
    public var failedAmount: Amount
    public var refunds: [Part]
    /// In answers to `GET /refund`: a wallet needs it for the exchanges' signatures.
    public var merchantPub: MerchantPublicKey?
    /// In answers to `GET /refund`.
    public var contractHash: ContractHash?

    /// One request to an exchange.
    public struct Part: Codable, Sendable, Equatable {
        public var coinPub: CoinPublicKey
        public var exchangeURL: String
        /// Refund fee included: the coin gets less.
        public var refundAmount: Amount
        public var refundTransactionID: UInt64
        public var status: Status
        /// `shop` when somebody asked for it, `backend` when the coin had paid for nothing.
        public var origin: String
        /// With status accepted.
        public var exchangePub: ExchangePublicKey?
        /// 1038; with status accepted.
        public var exchangeSignature: EdDSASignature?
        /// The exchange's code; with status failed.
        public var code: Int64?
        /// The exchange's HTTP status; with status failed.
        public var exchangeStatus: Int?
        /// Only in `GET /order`.
        public var details: Details?

        public enum Status: String, Codable, Sendable {
            /// Not known yet; the exchange is asked again.
            case open
            case accepted
            /// The exchange will not give it back.
            case failed
            /// Open, with the same useless answer for days; the exchange is asked rarely.
            case stuck
        }

        enum CodingKeys: String, CodingKey {
            case coinPub = "coin_pub"
            case exchangeURL = "exchange_url"
            case refundAmount = "refund_amount"
            case refundTransactionID = "rtransaction_id"
            case status, origin
            case exchangePub = "exchange_pub"
            case exchangeSignature = "exchange_sig"
            case code
            case exchangeStatus = "exchange_status"
            case details
        }

        public init(
            coinPub: CoinPublicKey, exchangeURL: String, refundAmount: Amount, refundTransactionID: UInt64, status: Status, origin: String
        ) {
            self.coinPub = coinPub
            self.exchangeURL = exchangeURL
            self.refundAmount = refundAmount
            self.refundTransactionID = refundTransactionID
            self.status = status
            self.origin = origin
        }
    }

    /// What only the merchant needs to know of a part.
    public struct Details: Codable, Sendable, Equatable {
        public var reason: String
        public var created: Timestamp
        public var attempts: Int
        /// Why it is still open.
        public var lastError: String?
        /// An attempt may have been accepted without its answer reaching us. When the exchange refused later, the buyer may have got the
        /// money all the same.
        public var mayHaveReached: Bool

        enum CodingKeys: String, CodingKey {
            case reason, created, attempts
            case lastError = "last_error"
            case mayHaveReached = "may_have_reached"
        }

        public init(reason: String, created: Timestamp, attempts: Int, lastError: String?, mayHaveReached: Bool) {
            self.reason = reason
            self.created = created
            self.attempts = attempts
            self.lastError = lastError
            self.mayHaveReached = mayHaveReached
        }
    }

    enum CodingKeys: String, CodingKey {
        case refundAmount = "refund_amount"
        case givenAmount = "given_amount"
        case failedAmount = "failed_amount"
        case refunds
        case merchantPub = "merchant_pub"
        case contractHash = "h_contract"
    }

    public init(refundAmount: Amount, givenAmount: Amount, failedAmount: Amount, refunds: [Part]) {
        self.refundAmount = refundAmount
        self.givenAmount = givenAmount
        self.failedAmount = failedAmount
        self.refunds = refunds
    }
}
