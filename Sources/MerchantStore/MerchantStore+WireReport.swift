// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import MerchantCore
public import TalerWire

/// What a transfer brought for one contract.
public struct ContractTransfer: Sendable, Equatable {
    public let transfer: StoredTransfer
    /// The coins' values less their deposit fees; the transfer's own fee is not taken off.
    public let share: Amount
    /// The bank's row that brought the transfer, when it did with exactly its total.
    public let credit: StoredCredit?
}

/// The transfers of one contract.
public struct ContractTransfers: Sendable, Equatable {
    /// By execution time.
    public let transfers: [ContractTransfer]
    /// Every coin is in one of them or was refunded whole.
    public let isComplete: Bool

    /// All the money that is due was transferred.
    /// - Parameter byBank: true to demand that the bank brought every transfer, with its total.
    public func isWired(byBank: Bool) -> Bool {
        isComplete && !transfers.isEmpty && (!byBank || transfers.allSatisfy { $0.transfer.isConfirmedByBank })
    }
}

/// Money that should have arrived.
public struct MissingTransfer: Sendable, Equatable {
    public let transactionID: Int64
    public let contractHash: ContractHash
    public let exchangeURL: String
    public let wireDeadline: Timestamp
    /// Contributions less deposit fees of the coins that no transfer lists.
    public let amount: Amount
    /// The exchange's last 202, when that was its answer.
    public let pending: JSONValue?
    public let lastError: String?
}

/// A credit that is not what the exchange signed.
public struct WrongCredit: Sendable, Equatable {
    public let credit: StoredCredit
    /// What the exchange signed for this transfer.
    public let total: Amount
}

/// What keeps the merchant's money from being where it belongs.
public struct ReconciliationReport: Sendable, Equatable {
    /// Orders whose wire deadline passed too long ago, without a transfer; the oldest first, some of ``missingCount``.
    public var missing: [MissingTransfer] = []
    public var missingCount = 0
    /// Transfers that exchanges have made and the bank has not brought; some of ``undeliveredCount``. Empty without a revenue account.
    public var undelivered: [StoredTransfer] = []
    public var undeliveredCount = 0
    public var wrongAmounts: [WrongCredit] = []
    public var wrongAmountCount = 0
    public var conflicts: [StoredTransferConflict] = []
    public var conflictCount = 0
    /// Credits that brought a transfer a second time.
    public var duplicateCount = 0
    /// Credits that are of no transfer of ours: a bank account may have other income.
    public var unknownCount = 0
    /// Credits about which an exchange is still asked.
    public var openCreditCount = 0
    public var transferCount = 0
    /// Transfers that the bank brought with their total.
    public var confirmedCount = 0

    public init() {}

    /// True when the owner has something to look into.
    public var needsAttention: Bool {
        missingCount + undeliveredCount + wrongAmountCount + conflictCount + duplicateCount > 0
    }
}

