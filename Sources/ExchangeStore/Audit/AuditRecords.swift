// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A blind signature that was given out for money of a reserve.
public struct AuditedWithdrawal: Sendable {
    public var reserve: ReservePublicKey
    public var coin: WithdrawnCoin
    public var date: Timestamp
}

/// A coin that was spent at least once.
public struct AuditedCoin: Sendable {
    public var coinPub: CoinPublicKey
    public var denominationHash: DenominationHash
    /// RSA signature, a big-endian integer without leading zeros.
    public var denominationSignature: [UInt8]
    public var ageCommitmentHash: AgeCommitmentHash?
}

/// What a merchant has agreed on with the buyer, as the first batch of a contract brought it.
public struct AuditedDeposit: Sendable {
    public var number: Int64
    public var merchantPub: MerchantPublicKey
    public var contractHash: ContractHash
    /// Full payto URI.
    public var payto: String
    public var wireSalt: WireSalt
    public var wireHash: WireHash
    /// 1101.
    public var merchantSignature: EdDSASignature
}

/// A coin's part in a deposit, with all that the coin has signed.
public struct AuditedDepositCoin: Sendable {
    public var coinPub: CoinPublicKey
    public var contractHash: ContractHash
    public var ageCommitmentHash: AgeCommitmentHash?
    public var wireHash: WireHash
    public var denominationHash: DenominationHash
    public var timestamp: Timestamp
    public var refundDeadline: Timestamp
    public var contribution: Amount
    public var depositFee: Amount
    public var merchantPub: MerchantPublicKey
    public var walletDataHash: HashCode?
    /// 1201.
    public var coinSignature: EdDSASignature
    public var date: Timestamp
}

/// A transfer to a merchant.
public struct AuditedTransfer: Sendable {
    public var wireTransferID: WireTransferID
    public var exchangeBaseURL: String
    /// Full payto URI.
    public var payto: String
    public var total: Amount
    public var wireFee: Amount
    public var rounding: Amount
    public var prepared: Timestamp
    /// Nil while the bank has not confirmed it.
    public var bankRow: Int64?
}

/// A merchant's account with the hash by which it is known.
public struct AuditedAccount: Sendable {
    public var hash: NormalizedPaytoHash
    /// Normalized.
    public var payto: String
    public var accountPub: MerchantPublicKey?
}
