// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import ExchangeFixture
import MerchantBackend
import MerchantStore
import TalerCrypto
import TalerWire
import Testing

/// One fact out of order at a time, and what is said about it.
struct DiagnosisTests {
    static let now = must { try Timestamp(seconds: 1_800_000_000) }
    static let key: MerchantPublicKey = EdDSAPrivateKey().publicKey()
    static let url = "https://exchange.example/"

    /// Everything as it should be.
    static func healthy() -> Facts {
        var facts = Facts(
            now: now, key: .present(key), account: must { try PaytoURI("payto://iban/DE75512108001245126199?receiver-name=Shop") },
            smallestUnit: amount("0.01"), process: .answering, database: .read(StoreFigures(), keys: [key], isWritable: true))
        facts.files = [FileFacts(path: "/s/key", mode: 0o600, isSecret: true), FileFacts(path: "/s/db", mode: 0o640, isSecret: false)]
        facts.disk = DiskFacts(path: "/s", freeBytes: 10 << 30)
        facts.exchanges = [ExchangeFacts(baseURL: url, keys: keys(), clockSkew: 3)]
        return facts
    }

    static func keys() -> KeysFacts {
        KeysFacts(
            issued: now.advanced(bySeconds: -3600), signingUntil: now.advanced(bySeconds: 30 * 86_400), depositable: 11,
            depositableUntil: now.advanced(bySeconds: 365 * 86_400), canWire: true)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let id: FindingID
        let severity: Finding.Severity
        let subject: String?
        let change: @Sendable (inout Facts) -> Void

        init(_ id: FindingID, _ severity: Finding.Severity, _ subject: String? = nil, _ change: @escaping @Sendable (inout Facts) -> Void) {
            self.id = id
            self.severity = severity
            self.subject = subject
            self.change = change
        }

        /// Facts of the database.
        static func figures(
            _ id: FindingID, _ severity: Finding.Severity, _ subject: String? = nil,
            _ change: @escaping @Sendable (inout StoreFigures) -> Void
        ) -> Case {
            Case(id, severity, subject) { facts in
                var figures = StoreFigures()
                change(&figures)
                facts.database = .read(figures, keys: [key], isWritable: true)
            }
        }

        /// Facts of the exchange's keys.
        static func keys(_ id: FindingID, _ severity: Finding.Severity, _ change: @escaping @Sendable (inout KeysFacts) -> Void) -> Case {
            Case(id, severity, url) { facts in
                var keys = DiagnosisTests.keys()
                change(&keys)
                facts.exchanges = [ExchangeFacts(baseURL: url, keys: keys)]
            }
        }

        static func error(_ id: FindingID, _ error: KeysError) -> Case {
            Case(id, .problem, url) { $0.exchanges = [ExchangeFacts(baseURL: url, error: error, keys: DiagnosisTests.keys())] }
        }

        var testDescription: String { "\(id.rawValue) as a \(severity.rawValue)" }
    }

    static let hour = now.advanced(bySeconds: -3600)
    static let minute = now.advanced(bySeconds: -60)
    static let day = now.advanced(bySeconds: -86_400)

    static let configuration: [Case] = [
        Case(.unknownSetting, .warning, "a.conf:3: [merchant] PROT") { $0.unknownSettings = ["a.conf:3: [merchant] PROT"] },
        Case(.noAccount, .problem) { $0.account = nil }, Case(.noExchange, .problem) { $0.exchanges = [] },
        Case(.diskLow, .warning, "/s") { $0.disk = DiskFacts(path: "/s", freeBytes: 500 << 20) },
        Case(.diskFull, .problem, "/s") { $0.disk = DiskFacts(path: "/s", freeBytes: 1 << 20) },
        Case(.backendRunning, .info) { $0.process = .answering },
        Case(.backendSilent, .problem) { $0.process = .silent("connection refused") },
        Case(.backendNotRunning, .problem) { $0.process = .stopped },
    ]

