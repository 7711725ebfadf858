// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A bank transfer that pays into a reserve.
public struct ReserveCredit: Sendable, Equatable {
    /// The bank's number of the transfer, unique for our account.
    public var bankRow: Int64
    public var reserve: ReservePublicKey
    public var amount: Amount
    /// Payto URI of the account that paid.
    public var origin: String
    public var date: Timestamp

    public init(bankRow: Int64, reserve: ReservePublicKey, amount: Amount, origin: String, date: Timestamp) {
        self.bankRow = bankRow
        self.reserve = reserve
        self.amount = amount
        self.origin = origin
        self.date = date
    }
}

/// What became of a list of transfers.
public struct CreditOutcome: Sendable, Equatable {
    /// The reserves that grew.
    public var credited: Set<ReservePublicKey> = []
    /// Transfers whose amount the books cannot hold: another currency, zero, or a balance of 2^63 units of 10^-8.
    public var unusable: [Int64] = []
}

/// What a reserve holds.
public struct ReserveBalance: Sendable, Equatable {
    public var balance: Amount
    /// Payto URI of the last incoming transfer.
    public var lastOrigin: String
}
