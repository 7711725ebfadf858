// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Body of `POST /admin/add/incoming` (BankDepositRequest). Who is logged in pays; the document's `debit_account` is ignored.
public struct BankDepositRequest: Codable, Sendable, Equatable {
    public var auth: BankAuth?
    public var amount: Amount
    /// Ends the wire subject, after a space.
    public var exchangeURL: String
    /// Begins the wire subject.
    public var subject: String
    /// Number of the account that is paid.
    public var creditAccount: Int64

    enum CodingKeys: String, CodingKey {
        case auth, amount, subject
        case exchangeURL = "exchange_url"
        case creditAccount = "credit_account"
    }

    public init(amount: Amount, exchangeURL: String, subject: String, creditAccount: Int64) {
        auth = .basic
        self.amount = amount
        self.exchangeURL = exchangeURL
        self.subject = subject
        self.creditAccount = creditAccount
    }
}
