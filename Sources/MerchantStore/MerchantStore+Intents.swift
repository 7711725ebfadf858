// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import MerchantCore
public import TalerWire

extension MerchantStore {
    /// Where the contract's payment stands.
    public func progress(of contract: StoredContract) async throws(MerchantStoreError) -> PaymentProgress {
        try await Self.orFailAsync { try await database.read { try Self.progress($0, contractID: contract.id) } }
    }

    /// Takes coins on for a contract, if nothing is under way and nothing has paid.
    /// - Parameter wireDeadline: kept when it is the first for this contract; the request must hold the one that ``StoredContract`` has.
    /// - Returns: the intent, or the progress that stands against it.
    public func recordIntent(
        _ intent: NewIntent, for contract: StoredContract, wireDeadline: Timestamp, now: Timestamp
    ) async throws(MerchantStoreError) -> Result<StoredIntent, IntentConflict> {
        try await Self.orFailAsync {
            try await database.write { database in
                let progress = try Self.progress(database, contractID: contract.id)
                guard progress == .unpaid else { return .failure(.live(progress)) }
                try database.execute(
                    sql: "UPDATE contract SET wire_deadline = ? WHERE id = ? AND (wire_deadline IS NULL OR wire_deadline = ?)",
                    arguments: [wireDeadline.storedSeconds, contract.id, wireDeadline.storedSeconds])
                guard database.changesCount == 1 else { return .failure(.otherWireDeadline) }
                try database.execute(
                    sql: "INSERT INTO permission (contract_id, coin_set, created) VALUES (?, ?, ?)",
                    arguments: [contract.id, intent.coinSet, now.storedSeconds])
                try database.execute(
                    sql: """
                        INSERT INTO intent (contract_id, permission_id, coin_set, exchange_url, protocol, request, state, created)
                        VALUES (?, ?, ?, ?, ?, ?, 'open', ?)
                        """,
                    arguments: [
                        contract.id, database.lastInsertedRowID, intent.coinSet, intent.exchangeURL, intent.protocolVersion,
                        intent.request.text, now.storedSeconds,
                    ])
                let id = database.lastInsertedRowID
                for (position, coin) in intent.coins.enumerated() {
                    try database.execute(
                        sql: """
                            INSERT INTO intent_coin (intent_id, position, coin_pub, contribution, deposit_fee, refund_fee)
                            VALUES (?, ?, ?, ?, ?, ?)
                            """,
                        arguments: [
                            id, position, coin.coinPub.blob, coin.contribution.description, coin.depositFee.description,
                            coin.refundFee?.description,
                        ])
                }
                return .success(try Self.intent(database, id: id))
            }
        }
    }

    /// Why coins could not be taken on.
    public enum IntentConflict: Error, Sendable, Equatable {
        case live(PaymentProgress)
        /// Another permission froze another wire deadline in the meantime.
        case otherWireDeadline
    }

    public func intent(id: Int64) async throws(MerchantStoreError) -> StoredIntent {
        try await Self.orFailAsync { try await database.read { try Self.intent($0, id: id) } }
    }

    /// Every intent without an outcome, oldest first.
    public func openIntents() async throws(MerchantStoreError) -> [StoredIntent] {
        try await intents(
            sql:
                "SELECT intent.*, h_contract FROM intent JOIN contract ON contract.id = contract_id WHERE state = 'open' ORDER BY intent.id"
        )
    }

    /// Every intent of a contract, oldest first.
    public func intents(of contract: StoredContract) async throws(MerchantStoreError) -> [StoredIntent] {
        try await intents(
            sql:
                "SELECT intent.*, h_contract FROM intent JOIN contract ON contract.id = contract_id WHERE contract_id = ? ORDER BY intent.id",
            [contract.id])
    }

    /// The last intent with these coins for the contract that the exchange refused with one of these codes.
    /// - Parameter coinSet: the fingerprint.
    public func refusedIntent(
        of contract: StoredContract, coinSet: String, codes: Set<Int64>
    ) async throws(MerchantStoreError) -> StoredIntent? {
        try await intents(
            sql: """
                SELECT intent.*, h_contract FROM intent JOIN contract ON contract.id = contract_id
                WHERE contract_id = ? AND coin_set = ? AND state = 'refused' ORDER BY intent.id
                """,
            [contract.id, coinSet]
        ).last { intent in
            guard case .refused(_, let answer) = intent.state, let code = answer["code"]?.integerValue else { return false }
            return codes.contains(code)
        }
    }

