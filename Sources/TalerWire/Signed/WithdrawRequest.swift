// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a reserve key signs for each planchet of a withdrawal (TALER_WithdrawRequestPS). Offsets in bytes.
public struct WithdrawRequest: SignedStruct {
    public static let purpose = Purpose.walletReserveWithdraw
    public static let byteCount = 160

    /// 8: 24 bytes. Value plus withdraw fee of the denomination.
    public var amountWithFee: Amount
    /// 32: 64 bytes.
    public var denominationHash: DenominationHash
    /// 96: 64 bytes.
    public var coinEnvelopeHash: CoinEnvelopeHash

    public init(amountWithFee: Amount, denominationHash: DenominationHash, coinEnvelopeHash: CoinEnvelopeHash) {
        self.amountWithFee = amountWithFee
        self.denominationHash = denominationHash
        self.coinEnvelopeHash = coinEnvelopeHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(amountWithFee)
        out.append(denominationHash)
        out.append(coinEnvelopeHash)
    }
}
