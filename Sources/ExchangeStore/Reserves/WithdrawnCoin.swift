// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One blind signature that was given out, and what was paid for it.
public struct WithdrawnCoin: Sendable, Equatable {
    public var envelopeHash: CoinEnvelopeHash
    public var denominationHash: DenominationHash
    /// Value plus withdraw fee.
    public var amountWithFee: Amount
    /// 1200.
    public var reserveSignature: EdDSASignature
    /// A big-endian integer without leading zeros.
    public var blindSignature: [UInt8]

    public init(
        envelopeHash: CoinEnvelopeHash, denominationHash: DenominationHash, amountWithFee: Amount, reserveSignature: EdDSASignature,
        blindSignature: [UInt8]
    ) {
        self.envelopeHash = envelopeHash
        self.denominationHash = denominationHash
        self.amountWithFee = amountWithFee
        self.reserveSignature = reserveSignature
        self.blindSignature = blindSignature
    }
}

/// Why nothing was withdrawn.
public enum WithdrawRefusal: Error, Equatable {
    case unknownReserve
    case insufficientFunds(balance: Amount, requested: Amount)
    /// Some coins of the batch were withdrawn before, others not.
    case partlyWithdrawn
}
