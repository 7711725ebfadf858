// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

/// How much of everything there is, and what waits for somebody.
public struct StoreFigures: Sendable, Equatable {
    /// Intents without an exchange's word.
    public struct Waiting: Sendable, Equatable {
        public let exchangeURL: String
        public let count: Int
        /// When the oldest was recorded.
        public let since: Timestamp

        public init(exchangeURL: String, count: Int, since: Timestamp) {
            self.exchangeURL = exchangeURL
            self.count = count
            self.since = since
        }
    }

    /// An exchange wants to know who owns an account.
    public struct Identification: Sendable, Equatable {
        public let exchangeURL: String
        public let payto: String
        public let paytoHash: PaytoHash?
        /// The exchange knows no key of ours for the account, or another one: a transfer with the key in its subject is needed first.
        public let needsTransfer: Bool
        public let since: Timestamp

        public init(exchangeURL: String, payto: String, paytoHash: PaytoHash?, needsTransfer: Bool, since: Timestamp) {
            self.exchangeURL = exchangeURL
            self.payto = payto
            self.paytoHash = paytoHash
            self.needsTransfer = needsTransfer
            self.since = since
        }
    }

    public var contracts = 0
    public var paidContracts = 0
    public var open: [Waiting] = []
    public var unconfirmed: [Waiting] = []
    public var identifications: [Identification] = []
    /// By state: `open`, `accepted`, `failed`.
    public var refunds: [String: Int] = [:]
    /// The latest refunds that an exchange refused for good, a line of text for each.
    public var failedRefunds: [String] = []
    /// Open refunds whose exchange has given the same useless answer for days, a line of text for each.
    public var stuckRefunds: [String] = []
    /// Paid contracts whose transfer should have been made a while ago, and is not known.
    public var overdueTransfers = 0
    /// Transfers that the exchange signed and the bank's account has not received.
    public var missingCredits = 0
    /// Answers about transfers, and credits, that do not agree with the books.
    public var transferConflicts = 0
    /// Some of them, in words.
    public var conflictExamples: [String] = []

    public init() {}
}

extension MerchantStore {
    /// - Throws: ``MerchantStoreError``, also for a database whose tables are older than this program.
    /// - Parameters: as of ``reconciliationReport(now:grace:expectsBank:limit:)``.
    public func figures(now: Timestamp, grace: Int64, expectsBank: Bool) async throws(MerchantStoreError) -> StoreFigures {
        let report = try await reconciliationReport(now: now, grace: grace, expectsBank: expectsBank, limit: 3)
        return try await Self.orFailAsync {
            try await database.read { database in
                var figures = StoreFigures()
                figures.contracts = try Self.count(database, "contract")
                figures.paidContracts = try Self.count(database, "contract WHERE paid_at IS NOT NULL")
                figures.open = try Self.waiting(database, "open")
                figures.unconfirmed = try Self.waiting(database, "unconfirmed")
                figures.identifications = try Self.identifications(database)
                for row in try Row.fetchAll(database, sql: "SELECT state, count(*) AS number FROM refund GROUP BY state") {
                    figures.refunds[row["state"]] = row["number"]
                }
                figures.failedRefunds = try Self.refunds(
                    database, "WHERE refund.id IN (SELECT id FROM refund WHERE state = 'failed' ORDER BY id DESC LIMIT ?)", [Self.listed]
                ).map(\.line)
                figures.stuckRefunds = try Self.refunds(database, "WHERE refund.state = 'open'").filter { $0.isStuck(at: now) }
                    .suffix(Self.listed).map(\.line)
                figures.overdueTransfers = report.missingCount
                figures.missingCredits = report.undeliveredCount
                figures.transferConflicts = report.conflictCount + report.wrongAmountCount
                figures.conflictExamples =
                    report.conflicts.map { "transfer \($0.transferID) of \($0.exchangeURL): \($0.description)" }
                    + report.wrongAmounts.map {
                        "row \($0.credit.credit.rowID) of the bank: \($0.credit.credit.amount) instead of the \($0.total) that the exchange signed"
                    }
                return figures
            }
        }
    }

    /// So many of a kind are listed one by one.
    private static let listed = 50

    /// - Parameter rest: a table, and its condition.
    private static func count(_ database: Database, _ rest: String) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \(rest)") ?? 0
    }

    private static func waiting(_ database: Database, _ state: String) throws -> [StoreFigures.Waiting] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT exchange_url, count(*) AS number, min(created) AS since FROM intent
                -- As the index of what is unsettled has it, so that the settled ones are not read.
                WHERE state IN ('open', 'unconfirmed') AND state = ? GROUP BY exchange_url ORDER BY exchange_url
                """,
            arguments: [state]
        ).map { .init(exchangeURL: $0["exchange_url"], count: $0["number"], since: try Timestamp(stored: $0["since"])) }
    }

    private static func identifications(_ database: Database) throws -> [StoreFigures.Identification] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT kyc_need.*, payto_uri, account_pub IS NULL OR account_pub <> merchant_pub OR bad_kyc_auth AS needs_transfer
                FROM kyc_need JOIN account ON account.id = account_id ORDER BY exchange_url
                """
        ).map { row in
            let hash: PaytoHash? = row["h_payto"] == nil ? nil : try row.fixed("h_payto")
            return .init(
                exchangeURL: row["exchange_url"], payto: row["payto_uri"], paytoHash: hash, needsTransfer: row["needs_transfer"],
                since: try Timestamp(stored: row["since"]))
        }
    }
}

extension StoredRefund {
    /// For people: what of which contract, and what the exchange said.
    fileprivate var line: String {
        let said =
            switch state {
            case .failed(let status, let answer): "\(status), code \(answer["code"]?.integerValue.map { "\($0)" } ?? "none")"
            case .open: lastError ?? "no answer"
            case .accepted: "accepted"
            }
        return "\(amount) of contract \(contractHash) at \(exchangeURL): \(said)"
    }
}
