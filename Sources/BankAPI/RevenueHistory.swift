// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of taler-revenue's `history`: what reached a merchant's account.
public struct RevenueHistory: Codable, Sendable, Equatable {
    /// Payto URI of the merchant's account.
    public var creditAccount: String
    public var transactions: [RevenueTransaction]

    enum CodingKeys: String, CodingKey {
        case creditAccount = "credit_account"
        case transactions = "incoming_transactions"
    }

    public init(creditAccount: String, transactions: [RevenueTransaction]) {
        self.creditAccount = creditAccount
        self.transactions = transactions
    }
}

/// One transfer to a merchant.
public struct RevenueTransaction: Codable, Sendable, Equatable {
    /// What a real bank says of each row, `RESERVE` for example; nobody needs it.
    public var type: String?
    public var rowID: Int64
    public var date: Timestamp
    public var amount: Amount
    /// What the bank kept of the amount, where it does.
    public var creditFee: Amount?
    /// Payto URI of who paid.
    public var debitAccount: String
    /// Of an exchange's payout: `WTID EXCHANGE_BASE_URL`, and metadata after another space.
    public var subject: String

    enum CodingKeys: String, CodingKey {
        case type
        case rowID = "row_id"
        case date, amount
        case creditFee = "credit_fee"
        case debitAccount = "debit_account"
        case subject
    }

    public init(
        type: String? = nil, rowID: Int64, date: Timestamp, amount: Amount, creditFee: Amount? = nil, debitAccount: String, subject: String
    ) {
        self.type = type
        self.rowID = rowID
        self.date = date
        self.amount = amount
        self.creditFee = creditFee
        self.debitAccount = debitAccount
        self.subject = subject
    }
}
