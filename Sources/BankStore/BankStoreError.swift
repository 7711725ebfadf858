// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why the bank's books did not change.
public enum BankStoreError: Error, Equatable {
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
    /// The database was made for another currency.
    case otherCurrency(String)
    /// The engine's own complaint, without values.
    case database(String)
}
