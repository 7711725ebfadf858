// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A melt whose signatures have all been checked.
public struct Melt: Sendable, Equatable {
    public var coinPub: CoinPublicKey
    public var denominationHash: DenominationHash
    /// The denomination's value: what the coin can pay over its life.
    public var value: Amount
    /// RSA signature, a big-endian integer without leading zeros.
    public var denominationSignature: [UInt8]
    public var ageCommitmentHash: AgeCommitmentHash?
    public var commitment: RefreshCommitment
    /// Melt fee included.
    public var amountWithFee: Amount
    /// The denomination's.
    public var fee: Amount
    /// 1202.
    public var coinSignature: EdDSASignature
    public var masterSecret: RefreshMasterSecret?
    /// The denomination can no longer be used: only a repeat is accepted.
    public var isOutOfUse: Bool

    public init(
        coinPub: CoinPublicKey, denominationHash: DenominationHash, value: Amount, denominationSignature: [UInt8],
        ageCommitmentHash: AgeCommitmentHash? = nil, commitment: RefreshCommitment, amountWithFee: Amount, fee: Amount,
        coinSignature: EdDSASignature, masterSecret: RefreshMasterSecret? = nil, isOutOfUse: Bool = false
    ) {
        self.coinPub = coinPub
        self.denominationHash = denominationHash
        self.value = value
        self.denominationSignature = denominationSignature
        self.ageCommitmentHash = ageCommitmentHash
        self.commitment = commitment
        self.amountWithFee = amountWithFee
        self.fee = fee
        self.coinSignature = coinSignature
        self.masterSecret = masterSecret
        self.isOutOfUse = isOutOfUse
    }
}

/// Why nothing was melted.
public enum MeltRefusal: Error, Equatable {
    /// The coin is known with another denomination and that one's signature.
    case otherDenomination(known: DenominationHash, knownSignature: [UInt8])
    /// The coin is known with another age commitment, or with none.
    case otherAgeCommitment(known: AgeCommitmentHash?)
    /// The commitment was made for another coin or amount.
    case otherMelt
    /// The denomination can no longer be used.
    case outOfUse
    /// The coin has less left.
    case insufficientFunds
}
