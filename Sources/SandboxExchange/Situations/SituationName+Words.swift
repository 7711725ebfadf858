// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension SituationName {
    /// In a few words.
    public var title: String {
        switch self {
        case .kyc: "The account needs KYC"
        case .denominationsExpired: "Denominations have expired"
        case .denominationsFuture: "Denominations are not valid yet"
        case .denominationsRevoked: "Denominations are revoked"
        case .denominationsUnknown: "Denominations are unknown"
        case .spent: "The coin was spent before"
        case .ageHash: "Another age commitment"
        case .contractConflict: "Another deposit of this contract"
        case .slow: "Answers come late"
        case .silent: "No answer comes"
        case .down: "The connection is closed"
        case .failing: "An error of the server"
        case .noJSON: "An answer that is no JSON"
        case .wrongSignature: "Signatures are wrong"
        case .unknownKey: "Signed by an unknown key"
        case .moved: "The exchange has moved"
        case .transactionBaseURL: "Ask elsewhere about deposits"
        case .clock: "The clock is wrong"
        case .keysExpiring: "Keys are about to expire"
        }
    }

    /// What is seen of it.
    public var effect: String {
        switch self {
        case .kyc:
            "Deposits are refused with 451 / 1028, /kyc-check asks, and the account is paid nothing, until its owner has named the merchant's key by a transfer and identified himself on the page."
        case .denominationsExpired: "410 / 1009 with the exchange's signed statement. /keys goes on listing them unless it is named too."
        case .denominationsFuture: "410 / 1008 with the exchange's signed statement."
        case .denominationsRevoked: "410 / 1010 with the exchange's signed statement."
        case .denominationsUnknown: "404 / 1005 with the exchange's signed statement."
        case .spent: "A deposit is refused with 409 / 1012, about its first coin. Nothing is spent."
        case .ageHash: "A deposit is refused with 409 / 1015, about its first coin, with the age commitment that is said to be expected."
        case .contractConflict: "A deposit is refused with 409 / 1206, with another h_wire."
        case .slow: "The request is carried out at once, its answer held back for the time, 100 seconds at most."
        case .silent: "Nothing comes for the time, 100 seconds at most; then the connection is closed."
        case .down: "The connection is closed without an answer."
        case .failing: "The status instead of an answer: 408, 429, 500, 502, 503 or 504."
        case .noJSON: "Status 200 with a page of HTML, as networks that want a login send it."
        case .wrongSignature: "Answers with exchange_sig have one bit of it changed; what was asked for is done."
        case .unknownKey: "Answers with exchange_pub name a key that /keys does not list; what was asked for is done."
        case .moved: "307 or 308 to the same path under moved/ of this exchange, where it is served, or under another address."
        case .transactionBaseURL: "Confirmations of deposits name moved/ of this exchange, or another address, to ask for transfers."
        case .clock: "The exchange acts as if it were so much later or earlier: signatures, deadlines, keys."
        case .keysExpiring:
            "Everything is signed by a key that ends after the time, and there are denominations without fees that wallets can withdraw for as long."
        }
    }
}