extension MerchantStore {
    /// What was transferred for a contract.
    public func transfers(of contract: StoredContract) async throws(MerchantStoreError) -> ContractTransfers {
        try await Self.orFailAsync {
            try await database.read { database in
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT transfer_id, deposit_value, transfer_deposit.deposit_fee FROM intent
                        JOIN transfer_deposit ON transfer_deposit.intent_id = intent.id WHERE contract_id = ? ORDER BY transfer_id
                        """, arguments: [contract.id])
                var shares: [Int64: [(value: Amount, fee: Amount)]] = [:]
                for row in rows {
                    let value = try Amount(row["deposit_value"] as String)
                    shares[row["transfer_id"], default: []].append((value, try Amount(row["deposit_fee"] as String)))
                }
                let transfers = try shares.map { id, deposits in
                    let row = try Row.fetchOne(database, sql: "SELECT * FROM transfer WHERE id = ?", arguments: [id]).orCorrupt("transfer")
                    let credit = try Row.fetchOne(
                        database, sql: "SELECT * FROM bank_credit WHERE id = ?", arguments: [row["credit_id"] as Int64?])
                    return ContractTransfer(
                        transfer: try StoredTransfer(row: row),
                        share: try TransferComparison.share(of: deposits, in: contract.terms.amount.currency),
                        credit: try credit.map(StoredCredit.init(row:)))
                }
                let awaits = try Bool.fetchOne(database, sql: "SELECT awaits_wire FROM contract WHERE id = ?", arguments: [contract.id])
                return ContractTransfers(
                    transfers: transfers.sorted {
                        ($0.transfer.executionTime, $0.transfer.id) < ($1.transfer.executionTime, $1.transfer.id)
                    },
                    isComplete: awaits == false)
            }
        }
    }

    /// What is missing, wrong or in contradiction now.
    /// - Parameters:
    ///   - grace: how many seconds after its deadline or execution a transfer is missing.
    ///   - expectsBank: the bank's credits are read, so a transfer that they do not show is missing.
    ///   - limit: how many of each kind are listed; all are counted.
    public func reconciliationReport(
        now: Timestamp, grace: Int64, expectsBank: Bool, limit: Int = 50
    ) async throws(MerchantStoreError) -> ReconciliationReport {
        let latest = now.advanced(bySeconds: -grace)
        return try await Self.orFailAsync {
            try await database.read { database in
                var report = ReconciliationReport()
                try Self.findMissing(database, latest, limit, &report)
                if expectsBank {
                    let condition = "FROM transfer WHERE credit_id IS NULL AND execution_time <= ?"
                    report.undelivered = try Row.fetchAll(
                        database, sql: "SELECT * \(condition) ORDER BY execution_time, id LIMIT ?",
                        arguments: [latest.storedSeconds, limit]
                    ).map(StoredTransfer.init(row:))
                    report.undeliveredCount =
                        try Int.fetchOne(database, sql: "SELECT count(*) \(condition)", arguments: [latest.storedSeconds]) ?? 0
                }
                report.wrongAmounts = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT bank_credit.*, transfer.total FROM bank_credit JOIN transfer USING (wtid, exchange_url)
                        WHERE state = 'wrong_amount' ORDER BY bank_credit.id DESC LIMIT ?
                        """, arguments: [limit]
                ).map { WrongCredit(credit: try StoredCredit(row: $0), total: try Amount($0["total"] as String)) }
                report.conflicts = try Row.fetchAll(
                    database, sql: "SELECT * FROM transfer_conflict ORDER BY id LIMIT ?", arguments: [limit]
                ).map(StoredTransferConflict.init(row:))
                report.conflictCount = try Int.fetchOne(database, sql: "SELECT count(*) FROM transfer_conflict") ?? 0
                for state in [BankCredit.State.new, .wrongAmount, .duplicate, .unknown] {
                    let count =
                        try Int.fetchOne(database, sql: "SELECT count(*) FROM bank_credit WHERE state = ?", arguments: [state.rawValue])
                        ?? 0
                    switch state {
                    case .wrongAmount: report.wrongAmountCount = count
                    case .duplicate: report.duplicateCount = count
                    case .unknown: report.unknownCount = count
                    default: report.openCreditCount = count
                    }
                }
                let counts = try Row.fetchOne(database, sql: "SELECT count(*) AS all_of_them, count(credit_id) AS confirmed FROM transfer")
                report.transferCount = counts?["all_of_them"] ?? 0
                report.confirmedCount = counts?["confirmed"] ?? 0
                return report
            }
        }
    }

    private static func findMissing(
        _ database: Database, _ latest: Timestamp, _ limit: Int, _ report: inout ReconciliationReport
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT intent.id, intent.contract_id, exchange_url, transaction_id, h_contract, wire_deadline, pending,
                    wire_inquiry.last_error AS inquiry_error
                FROM contract JOIN intent ON intent.contract_id = contract.id
                LEFT JOIN wire_inquiry ON wire_inquiry.intent_id = intent.id
                WHERE awaits_wire = 1 AND wire_deadline <= ? AND state IN ('unconfirmed', 'accepted')
                ORDER BY wire_deadline, intent.id
                """, arguments: [latest.storedSeconds])
        while let row = try rows.next() {
            let coins = try awaited(database, intentID: row["id"]).map(\.coin)
            guard let currency = coins.first?.contribution.currency else { continue }
            report.missingCount += 1
            guard report.missing.count < limit else { continue }
            report.missing.append(
                MissingTransfer(
                    transactionID: row["transaction_id"], contractHash: try row.fixed("h_contract"), exchangeURL: row["exchange_url"],
                    wireDeadline: try Timestamp(stored: row["wire_deadline"]),
                    amount: try TransferComparison.share(of: coins.map { ($0.contribution, $0.depositFee) }, in: currency),
                    pending: try (row["pending"] as String?).map { try JSONParser.parse($0) }, lastError: row["inquiry_error"]))
        }
    }
}

extension StoredTransferConflict {
    init(row: Row) throws {
        exchangeURL = row["exchange_url"]
        transferID = try row.fixed("wtid")
        kind = row["kind"]
        description = row["description"]
        coinPub = try row.optionalFixed("coin_pub")
        contractHash = try row.optionalFixed("h_contract")
        answer = try JSONParser.parse(row["answer"] as String)
        since = try Timestamp(stored: row["since"])
    }
}