    /// The exchange confirmed: the intent ends and the contract is paid, in one transaction.
    /// - Parameter payment: purpose 1104 over the contract's hash.
    /// - Returns: false when the intent had an outcome already.
    @discardableResult
    public func settle(
        _ intent: StoredIntent, _ confirmation: StoredIntent.Confirmation, payment: EdDSASignature, now: Timestamp
    ) async throws(MerchantStoreError) -> Bool {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: """
                        UPDATE intent SET state = 'accepted', ended = ?, attempts = attempts + 1, last_error = NULL,
                            exchange_pub = ?, exchange_sig = ?, exchange_timestamp = ?
                        WHERE id = ? AND state = 'open'
                        """,
                    arguments: [
                        now.storedSeconds, confirmation.exchangePub.blob, confirmation.exchangeSignatures.blob,
                        confirmation.exchangeTimestamp.storedSeconds, intent.id,
                    ])
                guard database.changesCount == 1 else { return false }
                try database.execute(
                    sql: "UPDATE contract SET paid_at = ?, payment_sig = ? WHERE id = ? AND paid_at IS NULL",
                    arguments: [now.storedSeconds, payment.blob, intent.contractID])
                guard database.changesCount == 1 else { throw MerchantStoreError.corrupt("a contract was paid twice") }
                return true
            }
        }
    }

    /// The exchange refused for good: other coins are welcome.
    /// - Returns: false when the intent had an outcome already.
    @discardableResult
    public func refuse(_ intent: StoredIntent, status: Int, answer: JSONValue, now: Timestamp) async throws(MerchantStoreError) -> Bool {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: """
                        UPDATE intent SET state = 'refused', ended = ?, attempts = attempts + 1, last_error = NULL,
                            refusal_status = ?, refusal = ?
                        WHERE id = ? AND state = 'open'
                        """,
                    arguments: [now.storedSeconds, status, answer.text, intent.id])
                return database.changesCount == 1
            }
        }
    }

    /// An attempt ended without an outcome.
    public func recordAttempt(_ intent: StoredIntent, error: String) async throws(MerchantStoreError) {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: "UPDATE intent SET attempts = attempts + 1, last_error = ? WHERE id = ? AND state = 'open'",
                    arguments: [error, intent.id])
            }
        }
    }

    private func intents(sql: String, _ arguments: StatementArguments = []) async throws(MerchantStoreError) -> [StoredIntent] {
        try await Self.orFailAsync {
            try await database.read { database in
                try Row.fetchAll(database, sql: sql, arguments: arguments).map { try StoredIntent(row: $0, database) }
            }
        }
    }

    private static func intent(_ database: Database, id: Int64) throws -> StoredIntent {
        let row = try Row.fetchOne(
            database, sql: "SELECT intent.*, h_contract FROM intent JOIN contract ON contract.id = contract_id WHERE intent.id = ?",
            arguments: [id])
        return try StoredIntent(row: row.orCorrupt("intent"), database)
    }

    private static func progress(_ database: Database, contractID: Int64) throws -> PaymentProgress {
        let row = try Row.fetchOne(
            database, sql: "SELECT id, coin_set, state FROM intent WHERE contract_id = ? AND state IN ('open', 'unconfirmed', 'accepted')",
            arguments: [contractID])
        guard let row else { return .unpaid }
        let coins = CoinSet(fingerprint: row["coin_set"])
        return (row["state"] as String) == "open" ? .open(intent: row["id"], coins: coins) : .paid(coins: coins)
    }
}

extension StoredIntent {
    init(row: Row, _ database: Database) throws {
        id = row["id"]
        contractID = row["contract_id"]
        contractHash = try row.fixed("h_contract")
        permissionID = row["permission_id"]
        exchangeURL = row["exchange_url"]
        protocolVersion = row["protocol"]
        mayHaveReached = row["may_have_reached"]
        transactionBaseURL = row["transaction_base_url"]
        request = try JSONParser.parse(row["request"] as String)
        attempts = row["attempts"]
        lastError = row["last_error"]
        coins = try Row.fetchAll(
            database, sql: "SELECT * FROM intent_coin WHERE intent_id = ? ORDER BY position", arguments: [row["id"] as Int64]
        ).map(Coin.init(row:))
        switch row["state"] as String {
        case "accepted":
            state = .accepted(try Confirmation(row: row))
        case "unconfirmed": state = .unconfirmed
        case "refused":
            state = .refused(status: row["refusal_status"], answer: try JSONParser.parse(row["refusal"] as String))
        default: state = .open
        }
    }
}

extension StoredIntent.Coin {
    init(row: Row) throws {
        coinPub = try row.fixed("coin_pub")
        contribution = try Amount(row["contribution"] as String)
        depositFee = try Amount(row["deposit_fee"] as String)
        refundFee = try (row["refund_fee"] as String?).map { try Amount($0) }
        wire =
            if row["wtid"] as Data? == nil { nil } else {
                StoredIntent.Wire(
                    transferID: try row.fixed("wtid"), executionTime: try Timestamp(stored: row["wire_execution"]),
                    contribution: try Amount(row["wire_contribution"] as String), exchangePub: try row.fixed("wire_pub"),
                    exchangeSignature: try row.fixed("wire_sig"))
            }
    }
}

extension StoredIntent.Confirmation {
    /// Nil when the row has none.
    init?(row: Row) throws {
        guard let signatures: Data = row["exchange_sig"] else { return nil }
        exchangePub = try row.fixed("exchange_pub")
        exchangeSignatures = try stride(from: 0, to: signatures.count, by: EdDSASignature.byteCount).map { start in
            try EdDSASignature(Array(signatures.dropFirst(start).prefix(EdDSASignature.byteCount)))
        }
        exchangeTimestamp = try Timestamp(stored: row["exchange_timestamp"])
    }
}

extension [EdDSASignature] {
    /// One after the other.
    var blob: Data { Data(flatMap(\.bytes)) }
}
