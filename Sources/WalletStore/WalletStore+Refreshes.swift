// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension WalletStore {
    /// Keeps the secrets of a refresh, and takes its coin out of use, before the exchange is asked to melt it.
    /// - Throws: ``WalletStoreError/conflict(_:)`` when the coin is not free, or has changed since it was read.
    public func planRefresh(_ new: NewRefresh, now: Timestamp) async throws(WalletStoreError) -> StoredRefresh {
        try await write { database in
            try database.change(
                "the coin", "UPDATE coin SET state = 'melting' WHERE id = ? AND state = 'fresh' AND remaining = ?",
                [new.coin.id, new.coin.remaining.description])
            try database.execute(
                sql: """
                    INSERT INTO refresh (coin_id, rc, transfer_privs, amount, fee, reason, state, created)
                    VALUES (?, ?, ?, ?, ?, ?, 'planned', ?)
                    """,
                arguments: [
                    new.coin.id, new.commitment.blob, Data(new.transferSecrets.flatMap(\.bytes)), new.amount.description,
                    new.fee.description, new.reason.rawValue, now.storedSeconds,
                ])
            let id = database.lastInsertedRowID
            for (position, denomination) in new.denominations.enumerated() {
                try database.execute(
                    sql: "INSERT INTO refresh_planchet (refresh_id, position, denomination_id) VALUES (?, ?, ?)",
                    arguments: [id, position, Self.denominationID(database, denomination, exchange: new.exchange.id)])
            }
            return try Self.refresh(database, id: id)
        }
    }

    /// The exchange has melted the coin: what it gave is gone, and what is left of it is free.
    /// - Parameter signature: 1034, verified.
    public func coinIsMelted(
        _ refresh: StoredRefresh, noRevealIndex: Int, exchangePub: ExchangePublicKey, signature: EdDSASignature
    ) async throws(WalletStoreError) -> StoredRefresh {
        try await write { database in
            try database.change(
                "the refresh",
                """
                UPDATE refresh SET state = 'melted', noreveal_index = ?, exchange_pub = ?, exchange_sig = ?
                WHERE id = ? AND state = 'planned'
                """, [noRevealIndex, exchangePub.blob, signature.blob, refresh.id])
            let coin = try Self.refresh(database, id: refresh.id).coin
            let rest = try coin.remaining.subtracting(refresh.amount)
            try database.change(
                "the coin", "UPDATE coin SET remaining = ?, state = ? WHERE id = ? AND state = 'melting'",
                [rest.description, rest.isZero ? "spent" : "fresh", coin.id])
            return try Self.refresh(database, id: refresh.id)
        }
    }

    /// The exchange has not melted the coin and will not: it is free again, or worth what the exchange has proven.
    /// - Parameter facts: nil for what the wallet believes.
    public func refreshIsRefused(_ refresh: StoredRefresh, _ reason: String, facts: CoinFacts?) async throws(WalletStoreError) {
        try await write { database in
            try database.change(
                "the refresh", "UPDATE refresh SET state = 'refused', refusal = ? WHERE id = ? AND state = 'planned'", [reason, refresh.id])
            if let facts { return try Self.settle(refresh.coin.id, by: facts, database) }
            let coin = try Self.refresh(database, id: refresh.id).coin
            try database.change(
                "the coin", "UPDATE coin SET state = ? WHERE id = ? AND state = 'melting'",
                [coin.remaining.isZero ? "spent" : "fresh", coin.id])
        }
    }

    /// The exchange has signed the fresh coins.
    /// - Parameter coins: verified, one for each denomination of the refresh, in their order.
    public func keepFreshCoins(_ coins: [FreshCoin], of refresh: StoredRefresh) async throws(WalletStoreError) -> StoredRefresh {
        try await write { database in
            guard coins.count == refresh.denominations.count else {
                throw WalletStoreError.conflict("there are not as many signatures as coins")
            }
            try database.change("the refresh", "UPDATE refresh SET state = 'done' WHERE id = ? AND state = 'melted'", [refresh.id])
            for (coin, denomination) in zip(coins, refresh.denominations) {
                try database.execute(
                    sql: """
                        INSERT INTO coin (refresh_id, batch, denomination_id, secret, coin_pub, denom_sig, remaining, state)
                        VALUES (?, 0, ?, ?, ?, ?, ?, 'fresh')
                        """,
                    arguments: [
                        refresh.id, Self.denominationID(database, denomination, exchange: refresh.exchange.id), coin.secret.blob,
                        coin.coinPub.blob, Data(coin.signature), denomination.value.description,
                    ])
            }
            return try Self.refresh(database, id: refresh.id)
        }
    }

    /// The refreshes that are not at their end, oldest first.
    public func unfinishedRefreshes() async throws(WalletStoreError) -> [StoredRefresh] {
        try await refreshes("WHERE refresh.state IN ('planned', 'melted') ORDER BY refresh.id")
    }

    /// Every refresh, oldest first.
    public func refreshes() async throws(WalletStoreError) -> [StoredRefresh] { try await refreshes("ORDER BY refresh.id") }

    /// The free coins of an exchange that others know: from a payment that was taken, or from one that was given up while its permission
    /// may still be about. With the reason to refresh them.
    public func knownCoins(of exchange: StoredExchange) async throws(WalletStoreError) -> [Int64: StoredRefresh.Reason] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT coin.id,
                        EXISTS (SELECT 1 FROM refund WHERE refund.coin_id = coin.id) AS is_refunded,
                        EXISTS (SELECT 1 FROM purchase_coin JOIN purchase ON purchase.id = purchase_id
                            WHERE purchase_coin.coin_id = coin.id AND purchase.state = 'paid') AS is_used,
                        EXISTS (SELECT 1 FROM purchase_coin JOIN purchase ON purchase.id = purchase_id
                            WHERE purchase_coin.coin_id = coin.id AND is_exposed) AS is_exposed,
                        remaining <> value AS is_rest
                    FROM coin JOIN denomination ON denomination.id = denomination_id
                    WHERE exchange_id = ? AND coin.state = 'fresh'
                    """, arguments: [exchange.id])
            var reasons: [Int64: StoredRefresh.Reason] = [:]
            for row in rows {
                if row["is_exposed"] as Bool {
                    reasons[row["id"]] = .exposed
                } else if row["is_refunded"] as Bool {
                    reasons[row["id"]] = .refunded
                } else if row["is_used"] as Bool || row["is_rest"] as Bool {
                    reasons[row["id"]] = .rest
                }
            }
            return reasons
        }
    }

    private func refreshes(_ condition: String) async throws(WalletStoreError) -> [StoredRefresh] {
        try await read { database in
            try Int64.fetchAll(database, sql: "SELECT id FROM refresh " + condition).map { try Self.refresh(database, id: $0) }
        }
    }

    private static func refresh(_ database: Database, id: Int64) throws -> StoredRefresh {
        guard
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT refresh.*, exchange_id, base_url, master_pub, currency
                    FROM refresh JOIN coin ON coin.id = coin_id JOIN denomination ON denomination.id = denomination_id
                        JOIN exchange ON exchange.id = exchange_id
                    WHERE refresh.id = ?
                    """, arguments: [id]),
            let coin = try Row.fetchOne(database, sql: selectCoin + "WHERE coin.id = ?", arguments: [row["coin_id"] as Int64])
        else { throw WalletStoreError.corrupt("the refresh is missing") }
        let denominations = try Row.fetchAll(
            database,
            sql: """
                SELECT denomination.* FROM refresh_planchet JOIN denomination ON denomination.id = denomination_id
                WHERE refresh_id = ? ORDER BY position
                """, arguments: [id]
        ).map(StoredDenomination.init)
        return try StoredRefresh(row, coin: StoredCoin(coin), denominations: denominations)
    }
}

extension StoredRefresh {
    fileprivate init(_ row: Row, coin: StoredCoin, denominations: [StoredDenomination]) throws {
        id = row["id"]
        self.coin = coin
        exchange = try StoredExchange(row, id: "exchange_id")
        commitment = try row.fixed("rc")
        let secrets = try row.bytes("transfer_privs")
        transferSecrets = try stride(from: 0, to: secrets.count, by: WalletSecret.byteCount).map {
            try WalletSecret(Array(secrets[$0..<min($0 + WalletSecret.byteCount, secrets.count)]))
        }
        self.denominations = denominations
        amount = try row.amount("amount")
        fee = try row.amount("fee")
        guard let reason = Reason(rawValue: row["reason"]) else { throw WalletStoreError.corrupt("a refresh's reason") }
        self.reason = reason
        created = try row.time("created")
        switch row["state"] as String {
        case "planned": state = .planned
        case "melted": state = .melted(noRevealIndex: row["noreveal_index"])
        case "done": state = .done
        case "refused": state = .refused(row["refusal"] ?? "")
        default: throw WalletStoreError.corrupt("a refresh's state")
        }
    }
}
