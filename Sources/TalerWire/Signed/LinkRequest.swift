// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an old coin's key signs for each fresh coin of a refresh (TALER_CoinLinkSignaturePS). Offsets in bytes.
public struct LinkRequest: SignedStruct {
    public static let purpose = Purpose.walletCoinLink
    public static let byteCount = 200

    /// 8: 64 bytes. Of the fresh coin.
    public var denominationHash: DenominationHash
    /// 72: 32 bytes.
    public var transferPub: TransferPublicKey
    /// 104: 32 bytes.
    public var ageCommitmentHash: AgeCommitmentHash
    /// 136: 64 bytes. Of the fresh coin.
    public var coinEnvelopeHash: CoinEnvelopeHash

    public init(
        denominationHash: DenominationHash,
        transferPub: TransferPublicKey,
        ageCommitmentHash: AgeCommitmentHash,
        coinEnvelopeHash: CoinEnvelopeHash
    ) {
        self.denominationHash = denominationHash
        self.transferPub = transferPub
        self.ageCommitmentHash = ageCommitmentHash
        self.coinEnvelopeHash = coinEnvelopeHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(denominationHash)
        out.append(transferPub)
        out.append(ageCommitmentHash)
        out.append(coinEnvelopeHash)
    }
}
