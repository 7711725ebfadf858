// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A melt in a coin's history.
public struct CoinMeltEntry: Codable, Sendable, Equatable {
    static let type = "MELT"

    public private(set) var type: String
    /// Melt fee included.
    public var amount: Amount
    public var meltFee: Amount
    public var commitment: RefreshCommitment
    public var ageCommitmentHash: AgeCommitmentHash?
    /// 1202.
    public var coinSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case type
        case amount
        case meltFee = "melt_fee"
        case commitment = "rc"
        case ageCommitmentHash = "h_age_commitment"
        case coinSignature = "coin_sig"
    }

    public init(
        amount: Amount, meltFee: Amount, commitment: RefreshCommitment, ageCommitmentHash: AgeCommitmentHash? = nil,
        coinSignature: EdDSASignature
    ) {
        type = Self.type
        self.amount = amount
        self.meltFee = meltFee
        self.commitment = commitment
        self.ageCommitmentHash = ageCommitmentHash
        self.coinSignature = coinSignature
    }
}
