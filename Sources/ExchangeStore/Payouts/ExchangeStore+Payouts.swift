// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// At most so many deposits are in one transfer.
    static let largestTransfer = 1000

    /// Who has deposits whose wire deadline is `time` or earlier and that are in no transfer.
    public func payoutTargets(dueBy time: Timestamp) async throws -> [PayoutTarget] {
        try await database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT d.merchant_pub, d.payto_uri, d.wire_subject_metadata FROM deposit d
                    JOIN deposit_coin c ON c.deposit = d.id
                    WHERE d.wire_deadline <= ?
                        AND NOT EXISTS (SELECT 1 FROM transfer_coin t WHERE t.deposit = d.id AND t.coin_pub = c.coin_pub)
                    ORDER BY d.merchant_pub, d.payto_uri, d.wire_subject_metadata
                    """, arguments: [time.stored]
            ).map(PayoutTarget.init(row:))
        }
    }

    /// The earliest wire deadline after `time` of a deposit that is in no transfer; nil when there is none.
    public func nextWireDeadline(after time: Timestamp) async throws -> Timestamp? {
        try await database.read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT d.wire_deadline FROM deposit d JOIN deposit_coin c ON c.deposit = d.id
                    WHERE d.wire_deadline > ?
                        AND NOT EXISTS (SELECT 1 FROM transfer_coin t WHERE t.deposit = d.id AND t.coin_pub = c.coin_pub)
                    ORDER BY d.wire_deadline LIMIT 1
                    """, arguments: [time.stored]
            ).map { try $0.time("wire_deadline") }
        }
    }

    /// Puts the target's due deposits, at most 1000 of them, into a new transfer, from where they are never taken out again.
    /// - Returns: nil when there are none, or when they don't come to more than the wire fee: then they wait for others.
    public func prepareTransfer(
        to target: PayoutTarget, _ terms: PayoutTerms, dueBy time: Timestamp, at now: Timestamp
    ) async throws -> OpenTransfer? {
        let currency = currency
        return try await database.write { database in
            let due = try dueDeposits(target, time, database)
            let paid = try Amount.sum(due.map { try $0.contribution.subtracting($0.refunded).subtracting($0.fee) }, in: currency)
            guard try terms.wireFee.isLess(than: paid) else { return nil }
            let total = try paid.subtracting(terms.wireFee)
            try database.execute(
                sql: """
                    INSERT INTO transfer (wtid, request_uid, exchange_base_url, merchant_pub, payto_uri, wire_subject_metadata, total,
                        wire_fee, prepared)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    terms.wireTransferID.data, terms.requestUID.data, terms.exchangeBaseURL, target.merchantPub.data, target.payto,
                    target.wireSubjectMetadata, units(total), units(terms.wireFee), now.stored,
                ])
            let transfer = database.lastInsertedRowID
            for deposit in due {
                try database.execute(
                    sql: """
                        INSERT INTO transfer_coin (deposit, coin_pub, transfer, contribution, refunded, deposit_fee)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        deposit.number, deposit.coinPub.data, transfer, units(deposit.contribution), units(deposit.refunded),
                        units(deposit.fee),
                    ])
            }
            return OpenTransfer(target: target, terms: terms, total: total)
        }
    }

    /// Every transfer that the bank has not confirmed, oldest first.
    public func openTransfers() async throws -> [OpenTransfer] {
        let currency = currency
        return try await database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM transfer WHERE executed IS NULL ORDER BY id").map { row in
                OpenTransfer(
                    target: try PayoutTarget(row: row),
                    terms: PayoutTerms(
                        wireTransferID: try row.bytes("wtid"), requestUID: try row.bytes("request_uid"),
                        exchangeBaseURL: try row.text("exchange_base_url"), wireFee: try row.amount("wire_fee", currency)),
                    total: try row.amount("total", currency))
            }
        }
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
                merchantPub: try row.bytes("merchant_pub"), payto: try row.text("payto_uri"), total: try row.amount("total", currency),
                wireFee: try row.amount("wire_fee", currency), executionTime: try row.time("executed"),
                deposits: try deposits.map {
                    PaidDeposit(
                        contractHash: try $0.bytes("h_contract_terms"), coinPub: try $0.bytes("coin_pub"),
                        contribution: try $0.amount("contribution", currency), refunded: try $0.amount("refunded", currency),
                        depositFee: try $0.amount("deposit_fee", currency))
                })
        }
    }

    private struct DueDeposit {
        let number: Int64
        let coinPub: CoinPublicKey
        let contribution: Amount
        let refunded: Amount
        let fee: Amount
    }

    private func dueDeposits(_ target: PayoutTarget, _ time: Timestamp, _ database: Database) throws -> [DueDeposit] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT c.deposit, c.coin_pub, c.contribution, c.deposit_fee,
                    coalesce((SELECT sum(r.amount) FROM refund r WHERE r.deposit = c.deposit AND r.coin_pub = c.coin_pub), 0) AS refunded
                FROM deposit d JOIN deposit_coin c ON c.deposit = d.id
                WHERE d.merchant_pub = ? AND d.payto_uri = ? AND d.wire_subject_metadata IS ? AND d.wire_deadline <= ?
                    AND NOT EXISTS (SELECT 1 FROM transfer_coin t WHERE t.deposit = d.id AND t.coin_pub = c.coin_pub)
                ORDER BY d.wire_deadline, c.deposit, c.coin_pub LIMIT ?
                """,
            arguments: [target.merchantPub.data, target.payto, target.wireSubjectMetadata, time.stored, Self.largestTransfer])
        return try rows.map { row in
            let contribution = try row.amount("contribution", currency)
            let refunded = try row.amount("refunded", currency)
            let rest = try contribution.subtracting(refunded)
            let fee = try row.amount("deposit_fee", currency)
            return DueDeposit(
                number: try row.integer("deposit"), coinPub: try row.bytes("coin_pub"), contribution: contribution, refunded: refunded,
                fee: try rest.isLess(than: fee) ? rest : fee)
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
