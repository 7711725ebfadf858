// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A deposit in a coin's history. The hash of the wallet's data is not told, so its signature can be checked only when there was none.
public struct CoinDepositEntry: Codable, Sendable, Equatable {
    static let type = "DEPOSIT"

    public private(set) var type: String
    /// Deposit fee included.
    public var amount: Amount
    public var depositFee: Amount
    /// The contract's.
    public var timestamp: Timestamp
    /// Nil when refunds are not allowed.
    public var refundDeadline: Timestamp?
    public var merchantPub: MerchantPublicKey
    public var contractHash: ContractHash
    public var wireHash: WireHash
    public var ageCommitmentHash: AgeCommitmentHash?
    /// 1201.
    public var coinSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case type
        case amount
        case depositFee = "deposit_fee"
        case timestamp
        case refundDeadline = "refund_deadline"
        case merchantPub = "merchant_pub"
        case contractHash = "h_contract_terms"
        case wireHash = "h_wire"
        case ageCommitmentHash = "h_age_commitment"
        case coinSignature = "coin_sig"
    }

    public init(
        amount: Amount, depositFee: Amount, timestamp: Timestamp, refundDeadline: Timestamp? = nil, merchantPub: MerchantPublicKey,
        contractHash: ContractHash, wireHash: WireHash, ageCommitmentHash: AgeCommitmentHash? = nil, coinSignature: EdDSASignature
    ) {
        type = Self.type
        self.amount = amount
        self.depositFee = depositFee
        self.timestamp = timestamp
        self.refundDeadline = refundDeadline
        self.merchantPub = merchantPub
        self.contractHash = contractHash
        self.wireHash = wireHash
        self.ageCommitmentHash = ageCommitmentHash
        self.coinSignature = coinSignature
    }
}
