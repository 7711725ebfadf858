// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import TalerWire

/// The statuses in which the bank's two interfaces differ.
enum BankRefusal {
    /// The API of 2019: no credit and wrong currency are 406.
    case classic
    /// `PUT /reject`: no credit is 400.
    case reject
    /// The wire gateway: no credit and wrong currency are 409.
    case gateway

    /// Carries out `work` and turns the books' complaints into answers.
    func translating<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let error as BankStoreError {
            guard let refusal = self.refusal(error) else { throw error }
            throw refusal
        }
    }

    private var noCreditStatus: Int {
        switch self {
        case .classic: 406
        case .reject: 400
        case .gateway: 409
        }
    }

    /// Nil for what is not the caller's doing.
    private func refusal(_ error: BankStoreError) -> APIError? {
        switch error {
        case .nameTaken: APIError(.bankRegisterUsernameReuse, hint: "This name is taken.")
        case .unknownAccount: APIError(.bankUnknownAccount, hint: "This bank has no such account.")
        case .sameAccount: APIError(.bankSameAccount, hint: "An account cannot pay itself.")
        case .noCredit:
            APIError(.bankUnallowedDebit, hint: "The account has not enough credit.", status: noCreditStatus)
        case .amountIsZero: APIError(.bankBadFormatAmount, hint: "The amount must be more than zero.", members: ["field": "amount"])
        case .amountTooLarge: APIError(.bankNumberTooBig, hint: "The amount is more than this bank can hold.")
        case .currencyMismatch:
            APIError(.genericCurrencyMismatch, hint: "This bank has another currency.", status: self == .gateway ? 409 : 406)
        case .subjectMalformed:
            APIError(.genericParameterMalformed, hint: "The subject is too long or has control characters.", detail: "subject")
        case .unknownTransfer: APIError(.bankTransactionNotFound, hint: "No such transfer reached this account.")
        case .requestReused: APIError(.bankTransferRequestUidReused, hint: "The request_uid was used for another transfer.")
        case .reserveUsed: APIError(.bankDuplicateReservePubSubject, hint: "The reserve key was used before.")
        case .rangeTooLong:
            APIError(
                .genericParameterMalformed,
                hint: "There are more than \(HistoryPage.maximumRangeRows) transfers in this time: ask for a shorter one, or for /history.",
                detail: "end")
        case .debtAboveLimit, .otherCurrency, .database: nil
        }
    }
}
