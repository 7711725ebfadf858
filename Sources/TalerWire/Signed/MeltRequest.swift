// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a coin key signs to be melted (TALER_RefreshMeltCoinAffirmationPS). Offsets in bytes.
public struct MeltRequest: SignedStruct {
    public static let purpose = Purpose.walletCoinMelt
    public static let byteCount = 216

    /// 8: 64 bytes.
    public var commitment: RefreshCommitment
    /// 72: 64 bytes.
    public var denominationHash: DenominationHash
    /// 136: 32 bytes.
    public var ageCommitmentHash: AgeCommitmentHash
    /// 168: 24 bytes.
    public var amountWithFee: Amount
    /// 192: 24 bytes.
    public var meltFee: Amount

    public init(
        commitment: RefreshCommitment,
        denominationHash: DenominationHash,
        ageCommitmentHash: AgeCommitmentHash,
        amountWithFee: Amount,
        meltFee: Amount
    ) {
        self.commitment = commitment
        self.denominationHash = denominationHash
        self.ageCommitmentHash = ageCommitmentHash
        self.amountWithFee = amountWithFee
        self.meltFee = meltFee
    }

    public func encode(into out: inout WireEncoder) {
        out.append(commitment)
        out.append(denominationHash)
        out.append(ageCommitmentHash)
        out.append(amountWithFee)
        out.append(meltFee)
    }
}