    static let files: [Case] = [
        Case(.keyMissing, .problem, "/s/key") { $0.key = .missing(path: "/s/key") },
        Case(.keyMissing, .info, "/s/key") {
            $0.key = .missing(path: "/s/key")
            $0.database = .missing(path: "/s/db")
        },
        Case(.keyUnusable, .problem, "/s/key") { $0.key = .unusable(path: "/s/key", reason: "31 bytes") },
        Case(.keyOfOtherDatabase, .problem) {
            $0.database = .read(StoreFigures(), keys: [EdDSAPrivateKey().publicKey()], isWritable: true)
        },
        Case(.tokenMissing, .info, "/s/token") { $0.token = .missing(path: "/s/token") },
        Case(.tokenUnusable, .problem, "/s/token") { $0.token = .unusable(path: "/s/token", reason: "too short") },
        Case(.fileMode, .problem, "/s/key") { $0.files = [FileFacts(path: "/s/key", mode: 0o640, isSecret: true)] },
        Case(.fileMissing, .problem, "/s/bank") { $0.missingFiles = ["/s/bank"] },
        Case(.fileMode, .warning, "/s/db") { $0.files = [FileFacts(path: "/s/db", mode: 0o644, isSecret: false)] },
        Case(.databaseMissing, .info, "/s/db") { $0.database = .missing(path: "/s/db") },
        Case(.databaseUnreadable, .problem, "/s/db") { $0.database = .unreadable(path: "/s/db", reason: "permission denied") },
        Case(.databaseDamaged, .problem, "/s/db") { $0.database = .damaged(path: "/s/db", ["page 3 is never used"]) },
        Case(.databaseOlder, .info) { $0.database = .older }, Case(.databaseNewer, .problem) { $0.database = .newer },
        Case(.databaseNotWritable, .problem) { $0.database = .read(StoreFigures(), keys: [key], isWritable: false) },
    ]

    static let exchanges: [Case] = [
        .error(.exchangeUnreachable, .unreachable("connection refused")), .error(.exchangeKeysInvalid, .signature("the list")),
        .error(.exchangeKeysInvalid, .status(404)), .error(.exchangeUnreachable, .status(502)),
        .error(.exchangeKeysInvalid, .malformed("x")),
        .error(.exchangeKeysInvalid, .signingKey), .error(.masterKeyMismatch, .otherMasterKey("ABC")),
        .error(.currencyMismatch, .otherCurrency("EUR")), .error(.versionUnsupported, .version("99:0:0")),
        Case(.keysNotFetchedYet, .warning, url) { $0.exchanges = [ExchangeFacts(baseURL: url)] },
        .keys(.keysExpired, .problem) { $0.depositable = 0 }, .keys(.keysExpired, .problem) { $0.signingUntil = now },
        .keys(.keysExpiring, .warning) { $0.depositableUntil = now.advanced(bySeconds: 6 * 86_400) },
        .keys(.keysOld, .warning) { $0.issued = now.advanced(bySeconds: -8 * 86_400) },
        .keys(.wireMethodUnsupported, .problem) { $0.canWire = false },
        Case(.clockSkew, .warning, url) { $0.exchanges = [ExchangeFacts(baseURL: url, keys: keys(), clockSkew: -61)] },
        Case(.clockSkew, .problem, url) { $0.exchanges = [ExchangeFacts(baseURL: url, keys: keys(), clockSkew: 3600)] },
    ]

