// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange can be made to do, so that a shop's testers see what their shop makes of it.
public enum SituationName: String, CaseIterable, Sendable {
    case kyc
    case denominationsExpired = "denominations-expired"
    case denominationsFuture = "denominations-future"
    case denominationsRevoked = "denominations-revoked"
    case denominationsUnknown = "denominations-unknown"
    case spent
    case ageHash = "age-hash"
    case contractConflict = "contract-conflict"
    case slow
    case silent
    case down
    case failing
    case noJSON = "no-json"
    case wrongSignature = "wrong-signature"
    case unknownKey = "unknown-key"
    case moved
    case transactionBaseURL = "transaction-base-url"
    case clock
    case keysExpiring = "keys-expiring"

    /// What can be said of a situation beside whom it meets.
    public enum Parameter: String, CaseIterable, Sendable {
        /// A length of time.
        case time
        /// An HTTP status.
        case status
        /// An address elsewhere.
        case url = "to"
        /// Whether requests are carried out before.
        case carriedOut = "carried-out"
    }

    /// Which parameters this one has.
    public var parameters: [Parameter] {
        switch self {
        case .slow, .clock, .keysExpiring: [.time]
        case .silent: [.time, .carriedOut]
        case .down, .noJSON: [.carriedOut]
        case .failing: [.status, .carriedOut]
        case .moved: [.status, .url]
        case .transactionBaseURL: [.url]
        default: []
        }
    }

    /// Takes the place of the exchange's own answer: of several only the first counts.
    var isAnswer: Bool {
        switch self {
        case .silent, .down, .failing, .noJSON, .moved: true
        default: false
        }
    }

    /// Lasts for a time and ends by itself.
    var endsByItself: Bool { self == .keysExpiring }

    /// Which requests meet it when nothing else is said; empty for all.
    public var usualEndpoints: Set<SituationEndpoint> {
        switch self {
        case .kyc, .spent, .ageHash, .contractConflict, .transactionBaseURL: [.deposit]
        case .denominationsExpired, .denominationsFuture, .denominationsRevoked, .denominationsUnknown:
            [.withdraw, .deposit, .melt, .reveal]
        case .wrongSignature, .unknownKey: [.deposit, .refund, .track, .transfer]
        case .slow, .silent, .down, .failing, .noJSON, .moved, .clock, .keysExpiring: []
        }
    }

    /// Whether other endpoints can be named: not where the effect is made for one.
    public var takesEndpoints: Bool {
        switch self {
        case .kyc, .spent, .ageHash, .contractConflict, .transactionBaseURL, .keysExpiring: false
        default: true
        }
    }
}
