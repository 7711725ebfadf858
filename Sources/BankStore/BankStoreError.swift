// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why the bank's books did not change.
public enum BankStoreError: Error, Equatable, CustomStringConvertible {
    case nameTaken
    case unknownAccount
    /// Payer and receiver are one account.
    case sameAccount
    /// The payer's balance would fall below its debt limit.
    case noCredit
    case amountIsZero
    /// The amount, or the receiver's balance after it, is above ``BankStore/maximumUnits``.
    case amountTooLarge
    case currencyMismatch
    /// More than 1024 characters, or a control character.
    case subjectMalformed
    /// No such transfer, or none that reached this account.
    case unknownTransfer
    /// The `request_uid` was used for a transfer with other content.
    case requestReused
    /// The reserve key was used before.
    case reserveUsed
    /// An account owes more than the debt limit that it shall have.
    case debtAboveLimit(account: String)
    /// More transfers between two points in time than are given at once.
    case rangeTooLong
    /// The database was made for another currency.
    case otherCurrency(String)
    /// The engine's own complaint, without values.
    case database(String)

    public var description: String {
        switch self {
        case .nameTaken: "the account's name is taken"
        case .unknownAccount: "there is no such account"
        case .sameAccount: "payer and receiver are one account"
        case .noCredit: "the payer has not enough credit"
        case .amountIsZero: "the amount is zero"
        case .amountTooLarge: "the amount is more than the books can hold"
        case .currencyMismatch: "the amount is in another currency"
        case .subjectMalformed: "the subject is too long or has control characters"
        case .unknownTransfer: "no such transfer reached the account"
        case .requestReused: "the request_uid was used for another transfer"
        case .reserveUsed: "the reserve key was used before"
        case .debtAboveLimit(let account): "the account \(account) owes more than its new debt limit"
        case .rangeTooLong: "there are more than \(HistoryPage.maximumRangeRows) transfers in this time"
        case .otherCurrency(let currency): "the bank's database is in \(currency)"
        case .database(let reason): "the bank's database: \(reason)"
        }
    }
}
