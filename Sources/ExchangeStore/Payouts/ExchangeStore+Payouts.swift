// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// So many deposits are in one transfer at most, unless they don't come to what can be paid.
    static let usualTransfer = 10_000

    /// Who has deposits whose wire deadline is `time` or earlier and that are in no transfer: whoever waits longest comes first.
    public func payoutTargets(dueBy time: Timestamp) async throws -> [PayoutTarget] {
        try await database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT d.merchant_pub, d.payto_uri, d.wire_subject_metadata FROM
                        (SELECT DISTINCT deposit FROM unpaid_coin WHERE wire_deadline <= ?) u JOIN deposit d ON d.id = u.deposit
                    GROUP BY d.merchant_pub, d.payto_uri, d.wire_subject_metadata ORDER BY min(d.wire_deadline), d.id
                    """, arguments: [time.stored]
            ).map(PayoutTarget.init(row:))
        }
    }

    /// The earliest wire deadline after `time` of a deposit that is in no transfer; nil when there is none.
    public func nextWireDeadline(after time: Timestamp) async throws -> Timestamp? {
        try await database.read { database in
            let next = try Int64.fetchOne(
                database, sql: "SELECT min(wire_deadline) FROM unpaid_coin WHERE wire_deadline > ?", arguments: [time.stored])
            return try next.map(Timestamp.stored)
        }
    }

    /// Puts the target's due deposits into a new transfer, from where they are never taken out again: those with the earliest wire
    /// deadlines, 10,000 of them, or more when these don't come to what can be paid.
    /// - Parameter unit: what the bank can pay no part of. The total is a multiple of it, the rest is kept.
    /// - Returns: nil when there are none, or when they don't come to a unit above the wire fee: then they wait for others.
    public func prepareTransfer(
        to target: PayoutTarget, _ terms: PayoutTerms, unit: Amount, dueBy time: Timestamp, at now: Timestamp
    ) async throws -> OpenTransfer? {
        try await database.write { database in
            guard let due = try duePayment(target, terms, unit, time, database) else { return nil }
            try database.execute(
                sql: """
                    INSERT INTO transfer (wtid, request_uid, exchange_base_url, merchant_pub, payto_uri, wire_subject_metadata, total,
                        wire_fee, rounding, prepared)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    terms.wireTransferID.data, terms.requestUID.data, terms.exchangeBaseURL, target.merchantPub.data, target.payto,
                    target.wireSubjectMetadata, units(due.total), units(terms.wireFee), units(due.rounding), now.stored,
                ])
            let number = database.lastInsertedRowID
            let insertion = try database.cachedStatement(
                sql: """
                    INSERT INTO transfer_coin (deposit, coin_pub, transfer, contribution, refunded, deposit_fee)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """)
            for deposit in due.deposits {
                try insertion.execute(
                    arguments: [
                        deposit.number, deposit.coinPub.data, number, units(deposit.contribution), units(deposit.refunded),
                        units(deposit.fee),
                    ])
            }
            return OpenTransfer(number: number, target: target, terms: terms, total: due.total)
        }
    }

    /// Transfers that the bank has not confirmed, oldest first.
    /// - Parameter number: only those after this one.
    public func openTransfers(after number: Int64 = 0, limit: Int = .max) async throws -> [OpenTransfer] {
        let currency = currency
        return try await database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM transfer WHERE executed IS NULL AND id > ? ORDER BY id LIMIT ?", arguments: [number, limit]
            ).map { row in
                OpenTransfer(
                    number: try row.integer("id"), target: try PayoutTarget(row: row),
                    terms: PayoutTerms(
                        wireTransferID: try row.bytes("wtid"), requestUID: try row.bytes("request_uid"),
                        exchangeBaseURL: try row.text("exchange_base_url"), wireFee: try row.amount("wire_fee", currency)),
                    total: try row.amount("total", currency))
            }
        }
    }

    /// How many transfers the bank has not confirmed.
    public func openTransferCount() async throws -> Int {
        try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM transfer WHERE executed IS NULL") ?? 0 }
    }

    /// Records that the bank has carried the transfer out. A second time changes nothing.
    /// - Returns: the contracts whose deposits it paid.
    public func settle(_ transfer: WireTransferID, bankRow: Int64, at now: Timestamp) async throws -> Set<ContractHash> {
        try await database.write { database in
            try database.execute(
                sql: "UPDATE transfer SET executed = ?, bank_row = ? WHERE wtid = ? AND executed IS NULL",
                arguments: [now.stored, bankRow, transfer.data])
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT d.h_contract_terms FROM transfer t JOIN transfer_coin c ON c.transfer = t.id
                    JOIN deposit d ON d.id = c.deposit WHERE t.wtid = ?
                    """, arguments: [transfer.data])
            return Set(try rows.map { try $0.bytes("h_contract_terms") })
        }
    }

    /// Nil for one that is not known, or that the bank has not confirmed yet.
    public func transfer(_ transfer: WireTransferID) async throws -> ExecutedTransfer? {
        let currency = currency
        return try await database.read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM transfer WHERE wtid = ? AND executed IS NOT NULL", arguments: [transfer.data])
            guard let row else { return nil }
            let deposits = try Row.fetchAll(
                database,
                sql: """
                    SELECT d.h_contract_terms, c.* FROM transfer_coin c JOIN deposit d ON d.id = c.deposit
                    WHERE c.transfer = ? ORDER BY c.deposit, c.coin_pub
                    """, arguments: [try row.integer("id")])
            return ExecutedTransfer(
                merchantPub: try row.bytes("merchant_pub"), payto: try row.text("payto_uri"),
                total: try row.amount("total", currency).adding(row.amount("rounding", currency)),
                wireFee: try row.amount("wire_fee", currency), executionTime: try row.time("executed"),
                deposits: try deposits.map {
                    PaidDeposit(
                        contractHash: try $0.bytes("h_contract_terms"), coinPub: try $0.bytes("coin_pub"),
                        contribution: try $0.amount("contribution", currency), refunded: try $0.amount("refunded", currency),
                        depositFee: try $0.amount("deposit_fee", currency))
                })
        }
    }
}

extension PayoutTarget {
    init(row: Row) throws {
        self.init(
            merchantPub: try row.bytes("merchant_pub"), payto: try row.text("payto_uri"),
            wireSubjectMetadata: row["wire_subject_metadata"])
    }
}
