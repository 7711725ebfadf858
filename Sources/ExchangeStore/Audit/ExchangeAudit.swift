// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// What a whole reading of the books found.
public struct ExchangeAudit: Sendable, Equatable {
    public var counts = BookCounts()
    /// Nil when the books could not be added up; then ``problems`` says so.
    public var money: ExchangeMoney?
    /// Nil before the bank was asked.
    public var bank: BankFigures?
    /// One sentence for each thing that is not as it must be.
    public var problems: [String] = []

    public init() {}

    public var isSound: Bool { problems.isEmpty }
}

/// How many rows there are of each kind.
public struct BookCounts: Sendable, Equatable {
    public var reserves = 0
    public var withdrawals = 0
    public var coins = 0
    public var deposits = 0
    public var refunds = 0
    /// Melts, revealed or not.
    public var refreshes = 0
    public var transfers = 0

    public init(
        reserves: Int = 0, withdrawals: Int = 0, coins: Int = 0, deposits: Int = 0, refunds: Int = 0, refreshes: Int = 0,
        transfers: Int = 0
    ) {
        self.reserves = reserves
        self.withdrawals = withdrawals
        self.coins = coins
        self.deposits = deposits
        self.refunds = refunds
        self.refreshes = refreshes
        self.transfers = transfers
    }
}

/// What the bank says, compared row by row with the books. Units of 10^-8; other currencies are not in the sums.
public struct BankFigures: Sendable, Equatable {
    /// Credits of reserves that the exchange had read when the audit began.
    public var reserveCredits: Int128 = 0
    /// Credits of reserves that came later.
    public var unread: Int128 = 0
    /// Transfers by which accounts named their merchant's key.
    public var accountKeys: Int128 = 0
    /// Credits of kinds that this exchange does not know.
    public var otherCredits: Int128 = 0
    /// Credits that were sent back. Zero without the bank's interface of 2019.
    public var rejected: Int128 = 0
    /// Credits that name no key and are to be sent back. Zero without the bank's interface of 2019.
    public var toReject: Int128 = 0
    /// What was paid through the wire gateway.
    public var paid: Int128 = 0
    /// Payouts that their receivers gave back. Zero without the bank's interface of 2019.
    public var givenBack: Int128 = 0

    public init() {}
}
