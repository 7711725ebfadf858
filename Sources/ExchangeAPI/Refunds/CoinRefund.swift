// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// `POST /coins/$COIN_PUB/refund`.
public struct CoinRefundRequest: Codable, Sendable, Equatable {
    /// Refund fee included: the coin gets less.
    public var refundAmount: Amount
    public var contractHash: ContractHash
    public var merchantPub: MerchantPublicKey
    /// By which the exchange knows a repeat.
    public var refundTransactionID: UInt64
    /// 1102.
    public var merchantSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case refundAmount = "refund_amount"
        case contractHash = "h_contract_terms"
        case merchantPub = "merchant_pub"
        case refundTransactionID = "rtransaction_id"
        case merchantSignature = "merchant_sig"
    }

    public init(
        refundAmount: Amount, contractHash: ContractHash, merchantPub: MerchantPublicKey, refundTransactionID: UInt64,
        merchantSignature: EdDSASignature
    ) {
        self.refundAmount = refundAmount
        self.contractHash = contractHash
        self.merchantPub = merchantPub
        self.refundTransactionID = refundTransactionID
        self.merchantSignature = merchantSignature
    }
}

/// 200 of `POST /coins/$COIN_PUB/refund`.
public struct CoinRefundResponse: Codable, Sendable, Equatable {
    public var exchangePub: ExchangePublicKey
    /// 1038.
    public var exchangeSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case exchangePub = "exchange_pub"
        case exchangeSignature = "exchange_sig"
    }

    public init(exchangePub: ExchangePublicKey, exchangeSignature: EdDSASignature) {
        self.exchangePub = exchangePub
        self.exchangeSignature = exchangeSignature
    }
}
