// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// `POST /batch-deposit` (BatchDepositRequest).
public struct BatchDepositRequest: Codable, Sendable, Equatable {
    /// Full payto URI.
    public var merchantPaytoURI: String
    public var wireSalt: WireSalt
    public var merchantPub: MerchantPublicKey
    /// 1101; since protocol 22, ours is always sent and always required.
    public var merchantSignature: EdDSASignature?
    public var contractHash: ContractHash
    public var walletDataHash: HashCode?
    /// 1 to 256.
    public var coins: [BatchDepositCoin]
    public var policy: JSONValue?
    /// The contract's.
    public var timestamp: Timestamp
    /// Left out when refunds are not allowed.
    public var refundDeadline: Timestamp?
    /// Never "never".
    public var wireTransferDeadline: Timestamp
    /// `[a-zA-Z0-9-.:]{1,40}`; since protocol 32.
    public var extraWireSubjectMetadata: String?

    enum CodingKeys: String, CodingKey {
        case merchantPaytoURI = "merchant_payto_uri"
        case wireSalt = "wire_salt"
        case merchantPub = "merchant_pub"
        case merchantSignature = "merchant_sig"
        case contractHash = "h_contract_terms"
        case walletDataHash = "wallet_data_hash"
        case coins
        case policy
        case timestamp
        case refundDeadline = "refund_deadline"
        case wireTransferDeadline = "wire_transfer_deadline"
        case extraWireSubjectMetadata = "extra_wire_subject_metadata"
    }

    public init(
        merchantPaytoURI: String,
        wireSalt: WireSalt,
        merchantPub: MerchantPublicKey,
        merchantSignature: EdDSASignature? = nil,
        contractHash: ContractHash,
        walletDataHash: HashCode? = nil,
        coins: [BatchDepositCoin],
        policy: JSONValue? = nil,
        timestamp: Timestamp,
        refundDeadline: Timestamp? = nil,
        wireTransferDeadline: Timestamp,
        extraWireSubjectMetadata: String? = nil
    ) {
        self.merchantPaytoURI = merchantPaytoURI
        self.wireSalt = wireSalt
        self.merchantPub = merchantPub
        self.merchantSignature = merchantSignature
        self.contractHash = contractHash
        self.walletDataHash = walletDataHash
        self.coins = coins
        self.policy = policy
        self.timestamp = timestamp
        self.refundDeadline = refundDeadline
        self.wireTransferDeadline = wireTransferDeadline
        self.extraWireSubjectMetadata = extraWireSubjectMetadata
    }
}
