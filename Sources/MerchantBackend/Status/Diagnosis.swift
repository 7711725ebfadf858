// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantStore
public import TalerWire

/// What keeps a shop from being paid, or soon will: a pure function of what was seen.
public struct Diagnosis: Sendable, Equatable {
    /// The most serious first.
    public let findings: [Finding]
    public let checked: Timestamp

    public init(_ facts: Facts) {
        let all =
            Self.configuration(facts) + Self.secrets(facts) + Self.database(facts) + Self.disk(facts) + Self.process(facts)
            + facts.exchanges.flatMap { Self.exchange($0, facts) } + Self.work(facts)
        self.init(findings: all, checked: facts.now)
    }

    public init(findings: [Finding], checked: Timestamp) {
        // Of equal severity in the order in which they were found.
        self.findings = Finding.Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
        self.checked = checked
    }

    /// The most serious of all; nil when there is nothing but information.
    public var worst: Finding.Severity? { findings.map(\.severity).max().flatMap { $0 == .info ? nil : $0 } }

    public var json: JSONValue {
        [
            "status": .string(worst?.rawValue ?? "ok"), "checked": checked.json, "findings": .array(findings.map(\.json)),
        ]
    }

    private static func configuration(_ facts: Facts) -> [Finding] {
        var found = facts.unknownSettings.map {
            Finding(
                .unknownSetting, .warning, subject: $0, "A setting of the configuration is not used.",
                advice: "It is misspelt, or has no meaning beside the others: correct or remove it.")
        }
        if facts.account == nil {
            found.append(
                Finding(
                    .noAccount, .problem, "No bank account is configured, so no contract can be made.",
                    advice: "Add a section [merchant-account-NAME] with PAYTO_URI, and restart the backend."))
        }
        if facts.exchanges.isEmpty {
            found.append(
                Finding(
                    .noExchange, .problem, "No exchange is configured, so nobody can pay.",
                    advice:
                        "Add a section [merchant-exchange-NAME] with EXCHANGE_BASE_URL, MASTER_KEY and CURRENCY; merchant-backend keys --fetch URL prints the key to be confirmed."
                ))
        }
        return found
    }

    private static func disk(_ facts: Facts) -> [Finding] {
        guard let disk = facts.disk, disk.freeBytes < 1 << 30 else { return [] }
        let isFull = disk.freeBytes < 64 << 20
        return [
            Finding(
                isFull ? .diskFull : .diskLow, isFull ? .problem : .warning, subject: disk.path,
                "The disk with the database has \(disk.freeBytes >> 20) MiB left.",
                advice: "Make room: without it no payment can be recorded, and then none is accepted.")
        ]
    }

    private static func process(_ facts: Facts) -> [Finding] {
        switch facts.process {
        case .answering: [Finding(.backendRunning, .info, "The backend serves, and holds the lock of the database.")]
        case .silent(let reason):
            [
                Finding(
                    .backendSilent, .problem, "A process holds the database's lock, but the backend does not answer: \(reason).",
                    advice: "Look at its log; restart it if nothing there explains it.")
            ]
        case .stopped:
            [
                Finding(
                    .backendNotRunning, .problem, "The backend does not run.",
                    advice: "Start it: merchant-backend serve -c FILE, or systemctl start taler-merchant-backend.")
            ]
        }
    }
}
