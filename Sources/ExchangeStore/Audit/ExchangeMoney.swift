// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// Where all the money is that was ever paid in. Units of 10^-8; in damaged books a number may be below zero.
public struct ExchangeMoney: Sendable, Equatable {
    /// What the bank has brought for reserves.
    public var paidIn: Int128 = 0
    /// What reserves still hold.
    public var reserves: Int128 = 0
    /// Coins that were signed, less what they have spent.
    public var coins: Int128 = 0
    /// Value that was melted and not yet turned into coins.
    public var melted: Int128 = 0
    /// What merchants are to be paid for deposits that are in no transfer: refunds and deposit fees are taken off.
    public var deposits: Int128 = 0
    public var withdrawFees: Int128 = 0
    /// Of all deposits, paid out or not, as far as refunds have left them.
    public var depositFees: Int128 = 0
    /// With what was melted above the price of the fresh coins.
    public var refreshFees: Int128 = 0
    public var refundFees: Int128 = 0
    public var wireFees: Int128 = 0
    /// What transfers were less than their deposits because banks know no smaller coin.
    public var rounding: Int128 = 0
    /// Transfers that the bank has not confirmed.
    public var openTransfers: Int128 = 0
    /// Transfers that the bank has confirmed.
    public var paidOut: Int128 = 0
    /// Coins by value, the smallest first.
    public var coinsByValue: [CoinSum] = []

    public init() {}

    /// Coins of one value, of all denominations that have it.
    public struct CoinSum: Sendable, Equatable {
        public var value: Int64
        public var issued: Int64
        /// The value of those that are signed and not spent.
        public var outstanding: Int128
    }

    public var fees: Int128 { withdrawFees + depositFees + refreshFees + refundFees + wireFees }

    /// All places where money can be: it must be ``paidIn``.
    public var total: Int128 { reserves + coins + melted + deposits + fees + rounding + openTransfers + paidOut }
}