    static let work: [Case] = [
        .figures(.openPayments, .info, url) { $0.open = [.init(exchangeURL: url, count: 2, since: minute)] },
        .figures(.openPayments, .warning, url) { $0.open = [.init(exchangeURL: url, count: 2, since: hour)] },
        .figures(.unconfirmedPayments, .info, url) { $0.unconfirmed = [.init(exchangeURL: url, count: 1, since: minute)] },
        .figures(.unconfirmedPayments, .warning, url) { $0.unconfirmed = [.init(exchangeURL: url, count: 1, since: day)] },
        .figures(.refundsFailed, .warning) { $0.refunds = ["failed": 1, "accepted": 3] },
        .figures(.refundsStuck, .warning) { $0.stuckRefunds = ["KUDOS:1 of a contract"] },
        .figures(.transfersOverdue, .problem) { $0.overdueTransfers = 1 }, .figures(.creditsMissing, .problem) { $0.missingCredits = 1 },
        .figures(.transferConflicts, .problem) { $0.transferConflicts = 1 },
        .figures(.identificationNeeded, .problem, url) { $0.identifications = [need(needsTransfer: true)] },
    ]

    static func need(needsTransfer: Bool) -> StoreFigures.Identification {
        .init(exchangeURL: url, payto: "payto://iban/DE75512108001245126199", paytoHash: nil, needsTransfer: needsTransfer, since: day)
    }

    @Test func aHealthyShopHasNothingToDo() {
        let diagnosis = Diagnosis(Self.healthy())
        #expect(diagnosis.worst == nil)
        #expect(diagnosis.findings.map(\.id) == [.backendRunning])
        #expect(diagnosis.json["status"] == "ok")
    }

    @Test(arguments: configuration + files + exchanges + work) func whatIsOutOfOrderIsFound(_ expected: Case) throws {
        var facts = Self.healthy()
        expected.change(&facts)
        let diagnosis = Diagnosis(facts)
        let others = diagnosis.findings.filter { $0.id != .backendRunning || expected.id == .backendRunning }
        #expect(others.contains { $0.id == expected.id })
        let finding = try #require(diagnosis.findings.first { $0.id == expected.id })
        #expect(finding.severity == expected.severity)
        #expect(finding.subject == expected.subject)
        #expect(finding.message.hasSuffix("."))
        if finding.severity != .info { #expect(!finding.advice.isEmpty) }
        #expect(diagnosis.worst == (expected.severity == .info ? nil : others.map(\.severity).max()))
        // Nothing else is found fault with, but what follows from it.
        #expect(others.allSatisfy { $0.id == expected.id || $0.severity == .info })
    }

    @Test func everyFindingHasACase() {
        // The configuration that cannot be read is found before there are facts.
        let covered = Set((Self.configuration + Self.files + Self.exchanges + Self.work).map(\.id)).union([.configuration])
        #expect(Set(FindingID.allCases).subtracting(covered) == [])
    }

    @Test func theMostSeriousComesFirst() {
        var facts = Self.healthy()
        facts.unknownSettings = ["a"]
        facts.account = nil
        #expect(Diagnosis(facts).findings.map(\.severity) == [.problem, .warning, .info])
        #expect(Diagnosis(facts).json["status"] == "problem")
    }

    @Test func whoIsToBeIdentifiedIsToldWhereToGo() throws {
        var facts = Self.healthy()
        var figures = StoreFigures()
        func advice(_ needsTransfer: Bool, _ state: IdentificationState?) throws -> String? {
            figures.identifications = [Self.need(needsTransfer: needsTransfer)]
            facts.database = .read(figures, keys: [Self.key], isWritable: true)
            facts.identifications[Self.url] = state
            return Diagnosis(facts).findings.first { $0.id == .identificationNeeded }?.advice
        }
        let transfer = try #require(try advice(true, nil))
        #expect(transfer.contains("KYC:\(Self.key)"))
        #expect(transfer.contains("KUDOS:0.01"))
        #expect(try advice(false, .awaitsTransfer)?.contains("KYC:\(Self.key)") == true)
        #expect(try advice(false, .page("https://exchange.example/kyc-spa/T"))?.contains("https://exchange.example/kyc-spa/T") == true)
        #expect(try advice(false, .unknown("timed out"))?.contains("timed out") == true)
        #expect(try advice(true, .satisfied) == nil)
    }
}
