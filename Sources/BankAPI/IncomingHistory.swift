// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// 200 of the wire gateway's `history/incoming`.
public struct IncomingHistory: Codable, Sendable, Equatable {
    /// Payto URI of the exchange's account.
    public var creditAccount: String
    /// By ``IncomingTransaction/rowID``: rising for a positive delta, falling for a negative one.
    public var transactions: [IncomingTransaction]

    enum CodingKeys: String, CodingKey {
        case creditAccount = "credit_account"
        case transactions = "incoming_transactions"
    }

    public init(creditAccount: String, transactions: [IncomingTransaction]) {
        self.creditAccount = creditAccount
        self.transactions = transactions
    }
}
