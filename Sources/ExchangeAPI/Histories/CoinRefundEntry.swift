// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A refund in a coin's history. The merchant signed the sum of `amount` and `refundFee`.
public struct CoinRefundEntry: Codable, Sendable, Equatable {
    static let type = "REFUND"

    public private(set) var type: String
    /// What the coin got back: without the fee.
    public var amount: Amount
    public var refundFee: Amount
    public var contractHash: ContractHash
    public var merchantPub: MerchantPublicKey
    public var refundTransactionID: UInt64
    /// 1102.
    public var merchantSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case type
        case amount
        case refundFee = "refund_fee"
        case contractHash = "h_contract_terms"
        case merchantPub = "merchant_pub"
        case refundTransactionID = "rtransaction_id"
        case merchantSignature = "merchant_sig"
    }

    public init(
        amount: Amount, refundFee: Amount, contractHash: ContractHash, merchantPub: MerchantPublicKey, refundTransactionID: UInt64,
        merchantSignature: EdDSASignature
    ) {
        type = Self.type
        self.amount = amount
        self.refundFee = refundFee
        self.contractHash = contractHash
        self.merchantPub = merchantPub
        self.refundTransactionID = refundTransactionID
        self.merchantSignature = merchantSignature
    }
}
