// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What one round of payouts did.
public struct PayoutReport: Sendable, Equatable {
    /// What the bank has confirmed, with what it paid.
    public var paid: [Payout] = []
    /// How many transfers still wait for the bank.
    public var openCount = 0

    public init() {}

    public struct Payout: Sendable, Equatable {
        public var wireTransferID: WireTransferID
        public var amount: Amount
        /// Payto URI of the merchant.
        public var account: String
    }
}
