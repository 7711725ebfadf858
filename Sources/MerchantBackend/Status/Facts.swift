// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
public import ExchangeClient
public import MerchantStore
public import TalerWire

/// What was seen of a backend and of the exchanges that it relies on. ``Diagnosis`` says what it means.
public struct Facts: Sendable, Equatable {
    public var now: Timestamp
    public var key: KeyState
    public var token: TokenState = .present
    public var account: PaytoURI?
    /// What a transfer that only carries a subject should be of.
    public var smallestUnit: Amount
    public var process: ProcessState
    public var files: [FileFacts] = []
    /// Files of secrets that the configuration names, and that are not there.
    public var missingFiles: [String] = []
    public var disk: DiskFacts?
    public var database: DatabaseState
    public var exchanges: [ExchangeFacts] = []
    /// As `Configuration.unusedKeys` writes them.
    public var unknownSettings: [String] = []
    /// By base URL.
    public var identifications: [String: IdentificationState] = [:]

    public init(
        now: Timestamp, key: KeyState, account: PaytoURI?, smallestUnit: Amount, process: ProcessState, database: DatabaseState
    ) {
        self.now = now
        self.key = key
        self.account = account
        self.smallestUnit = smallestUnit
        self.process = process
        self.database = database
    }

    public enum KeyState: Sendable, Equatable {
        case missing(path: String)
        case unusable(path: String, reason: String)
        case present(MerchantPublicKey)
    }

    public enum TokenState: Sendable, Equatable {
        case missing(path: String)
        case unusable(path: String, reason: String)
        case present
    }

    public enum ProcessState: Sendable, Equatable {
        /// It serves, and answers.
        case answering
        /// The database is locked by a process; where it should listen nobody answers.
        case silent(String)
        case stopped
    }

    public enum DatabaseState: Sendable, Equatable {
        case missing(path: String)
        /// The system's or SQLite's text.
        case unreadable(path: String, reason: String)
        case damaged(path: String, [String])
        /// Its tables are those of an older program.
        case older
        case newer
        case read(StoreFigures, keys: [MerchantPublicKey], isWritable: Bool)
    }
}

/// A file whose mode matters.
public struct FileFacts: Sendable, Equatable {
    public var path: String
    /// Permission bits.
    public var mode: Int
    /// A secret that others may read keeps the backend from starting.
    public var isSecret: Bool

    public init(path: String, mode: Int, isSecret: Bool) {
        self.path = path
        self.mode = mode
        self.isSecret = isSecret
    }
}

/// The file system that the database is on.
public struct DiskFacts: Sendable, Equatable {
    public var path: String
    public var freeBytes: Int64

    public init(path: String, freeBytes: Int64) {
        self.path = path
        self.freeBytes = freeBytes
    }
}

/// One configured exchange.
public struct ExchangeFacts: Sendable, Equatable {
    public var baseURL: String
    /// Why its keys could not be had at the last attempt; nil when they could, and before the first.
    public var error: KeysError?
    /// Of the keys that are held; nil when none are.
    public var keys: KeysFacts?
    /// Seconds by which its clock is ahead of ours; nil when it has not said.
    public var clockSkew: Int64?

    public init(baseURL: String, error: KeysError? = nil, keys: KeysFacts? = nil, clockSkew: Int64? = nil) {
        self.baseURL = baseURL
        self.error = error
        self.keys = keys
        self.clockSkew = clockSkew
    }
}

/// What matters of verified keys.
public struct KeysFacts: Sendable, Equatable {
    public var issued: Timestamp
    /// When the last of the signing keys ends.
    public var signingUntil: Timestamp
    /// Denominations whose coins are accepted now.
    public var depositable: Int
    /// When the last of these is accepted no more.
    public var depositableUntil: Timestamp
    /// False when the exchange has no account to pay ours from; nil without an account of ours.
    public var canWire: Bool?

    public init(issued: Timestamp, signingUntil: Timestamp, depositable: Int, depositableUntil: Timestamp, canWire: Bool?) {
        self.issued = issued
        self.signingUntil = signingUntil
        self.depositable = depositable
        self.depositableUntil = depositableUntil
        self.canWire = canWire
    }

    public init(_ keys: VerifiedKeys, account: PaytoURI?, now: Timestamp) {
        let accepted = keys.denominations.values.filter { $0.isDepositable(at: now) }
        self.init(
            issued: keys.listIssueDate, signingUntil: keys.signingKeys.map(\.expire).max() ?? .zero, depositable: accepted.count,
            depositableUntil: accepted.map(\.expireDeposit).max() ?? .zero, canWire: account.map { keys.canWire(to: $0) })
    }
}

/// What an exchange said when it was asked about the owner of our account.
public enum IdentificationState: Sendable, Equatable {
    /// Nothing is open any more.
    case satisfied
    /// Where the owner answers the exchange's questions.
    case page(String)
    /// The exchange waits for the transfer that names our key.
    case awaitsTransfer
    case unknown(String)
}
