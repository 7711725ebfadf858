// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What arrived in the merchant's bank account.
public struct BankCredit: Sendable, Equatable {
    /// The bank's number.
    public let rowID: Int64
    public let date: Timestamp
    public let amount: Amount
    /// What the merchant's bank kept of it.
    public let creditFee: Amount?
    /// Payto URI of who paid.
    public let debitAccount: String
    public let subject: String
    /// What the subject names.
    public let transferID: WireTransferID?
    /// The configured exchange that the subject names.
    public let exchangeURL: String?
    /// The subject names an exchange that is not configured: nobody is asked about it.
    public let namesStranger: Bool

    public init(
        rowID: Int64, date: Timestamp, amount: Amount, creditFee: Amount? = nil, debitAccount: String, subject: String,
        transferID: WireTransferID?, exchangeURL: String?, namesStranger: Bool = false
    ) {
        self.rowID = rowID
        self.date = date
        self.amount = amount
        self.creditFee = creditFee
        self.debitAccount = debitAccount
        self.subject = subject
        self.transferID = transferID
        self.exchangeURL = exchangeURL
        self.namesStranger = namesStranger
    }

    /// What is known of a credit.
    public enum State: String, Sendable {
        /// An exchange is to be asked what it paid.
        case new
        case matched
        /// The exchange's signed total is another amount.
        case wrongAmount = "wrong_amount"
        /// What the exchange signed contradicts our books.
        case conflict
        /// Another credit brought this transfer already.
        case duplicate
        /// No exchange that we know has made it for us.
        case unknown
    }
}

/// A row of the books: a credit with what became of it.
public struct StoredCredit: Sendable, Equatable {
    public let id: Int64
    /// The account's payto URI, normalized.
    public let account: String
    public let credit: BankCredit
    public let state: BankCredit.State
    public let attempts: Int
    public let lastError: String?
}
