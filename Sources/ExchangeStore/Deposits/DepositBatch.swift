// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A batch deposit whose signatures have all been checked.
public struct DepositBatch: Sendable, Equatable {
    public var merchantPub: MerchantPublicKey
    public var contractHash: ContractHash
    /// Full payto URI.
    public var payto: String
    /// Of the normalized payto URI.
    public var accountHash: NormalizedPaytoHash
    /// Normalized.
    public var accountPayto: String
    public var wireSalt: WireSalt
    public var wireHash: WireHash
    /// 1101.
    public var merchantSignature: EdDSASignature
    /// The contract's.
    public var timestamp: Timestamp
    /// Zero when refunds are not allowed.
    public var refundDeadline: Timestamp
    public var wireDeadline: Timestamp
    public var walletDataHash: HashCode?
    /// For the subject of the payout.
    public var wireSubjectMetadata: String?
    /// In request order, no coin twice.
    public var coins: [DepositCoin]

    public init(
        merchantPub: MerchantPublicKey, contractHash: ContractHash, payto: String, accountHash: NormalizedPaytoHash,
        accountPayto: String, wireSalt: WireSalt, wireHash: WireHash,
        merchantSignature: EdDSASignature, timestamp: Timestamp, refundDeadline: Timestamp, wireDeadline: Timestamp,
        walletDataHash: HashCode? = nil, wireSubjectMetadata: String? = nil, coins: [DepositCoin]
    ) {
        self.merchantPub = merchantPub
        self.contractHash = contractHash
        self.payto = payto
        self.accountHash = accountHash
        self.accountPayto = accountPayto
        self.wireSalt = wireSalt
        self.wireHash = wireHash
        self.merchantSignature = merchantSignature
        self.timestamp = timestamp
        self.refundDeadline = refundDeadline
        self.wireDeadline = wireDeadline
        self.walletDataHash = walletDataHash
        self.wireSubjectMetadata = wireSubjectMetadata
        self.coins = coins
    }
}

/// One coin of a ``DepositBatch``.
public struct DepositCoin: Sendable, Equatable {
    public var coinPub: CoinPublicKey
    public var denominationHash: DenominationHash
    /// The denomination's value: what the coin can pay over its life.
    public var value: Amount
    /// RSA signature, a big-endian integer without leading zeros.
    public var denominationSignature: [UInt8]
    public var ageCommitmentHash: AgeCommitmentHash?
    /// Deposit fee included.
    public var contribution: Amount
    public var depositFee: Amount
    /// 1201.
    public var coinSignature: EdDSASignature

    public init(
        coinPub: CoinPublicKey, denominationHash: DenominationHash, value: Amount, denominationSignature: [UInt8],
        ageCommitmentHash: AgeCommitmentHash? = nil, contribution: Amount, depositFee: Amount, coinSignature: EdDSASignature
    ) {
        self.coinPub = coinPub
        self.denominationHash = denominationHash
        self.value = value
        self.denominationSignature = denominationSignature
        self.ageCommitmentHash = ageCommitmentHash
        self.contribution = contribution
        self.depositFee = depositFee
        self.coinSignature = coinSignature
    }
}

/// Why nothing of a batch was deposited.
public enum DepositRefusal: Error, Equatable {
    /// The coin is known with another denomination and that one's signature.
    case otherDenomination(CoinPublicKey, known: DenominationHash, knownSignature: [UInt8])
    /// The coin is known with another age commitment, or with none.
    case otherAgeCommitment(CoinPublicKey, DenominationHash, known: AgeCommitmentHash?)
    /// The contract was deposited before with other parameters, for an account of that hash.
    case otherContract(WireHash)
    /// The coin has less left than the contribution, or gave this contract another contribution before.
    case insufficientFunds(CoinPublicKey, DenominationHash)
}
