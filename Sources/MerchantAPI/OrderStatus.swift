// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `GET /order`: where a contract's payment stands.
public struct OrderStatus: Codable, Sendable, Equatable {
    public var contractHash: ContractHash
    public var transactionID: Int64
    public var state: State
    public var contract: JSONValue
    public var amount: Amount
    public var maximumFee: Amount
    public var expiry: Timestamp
    /// When the payment was committed.
    public var paidAt: Timestamp?
    /// Every attempt to pay, oldest first.
    public var deposits: [Deposit]
    /// All that the shop has asked to be given back; nil when nothing.
    public var refundAmount: Amount?
    /// Every request to an exchange to give back, oldest first; nil when there is none.
    public var refunds: [RefundList.Part]?
    /// Transfers of exchanges that have the order's coins; nil when there is none.
    public var transfers: [OrderTransfer]?

    public enum State: String, Codable, Sendable {
        /// Signed, nobody has tried to pay.
        case offered
        /// Coins were taken on and the exchange's answer is not known yet.
        case paying
        case paid
        /// Coins of one exchange were accepted and those of another refused: a permission that adds what is missing is welcome.
        case partiallyPaid = "partially_paid"
        /// The last attempt was refused by the exchange; other coins are welcome until expiry.
        case refused
        /// Not paid in time; no coins are under way.
        case expired
        /// Paid, and all of it given back.
        case refunded
        /// Paid, and everything that was not refunded has reached the merchant's bank account.
        case wired

        /// The price was paid, whatever happened to the money since.
        public var isPaid: Bool { self == .paid || self == .refunded || self == .wired }
    }

    /// One attempt: a batch of coins for one exchange.
    public struct Deposit: Codable, Sendable, Equatable {
        public var exchangeURL: String
        public var state: State
        public var coins: [Coin]
        /// How often the batch was sent.
        public var attempts: Int
        /// The exchange's confirmation (1033) once it is verified.
        public var exchangePub: ExchangePublicKey?
        public var exchangeSignature: EdDSASignature?
        /// Instead of one signature: of protocols 14 to 16, one for each coin in order.
        public var exchangeSignatures: [EdDSASignature]?
        public var exchangeTimestamp: Timestamp?
        /// The exchange's answer when it refused.
        public var refusalStatus: Int?
        public var refusal: JSONValue?
        /// Why the batch is still open.
        public var lastError: String?

        public enum State: String, Codable, Sendable {
            /// `unconfirmed`: the exchange says that it has the coins, and still owes its signature. It counts as paid.
            case open, unconfirmed, accepted, refused
        }

        enum CodingKeys: String, CodingKey {
            case exchangeURL = "exchange_url"
            case state, coins, attempts
            case exchangePub = "exchange_pub"
            case exchangeSignature = "exchange_sig"
            case exchangeSignatures = "exchange_sigs"
            case exchangeTimestamp = "exchange_timestamp"
            case refusalStatus = "refusal_status"
            case refusal
            case lastError = "last_error"
        }

        public init(exchangeURL: String, state: State, coins: [Coin], attempts: Int) {
            self.exchangeURL = exchangeURL
            self.state = state
            self.coins = coins
            self.attempts = attempts
        }
    }

    public struct Coin: Codable, Sendable, Equatable {
        public var coinPub: CoinPublicKey
        /// Deposit fee included.
        public var contribution: Amount
        public var depositFee: Amount

        enum CodingKeys: String, CodingKey {
            case coinPub = "coin_pub"
            case contribution
            case depositFee = "deposit_fee"
        }

        public init(coinPub: CoinPublicKey, contribution: Amount, depositFee: Amount) {
            self.coinPub = coinPub
            self.contribution = contribution
            self.depositFee = depositFee
        }
    }

    enum CodingKeys: String, CodingKey {
        case contractHash = "H_contract"
        case transactionID = "transaction_id"
        case state, contract, amount
        case maximumFee = "max_fee"
        case expiry
        case paidAt = "paid_at"
        case deposits
        case refundAmount = "refund_amount"
        case refunds, transfers
    }

    public init(
        contractHash: ContractHash, transactionID: Int64, state: State, contract: JSONValue, amount: Amount, maximumFee: Amount,
        expiry: Timestamp, paidAt: Timestamp?, deposits: [Deposit]
    ) {
        self.contractHash = contractHash
        self.transactionID = transactionID
        self.state = state
        self.contract = contract
        self.amount = amount
        self.maximumFee = maximumFee
        self.expiry = expiry
        self.paidAt = paidAt
        self.deposits = deposits
    }
}
