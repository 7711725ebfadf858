// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `GET /status`: what keeps a backend from being paid, or soon will (docs/operations.md).
public struct BackendStatus: Codable, Sendable, Equatable {
    /// The most serious of all findings, `ok` when there is nothing but information.
    public var status: Level
    public var checked: Timestamp
    /// The most serious first.
    public var findings: [Finding]

    public init(status: Level, checked: Timestamp, findings: [Finding]) {
        self.status = status
        self.checked = checked
        self.findings = findings
    }

    /// Levels that are not known here, of a newer backend, are kept as they are.
    public struct Level: RawRepresentable, Codable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let ok = Level(rawValue: "ok")
        public static let info = Level(rawValue: "info")
        public static let warning = Level(rawValue: "warning")
        public static let problem = Level(rawValue: "problem")
    }

    public struct Finding: Codable, Sendable, Equatable {
        /// A name that stays from version to version.
        public var id: String
        public var severity: Level
        /// The exchange, file or setting that it is about.
        public var subject: String?
        public var message: String
        public var advice: String?
        /// A line for each.
        public var details: [String]?

        /// An exchange takes no money for the shop's account before it knows the owner.
        public static let identificationNeeded = "identification-needed"

        public init(
            id: String, severity: Level, subject: String? = nil, message: String, advice: String? = nil, details: [String]? = nil
        ) {
            self.id = id
            self.severity = severity
            self.subject = subject
            self.message = message
            self.advice = advice
            self.details = details
        }
    }
}
