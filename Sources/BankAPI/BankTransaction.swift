// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One row of an account's history (BankTransaction).
public struct BankTransaction: Codable, Sendable, Equatable {
    public enum Sign: String, Codable, Sendable {
        case credit = "+"
        case debit = "-"
        case cancelledCredit = "cancel+"
        case cancelledDebit = "cancel-"
    }

    public var rowID: Int64
    public var date: MillisecondTimestamp
    public var amount: Amount
    public var sign: Sign
    /// Number of the other account.
    public var counterpart: Int64
    public var subject: String

    enum CodingKeys: String, CodingKey {
        case rowID = "row_id"
        case date, amount, sign, counterpart
        case subject = "wt_subject"
    }

    public init(rowID: Int64, date: Timestamp, amount: Amount, sign: Sign, counterpart: Int64, subject: String) {
        self.rowID = rowID
        self.date = MillisecondTimestamp(date)
        self.amount = amount
        self.sign = sign
        self.counterpart = counterpart
        self.subject = subject
    }
}

/// 200 of `GET /history` and `GET /history-range`.
public struct BankTransactions: Codable, Sendable, Equatable {
    public var data: [BankTransaction]
    public init(data: [BankTransaction]) { self.data = data }
}
