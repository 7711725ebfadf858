// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import MerchantCore
public import TalerWire

extension MerchantStore {
    /// Every account that contracts were made for, with this key or a former one.
    public func accounts() async throws(MerchantStoreError) -> [StoredAccount] {
        try await Self.orFailAsync {
            try await database.read { try Row.fetchAll($0, sql: "SELECT * FROM account ORDER BY id").map(StoredAccount.init(row:)) }
        }
    }

    public func transfer(_ id: WireTransferID, exchangeURL: String) async throws(MerchantStoreError) -> StoredTransfer? {
        try await Self.orFailAsync { try await database.read { try Self.transfer($0, id, exchangeURL) } }
    }

    /// True when the list of a stored transfer has that coin.
    public func isListed(
        _ coin: CoinPublicKey, of intent: StoredIntent, in transfer: StoredTransfer
    ) async throws(MerchantStoreError) -> Bool {
        try await Self.orFailAsync {
            try await database.read { database in
                try Bool.fetchOne(
                    database,
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM transfer_deposit
                            JOIN intent_coin ON intent_coin.intent_id = transfer_deposit.intent_id AND position = coin_position
                            WHERE transfer_id = ? AND transfer_deposit.intent_id = ? AND coin_pub = ?)
                        """, arguments: [transfer.id, intent.id, coin.blob]) ?? false
            }
        }
    }

    /// Compares a verified list with the books; what agrees is stored, and its coins are then listed in this transfer for good. What
    /// does not is kept as a conflict. Credits of this transfer get their outcome in the same transaction.
    /// - Parameter deposits: the list, in the exchange's order.
    /// - Returns: the transfer, which an earlier call may have stored, or why it cannot be believed.
    public func record(
        _ new: NewTransfer, deposits: [ListedDeposit], now: Timestamp
    ) async throws(MerchantStoreError) -> Result<StoredTransfer, TransferConflict> {
        try await Self.orFailAsync {
            try await database.write { database in
                do {
                    if let known = try Self.transfer(database, new.transferID, new.exchangeURL) {
                        try Self.mustBeTheSame(database, known, new, deposits)
                        return .success(known)
                    }
                    let lines = try Self.compared(database, new, deposits)
                    return .success(try Self.keep(database, new, lines, now))
                } catch let conflict as TransferConflict {
                    try Self.keep(database, conflict, new.exchangeURL, new.transferID, new.answer, now)
                    return .failure(conflict)
                }
            }
        }
    }

    /// Keeps an answer that contradicts itself, or what the exchange said before.
    public func record(
        _ conflict: TransferConflict, exchangeURL: String, transferID: WireTransferID, answer: JSONValue, now: Timestamp
    ) async throws(MerchantStoreError) {
        try await Self.orFailAsync {
            try await database.write { try Self.keep($0, conflict, exchangeURL, transferID, answer, now) }
        }
    }

    /// What is in the books about the deposit that a list names: for people who look into a conflict.
    public func booked(_ deposit: ListedDeposit, exchangeURL: String) async throws(MerchantStoreError) -> BookedDeposit? {
        try await Self.orFailAsync { try await database.read { try Self.line($0, deposit, exchangeURL)?.booked } }
    }

    static func transfer(_ database: Database, _ id: WireTransferID, _ exchangeURL: String) throws -> StoredTransfer? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM transfer WHERE exchange_url = ? AND wtid = ?", arguments: [exchangeURL, id.blob]
        ).map(StoredTransfer.init(row:))
    }

    /// A line of a list with the coin of ours that it names.
    private struct Line {
        let deposit: ListedDeposit
        let intentID: Int64
        let position: Int
        let contractID: Int64
        let accountID: Int64
        let booked: BookedDeposit
    }

    private static func line(_ database: Database, _ deposit: ListedDeposit, _ exchangeURL: String) throws -> Line? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT intent_coin.*, intent.contract_id, contract.account_id, transfer.wtid AS listed_in
                FROM intent_coin
                JOIN intent ON intent.id = intent_coin.intent_id
                JOIN contract ON contract.id = intent.contract_id
                LEFT JOIN transfer_deposit ON transfer_deposit.intent_id = intent.id AND coin_position = intent_coin.position
                LEFT JOIN transfer ON transfer.id = transfer_deposit.transfer_id
                WHERE intent_coin.coin_pub = ? AND contract.h_contract = ? AND intent.exchange_url = ? AND intent.state <> 'refused'
                ORDER BY CASE intent.state WHEN 'accepted' THEN 0 WHEN 'unconfirmed' THEN 1 ELSE 2 END, intent.id
                LIMIT 1
                """, arguments: [deposit.coinPub.blob, deposit.contractHash.blob, exchangeURL])
        guard let row else { return nil }
        let contribution = try Amount(row["contribution"] as String)
        let refunds = try Self.refunds(database, intent: row["intent_id"], coin: deposit.coinPub, of: contribution)
        return Line(
            deposit: deposit, intentID: row["intent_id"], position: row["position"], contractID: row["contract_id"],
            accountID: row["account_id"],
            booked: BookedDeposit(
                contribution: contribution, depositFee: try Amount(row["deposit_fee"] as String), refunded: refunds.confirmed,
                refundedAtMost: refunds.atMost, listedIn: try row.optionalFixed("listed_in"), claimedFor: try row.optionalFixed("wtid")))
    }

    /// - Throws: `TransferConflict`.
    private static func compared(_ database: Database, _ new: NewTransfer, _ deposits: [ListedDeposit]) throws -> [Line] {
        let lines = try deposits.map { try line(database, $0, new.exchangeURL) }
        try TransferComparison.check(deposits, of: new.transferID, hidesRefunds: new.hidesRefunds, booked: lines.map { $0?.booked })
        for (offset, line) in lines.enumerated() where line?.accountID != new.accountID {
            throw TransferConflict(.otherAccount, offset: offset, deposit: line?.deposit)
        }
        return lines.compactMap(\.self)
    }

    /// - Throws: `TransferConflict` when the exchange tells another story than before.
    private static func mustBeTheSame(
        _ database: Database, _ known: StoredTransfer, _ new: NewTransfer, _ deposits: [ListedDeposit]
    ) throws {
        let before = try Row.fetchAll(
            database,
            sql: """
                SELECT coin_pub, h_contract, deposit_value, transfer_deposit.deposit_fee FROM transfer_deposit
                JOIN intent_coin ON intent_coin.intent_id = transfer_deposit.intent_id AND intent_coin.position = coin_position
                JOIN intent ON intent.id = transfer_deposit.intent_id JOIN contract ON contract.id = contract_id
                WHERE transfer_id = ?
                """, arguments: [known.id]
        ).map { row in
            ListedDeposit(
                contractHash: try row.fixed("h_contract"), coinPub: try row.fixed("coin_pub"),
                value: try Amount(row["deposit_value"] as String), fee: try Amount(row["deposit_fee"] as String))
        }
        let after = deposits.map { ListedDeposit(contractHash: $0.contractHash, coinPub: $0.coinPub, value: $0.value, fee: $0.fee) }
        guard
            known.total == new.total, known.wireFee == new.wireFee, known.executionTime == new.executionTime,
            known.accountID == new.accountID, before.count == after.count, Set(before) == Set(after)
        else { throw TransferConflict(.contradiction("the exchange lists something else than before")) }
    }

    private static func keep(_ database: Database, _ new: NewTransfer, _ lines: [Line], _ now: Timestamp) throws -> StoredTransfer {
        try database.execute(
            sql: """
                INSERT INTO transfer (exchange_url, wtid, account_id, total, wire_fee, execution_time, answer, created)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                new.exchangeURL, new.transferID.blob, new.accountID, new.total.description, new.wireFee.description,
                new.executionTime.storedSeconds, new.answer.text, now.storedSeconds,
            ])
        let id = database.lastInsertedRowID
        for (position, line) in lines.enumerated() {
            try database.execute(
                sql: """
                    INSERT INTO transfer_deposit
                        (transfer_id, position, intent_id, coin_position, deposit_value, deposit_fee, refund_total)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, position, line.intentID, line.position, line.deposit.value.description, line.deposit.fee.description,
                    line.deposit.refundTotal?.description,
                ])
        }
        try database.execute(
            sql: "DELETE FROM transfer_conflict WHERE exchange_url = ? AND wtid = ?", arguments: [new.exchangeURL, new.transferID.blob])
        for contract in Set(lines.map(\.contractID)) { try closeIfTransferred(database, contractID: contract) }
        let stored = try transfer(database, new.transferID, new.exchangeURL).orCorrupt("transfer")
        try matchCredits(database, with: stored)
        return try transfer(database, new.transferID, new.exchangeURL).orCorrupt("transfer")
    }

    private static func keep(
        _ database: Database, _ conflict: TransferConflict, _ exchangeURL: String, _ transfer: WireTransferID, _ answer: JSONValue,
        _ now: Timestamp
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO transfer_conflict
                    (exchange_url, wtid, kind, description, conflict_offset, coin_pub, h_contract, answer, since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (exchange_url, wtid) DO UPDATE SET kind = excluded.kind, description = excluded.description,
                    conflict_offset = excluded.conflict_offset, coin_pub = excluded.coin_pub, h_contract = excluded.h_contract,
                    answer = excluded.answer
                """,
            arguments: [
                exchangeURL, transfer.blob, conflict.kind, conflict.description, conflict.offset, conflict.deposit?.coinPub.blob,
                conflict.deposit?.contractHash.blob, answer.text, now.storedSeconds,
            ])
    }
}

extension StoredTransfer {
    init(row: Row) throws {
        id = row["id"]
        exchangeURL = row["exchange_url"]
        transferID = try row.fixed("wtid")
        accountID = row["account_id"]
        total = try Amount(row["total"] as String)
        wireFee = try Amount(row["wire_fee"] as String)
        executionTime = try Timestamp(stored: row["execution_time"])
        answer = try JSONParser.parse(row["answer"] as String)
        isConfirmedByBank = (row["credit_id"] as Int64?) != nil
    }
}
