// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A coin that an exchange has accepted for a contract, as far as refunds go.
public struct RefundableCoin: Sendable, Equatable {
    /// Deposit fee included.
    public let contribution: Amount
    /// Nil when it is not known any more; then the coin is given back wholly or not at all.
    public let refundFee: Amount?
    /// What was asked back of it so far, whether the exchange has answered or not.
    public let asked: Amount
    /// The exchange refused to give back of it, for good.
    public let isClosed: Bool

    public init(contribution: Amount, refundFee: Amount?, asked: Amount, isClosed: Bool) {
        self.contribution = contribution
        self.refundFee = refundFee
        self.asked = asked
        self.isClosed = isClosed
    }

    /// What can still be asked of it.
    var source: RefundSplit.Source {
        let rest = isClosed || contribution.units < asked.units ? 0 : contribution.units - asked.units
        return RefundSplit.Source(rest: rest, fee: refundFee?.units)
    }

    /// True when all of it was asked back, or when there never was anything in it that would reach the buyer.
    public var isWhollyAskedBack: Bool {
        guard !isClosed else { return false }
        return asked.units >= contribution.units || asked.isZero && !source.isUsable
    }
}
