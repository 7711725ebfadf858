// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of the wire gateway's `history/outgoing`.
public struct OutgoingHistory: Codable, Sendable, Equatable {
    /// Payto URI of the exchange's account.
    public var debitAccount: String
    public var transactions: [OutgoingTransaction]

    enum CodingKeys: String, CodingKey {
        case debitAccount = "debit_account"
        case transactions = "outgoing_transactions"
    }

    public init(debitAccount: String, transactions: [OutgoingTransaction]) {
        self.debitAccount = debitAccount
        self.transactions = transactions
    }
}

/// An aggregated transfer that an exchange made.
public struct OutgoingTransaction: Codable, Sendable, Equatable {
    public var rowID: Int64
    public var date: Timestamp
    public var amount: Amount
    /// Payto URI of the merchant's account.
    public var creditAccount: String
    public var transferID: WireTransferID
    public var exchangeBaseURL: String

    enum CodingKeys: String, CodingKey {
        case rowID = "row_id"
        case date, amount
        case creditAccount = "credit_account"
        case transferID = "wtid"
        case exchangeBaseURL = "exchange_base_url"
    }

    public init(
        rowID: Int64, date: Timestamp, amount: Amount, creditAccount: String, transferID: WireTransferID, exchangeBaseURL: String
    ) {
        self.rowID = rowID
        self.date = date
        self.amount = amount
        self.creditAccount = creditAccount
        self.transferID = transferID
        self.exchangeBaseURL = exchangeBaseURL
    }
}
