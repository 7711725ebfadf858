// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import TalerWire

/// A refusal that is shown beside the field that it is about.
struct FormProblem: Error, Sendable {
    /// The field's name; nil for the form as a whole.
    let field: String?
    let error: APIError

    init(_ error: APIError, field: String?) {
        self.field = field
        self.error = error
    }

    /// The books' complaint about a transfer in the words of a page; nil for what is not the customer's doing.
    init?(_ error: BankStoreError, balance: Balance, currency: Currency) {
        switch error {
        case .noCredit:
            self.init(
                APIError(.bankUnallowedDebit, hint: "Your account has not enough money for this: its balance is \(balance.text)."),
                field: "amount")
        case .amountIsZero: self.init(APIError(.bankBadFormatAmount, hint: "The amount must be more than zero."), field: "amount")
        case .amountTooLarge: self.init(.tooLarge, field: "amount")
        case .currencyMismatch: self.init(.otherCurrency(currency), field: "amount")
        case .sameAccount:
            self.init(APIError(.bankSameAccount, hint: "This is your own account. Money can only go to another one."), field: "to")
        case .subjectMalformed:
            self.init(
                APIError(.genericParameterMalformed, hint: "A subject is one line of at most 1024 characters."), field: "subject")
        case .unknownAccount: self.init(APIError(.bankUnknownAccount, hint: "This bank has no such account."), field: "to")
        case .requestReused:
            self.init(
                APIError(
                    .bankTransferRequestUidReused,
                    hint:
                        "This form was sent before with other content, which was carried out. Look at your account; for another transfer, open the form again."
                ), field: nil)
        default: return nil
        }
    }
}

extension APIError {
    static let tooLarge = APIError(.bankNumberTooBig, hint: "This is more than the bank can move.")

    static func otherCurrency(_ currency: Currency) -> APIError {
        APIError(.genericCurrencyMismatch, hint: "This bank keeps \(currency) only.")
    }
}
