// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A coin of ours as our own books have it: what a transfer's list is compared with.
public struct BookedDeposit: Sendable, Equatable {
    /// Deposit fee included.
    public let contribution: Amount
    public let depositFee: Amount
    /// What the exchange has confirmed as refunded; zero when nothing was.
    public let refunded: Amount
    /// What was refunded if every refund without an outcome went through: never less than ``refunded``.
    public let refundedAtMost: Amount
    /// The transfer that has the coin already, by an earlier list.
    public let listedIn: WireTransferID?
    /// The transfer that the exchange named, signed, when it was asked about this coin.
    public let claimedFor: WireTransferID?

    public init(
        contribution: Amount, depositFee: Amount, refunded: Amount, refundedAtMost: Amount, listedIn: WireTransferID? = nil,
        claimedFor: WireTransferID? = nil
    ) {
        self.contribution = contribution
        self.depositFee = depositFee
        self.refunded = refunded
        self.refundedAtMost = refundedAtMost
        self.listedIn = listedIn
        self.claimedFor = claimedFor
    }
}
