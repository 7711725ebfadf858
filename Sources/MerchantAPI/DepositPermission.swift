// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What a wallet sends to pay (the classic deposit permission), and body of `POST /pay`.
public struct DepositPermission: Codable, Sendable, Equatable {
    public var wireHash: WireHash
    public var contractHash: ContractHash
    public var transactionID: Int64
    public var timestamp: ClassicTimestamp
    public var refundDeadline: ClassicTimestamp
    /// Base URL of the exchange; `exchange` is its later name, one of both is needed.
    public var mint: String?
    public var exchange: String?
    public var coins: [Coin]
    /// Added by the frontend.
    public var amount: ClassicAmount?
    /// Added by the frontend.
    public var maximumFee: ClassicAmount?
    /// When the money shall be wired, if the frontend wants to say so.
    public var executionDate: ClassicTimestamp?
    /// A later name of ``executionDate``.
    public var wireTransferDeadline: ClassicTimestamp?

    /// One coin with its signature.
    public struct Coin: Codable, Sendable, Equatable {
        /// The contribution, deposit fee included.
        public var contribution: ClassicAmount
        public var coinPub: CoinPublicKey
        /// Base32 of the denomination's RSA key.
        public var denominationPub: String?
        /// Instead of the key.
        public var denominationPubHash: DenominationHash?
        /// Another name of ``denominationPubHash``.
        public var denominationHash: DenominationHash?
        /// Base32 of an RSA signature, or the modern object of either cipher.
        public var denominationSignature: JSONValue
        /// Purpose 1201.
        public var coinSignature: EdDSASignature
        /// Overrides the permission's exchange.
        public var exchangeURL: String?

        enum CodingKeys: String, CodingKey {
            case contribution = "f"
            case coinPub = "coin_pub"
            case denominationPub = "denom_pub"
            case denominationPubHash = "denom_pub_hash"
            case denominationHash = "h_denom"
            case denominationSignature = "ub_sig"
            case coinSignature = "coin_sig"
            case exchangeURL = "exchange_url"
        }

        public init(
            contribution: Amount, coinPub: CoinPublicKey, denominationPub: String?, denominationSignature: JSONValue,
            coinSignature: EdDSASignature
        ) {
            self.contribution = ClassicAmount(contribution)
            self.coinPub = coinPub
            self.denominationPub = denominationPub
            self.denominationSignature = denominationSignature
            self.coinSignature = coinSignature
        }
    }

    enum CodingKeys: String, CodingKey {
        case wireHash = "H_wire"
        case contractHash = "H_contract"
        case transactionID = "transaction_id"
        case timestamp
        case refundDeadline = "refund_deadline"
        case mint
        case exchange
        case coins
        case amount
        case maximumFee = "max_fee"
        case executionDate = "edate"
        case wireTransferDeadline = "wire_transfer_deadline"
    }

    public init(
        wireHash: WireHash, contractHash: ContractHash, transactionID: Int64, timestamp: Timestamp, refundDeadline: Timestamp, mint: String,
        coins: [Coin]
    ) {
        self.wireHash = wireHash
        self.contractHash = contractHash
        self.transactionID = transactionID
        self.timestamp = ClassicTimestamp(timestamp)
        self.refundDeadline = ClassicTimestamp(refundDeadline)
        self.mint = mint
        self.coins = coins
    }
}
