// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Something that a shop's owner should know, in plain words.
public struct Finding: Sendable, Equatable {
    public enum Severity: String, Sendable, Comparable, CaseIterable {
        /// Good to know; nothing is to be done.
        case info
        /// The shop is paid, but something will keep it from it, or needs a look.
        case warning
        /// The shop is not paid, or not by everybody.
        case problem

        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
        private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }
    }

    public var id: FindingID
    public var severity: Severity
    /// The exchange, file or setting that it is about; nil when it is about the whole.
    public var subject: String?
    /// One sentence: what is the case.
    public var message: String
    /// What to do; empty when nothing is to be done.
    public var advice: String
    /// What exactly, a line for each; not more than a page of them.
    public var details: [String]

    public init(
        _ id: FindingID, _ severity: Severity, subject: String? = nil, _ message: String, advice: String = "", details: [String] = []
    ) {
        self.id = id
        self.severity = severity
        self.subject = subject
        self.message = message
        self.advice = advice
        self.details = details
    }

    public var json: JSONValue {
        var object: JSONObject = ["id": .string(id.rawValue), "severity": .string(severity.rawValue)]
        if let subject { object["subject"] = .string(subject) }
        object["message"] = .string(message)
        if !advice.isEmpty { object["advice"] = .string(advice) }
        if !details.isEmpty { object["details"] = .array(details.map { .string($0) }) }
        return .object(object)
    }
}

/// What can be found, by names that stay: scripts and alerts may rely on them.
public enum FindingID: String, Sendable, CaseIterable {
    case configuration = "configuration"
    case unknownSetting = "unknown-setting"
    case noAccount = "no-account"
    case noExchange = "no-exchange"
    case keyMissing = "key-missing"
    case keyUnusable = "key-unusable"
    case keyOfOtherDatabase = "key-of-other-database"
    case tokenMissing = "token-missing"
    case tokenUnusable = "token-unusable"
    case fileMode = "file-mode"
    case fileMissing = "file-missing"
    case databaseMissing = "database-missing"
    case databaseUnreadable = "database-unreadable"
    case databaseNotWritable = "database-not-writable"
    case databaseDamaged = "database-damaged"
    case databaseOlder = "database-older"
    case databaseNewer = "database-newer"
    case diskFull = "disk-full"
    case diskLow = "disk-low"
    case backendRunning = "backend-running"
    case backendNotRunning = "backend-not-running"
    case backendSilent = "backend-silent"
    case exchangeUnreachable = "exchange-unreachable"
    case exchangeKeysInvalid = "exchange-keys-invalid"
    case masterKeyMismatch = "master-key-mismatch"
    case currencyMismatch = "currency-mismatch"
    case versionUnsupported = "version-unsupported"
    case keysNotFetchedYet = "keys-not-fetched-yet"
    case keysExpired = "keys-expired"
    case keysExpiring = "keys-expiring"
    case keysOld = "keys-old"
    case wireMethodUnsupported = "wire-method-unsupported"
    case clockSkew = "clock-skew"
    case identificationNeeded = "identification-needed"
    case openPayments = "open-payments"
    case unconfirmedPayments = "unconfirmed-payments"
    case refundsFailed = "refunds-failed"
    case refundsStuck = "refunds-stuck"
    case transfersOverdue = "transfers-overdue"
    case creditsMissing = "credits-missing"
    case transferConflicts = "transfer-conflicts"
}
