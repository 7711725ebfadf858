// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What a coin's denomination was when it was withdrawn, as the exchange's offline key signed it.
public struct StoredDenomination: Sendable, Equatable {
    public let hash: DenominationHash
    /// The encoded RSA key.
    public let key: [UInt8]
    public let value: Amount
    public let feeWithdraw: Amount
    public let feeDeposit: Amount
    /// Coins of it are worth nothing afterwards.
    public let expireDeposit: Timestamp

    public init(
        hash: DenominationHash, key: [UInt8], value: Amount, feeWithdraw: Amount, feeDeposit: Amount, expireDeposit: Timestamp
    ) {
        self.hash = hash
        self.key = key
        self.value = value
        self.feeWithdraw = feeWithdraw
        self.feeDeposit = feeDeposit
        self.expireDeposit = expireDeposit
    }
}
