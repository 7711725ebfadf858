// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

/// An intent whose exchange is to be asked what became of the coins.
public struct WireInquiry: Sendable, Equatable {
    public let intent: StoredIntent
    public let accountID: Int64
    /// Coins that no transfer lists and that were not refunded whole, by position; the one to ask about first is at the beginning.
    public let coins: [StoredIntent.Coin]
    /// How many inquiries brought no transfer.
    public let attempts: Int
}

extension MerchantStore {
    /// Seconds. Nothing is postponed for longer, so what is due later than this was put there by a clock that was ahead, and is due now.
    static let longestPause: Int64 = 86_400

    /// Accepted intents at an exchange whose wire deadline has passed, and whose transfer is not known.
    /// - Parameters:
    ///   - deadline: the latest wire deadline that counts.
    ///   - limit: how many at most.
    public func dueInquiries(
        exchangeURL: String, deadline: Timestamp, now: Timestamp, limit: Int
    ) async throws(MerchantStoreError) -> [WireInquiry] {
        try await Self.orFailAsync {
            try await database.write { database in
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT intent.*, h_contract, account_id, wire_inquiry.attempts AS inquiries, position
                        FROM contract JOIN intent ON intent.contract_id = contract.id
                        LEFT JOIN wire_inquiry ON wire_inquiry.intent_id = intent.id
                        WHERE awaits_wire = 1 AND wire_deadline <= ? AND exchange_url = ? AND state IN ('unconfirmed', 'accepted')
                            AND (coalesce(next_attempt, 0) <= ? OR next_attempt > ?)
                            AND EXISTS (SELECT 1 FROM intent_coin LEFT JOIN transfer_deposit
                                ON transfer_deposit.intent_id = intent_coin.intent_id AND coin_position = intent_coin.position
                                WHERE intent_coin.intent_id = intent.id AND transfer_id IS NULL)
                        ORDER BY coalesce(next_attempt, 0), intent.id LIMIT ?
                        """,
                    arguments: [
                        deadline.storedSeconds, exchangeURL, now.storedSeconds, now.advanced(bySeconds: Self.longestPause).storedSeconds,
                        limit,
                    ])
                var inquiries: [WireInquiry] = []
                for row in rows {
                    let intent = try StoredIntent(row: row, database)
                    let awaited = try Self.awaited(database, intentID: intent.id)
                    guard !awaited.isEmpty else {
                        // Refunded whole. While other coins of the contract are awaited, this intent need not be looked at each time.
                        try Self.closeIfTransferred(database, contractID: intent.contractID)
                        try database.execute(
                            sql: """
                                INSERT INTO wire_inquiry (intent_id, attempts, next_attempt, position) VALUES (?, 1, ?, 0)
                                ON CONFLICT (intent_id) DO UPDATE SET next_attempt = excluded.next_attempt
                                """, arguments: [intent.id, now.advanced(bySeconds: Self.longestPause).storedSeconds])
                        continue
                    }
                    let last: Int? = row["position"]
                    let next = awaited.firstIndex { $0.position > last ?? -1 } ?? 0
                    inquiries.append(
                        WireInquiry(
                            intent: intent, accountID: row["account_id"], coins: (awaited[next...] + awaited[..<next]).map(\.coin),
                            attempts: row["inquiries"] ?? 0))
                }
                return inquiries
            }
        }
    }

    /// Base URLs of exchanges that have coins whose wire deadline has passed.
    public func awaitedExchanges(deadline: Timestamp) async throws(MerchantStoreError) -> [String] {
        try await Self.orFailAsync {
            try await database.read {
                try String.fetchAll(
                    $0,
                    sql: """
                        SELECT DISTINCT exchange_url FROM contract JOIN intent ON intent.contract_id = contract.id
                        WHERE awaits_wire = 1 AND wire_deadline <= ? AND state IN ('unconfirmed', 'accepted') ORDER BY exchange_url
                        """, arguments: [deadline.storedSeconds])
            }
        }
    }

    /// The exchange's verified word (1036) about a coin.
    /// - Returns: false when another word about it is stored already.
    @discardableResult
    public func record(
        _ wire: StoredIntent.Wire, of coin: CoinPublicKey, in intent: StoredIntent
    ) async throws(MerchantStoreError) -> Bool {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: """
                        UPDATE intent_coin SET wtid = ?, wire_execution = ?, wire_contribution = ?, wire_pub = ?, wire_sig = ?
                        WHERE intent_id = ? AND coin_pub = ? AND (wtid IS NULL OR wtid = ?)
                        """,
                    arguments: [
                        wire.transferID.blob, wire.executionTime.storedSeconds, wire.contribution.description, wire.exchangePub.blob,
                        wire.exchangeSignature.blob, intent.id, coin.blob, wire.transferID.blob,
                    ])
                return database.changesCount == 1
            }
        }
    }

    /// An inquiry brought no transfer.
    /// - Parameters:
    ///   - coin: the one that was asked about last.
    ///   - pending: the exchange's 202, when that was its answer.
    ///   - until: not more than a day from now.
    public func postpone(
        _ inquiry: WireInquiry, after coin: CoinPublicKey, pending: JSONValue?, error: String?, until: Timestamp
    ) async throws(MerchantStoreError) {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO wire_inquiry (intent_id, attempts, next_attempt, position, pending, last_error)
                        SELECT intent_id, 1, ?, position, ?, ? FROM intent_coin WHERE intent_id = ? AND coin_pub = ?
                        ON CONFLICT (intent_id) DO UPDATE SET attempts = attempts + 1, next_attempt = excluded.next_attempt,
                            position = excluded.position, pending = excluded.pending, last_error = excluded.last_error
                        """,
                    arguments: [until.storedSeconds, pending?.text, error, inquiry.intent.id, coin.blob])
            }
        }
    }

    /// Contracts whose deadline has passed and that no exchange has coins of are awaited no more.
    public func closeContractsWithoutCoins(deadline: Timestamp) async throws(MerchantStoreError) {
        try await Self.orFailAsync {
            try await database.write {
                try $0.execute(
                    sql: """
                        UPDATE contract SET awaits_wire = 0 WHERE awaits_wire = 1 AND wire_deadline <= ?
                            AND NOT EXISTS (SELECT 1 FROM intent WHERE contract_id = contract.id AND state <> 'refused')
                        """, arguments: [deadline.storedSeconds])
            }
        }
    }

    /// Coins of an intent that no transfer lists and that were not refunded whole.
    static func awaited(_ database: Database, intentID: Int64) throws -> [(position: Int, coin: StoredIntent.Coin)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT intent_coin.* FROM intent_coin LEFT JOIN transfer_deposit
                    ON transfer_deposit.intent_id = intent_coin.intent_id AND coin_position = intent_coin.position
                WHERE intent_coin.intent_id = ? AND transfer_id IS NULL ORDER BY intent_coin.position
                """, arguments: [intentID]
        ).compactMap { row in
            let coin = try StoredIntent.Coin(row: row)
            let refunds = try refunds(database, intent: intentID, coin: coin.coinPub, of: coin.contribution)
            return refunds.confirmed == coin.contribution ? nil : (row["position"], coin)
        }
    }

    /// Nothing is awaited of a contract once each coin is in a transfer or refunded whole.
    static func closeIfTransferred(_ database: Database, contractID: Int64) throws {
        let intents = try Int64.fetchAll(
            database, sql: "SELECT id FROM intent WHERE contract_id = ? AND state <> 'refused'", arguments: [contractID])
        for intent in intents {
            guard try awaited(database, intentID: intent).isEmpty else { return }
        }
        try database.execute(sql: "UPDATE contract SET awaits_wire = 0 WHERE id = ?", arguments: [contractID])
    }
}
