// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One element of `GET /track/transaction`'s 200: the coins of a payment that one transfer has brought.
public struct TrackedTransfer: Codable, Sendable, Equatable {
    /// The exchange's base URL.
    public var exchange: String
    public var transferID: WireTransferID
    public var executionTime: ClassicTimestamp
    public var coins: [Coin]

    public struct Coin: Codable, Sendable, Equatable {
        public var coinPub: CoinPublicKey
        /// The contribution, deposit fee included.
        public var amountWithFee: Amount
        public var depositFee: Amount

        enum CodingKeys: String, CodingKey {
            case coinPub = "coin_pub"
            case amountWithFee = "amount_with_fee"
            case depositFee = "deposit_fee"
        }

        public init(coinPub: CoinPublicKey, amountWithFee: Amount, depositFee: Amount) {
            self.coinPub = coinPub
            self.amountWithFee = amountWithFee
            self.depositFee = depositFee
        }
    }

    enum CodingKeys: String, CodingKey {
        case exchange
        case transferID = "wtid"
        case executionTime = "execution_time"
        case coins
    }

    public init(exchange: String, transferID: WireTransferID, executionTime: ClassicTimestamp, coins: [Coin]) {
        self.exchange = exchange
        self.transferID = transferID
        self.executionTime = executionTime
        self.coins = coins
    }
}

/// 202 of `GET /track/transaction`: not everything was wired yet.
public struct TransactionPending: Codable, Sendable, Equatable {
    public var hint: String
    /// The exchange that has coins of the payment still.
    public var exchange: String
    /// The coin that the exchange was asked about.
    public var coinPub: CoinPublicKey
    /// When the exchange means to wire it.
    public var executionTime: ClassicTimestamp
    /// False while the exchange wants the merchant to identify itself first.
    public var isKYCOK: Bool
    /// What the exchange answered.
    public var details: JSONValue
    /// What was wired already.
    public var transfers: [TrackedTransfer]

    enum CodingKeys: String, CodingKey {
        case hint, exchange
        case coinPub = "coin_pub"
        case executionTime = "execution_time"
        case isKYCOK = "kyc_ok"
        case details, transfers
    }

    public init(
        hint: String, exchange: String, coinPub: CoinPublicKey, executionTime: ClassicTimestamp, isKYCOK: Bool, details: JSONValue,
        transfers: [TrackedTransfer]
    ) {
        self.hint = hint
        self.exchange = exchange
        self.coinPub = coinPub
        self.executionTime = executionTime
        self.isKYCOK = isKYCOK
        self.details = details
        self.transfers = transfers
    }
}
