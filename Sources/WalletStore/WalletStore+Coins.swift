// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

extension WalletStore {
    /// Keeps the secrets of coins before the exchange is asked to sign them.
    /// - Parameter batches: each is sent as one request, now and at every repeat.
    public func plan(_ batches: [[NewPlanchet]], for reserve: StoredReserve) async throws(WalletStoreError) -> StoredReserve {
        try await write { database in
            try database.change("the reserve", "UPDATE reserve SET state = 'planned' WHERE id = ? AND state = 'transferred'", [reserve.id])
            let first =
                try Int.fetchOne(
                    database, sql: "SELECT coalesce(max(batch) + 1, 0) FROM coin WHERE reserve_id = ?", arguments: [reserve.id]) ?? 0
            for (offset, batch) in batches.enumerated() {
                for planchet in batch {
                    let denomination = try Self.denominationID(database, planchet.denomination, exchange: reserve.exchange.id)
                    try database.execute(
                        sql: """
                            INSERT INTO coin (reserve_id, batch, denomination_id, secret, coin_pub, remaining, state)
                            VALUES (?, ?, ?, ?, ?, ?, 'planchet')
                            """,
                        arguments: [
                            reserve.id, first + offset, denomination, planchet.secret.blob, planchet.coinPub.blob,
                            planchet.denomination.value.description,
                        ])
                }
            }
            return try Self.reserve(database, id: reserve.id)
        }
    }

    static func denominationID(_ database: Database, _ denomination: StoredDenomination, exchange: Int64) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO denomination (exchange_id, h_denom, rsa_pub, value, fee_withdraw, fee_deposit, expire_deposit)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (exchange_id, h_denom) DO NOTHING
                """,
            arguments: [
                exchange, denomination.hash.blob, Data(denomination.key), denomination.value.description,
                denomination.feeWithdraw.description, denomination.feeDeposit.description, denomination.expireDeposit.storedSeconds,
            ])
        guard
            let id = try Int64.fetchOne(
                database, sql: "SELECT id FROM denomination WHERE exchange_id = ? AND h_denom = ?",
                arguments: [exchange, denomination.hash.blob])
        else { throw WalletStoreError.corrupt("a denomination is missing") }
        return id
    }

    /// The planchets of a reserve that the exchange has not signed, batch by batch.
    public func planchets(of reserve: StoredReserve) async throws(WalletStoreError) -> [[StoredPlanchet]] {
        let rows = try await read { database in
            try Row.fetchAll(
                database, sql: Self.selectCoin + "WHERE reserve_id = ? AND state = 'planchet' ORDER BY batch, coin.id",
                arguments: [reserve.id]
            ).map(StoredPlanchet.init)
        }
        return Dictionary(grouping: rows, by: \.batch).sorted { $0.key < $1.key }.map(\.value)
    }

    /// The exchange has signed a batch: its planchets are coins now.
    /// - Parameter signatures: verified, in the order of the planchets.
    public func keepCoins(_ planchets: [StoredPlanchet], signatures: [[UInt8]]) async throws(WalletStoreError) {
        try await write { database in
            guard planchets.count == signatures.count else { throw WalletStoreError.conflict("there are not as many signatures as coins") }
            for (planchet, signature) in zip(planchets, signatures) {
                try database.change(
                    "a coin", "UPDATE coin SET state = 'fresh', denom_sig = ? WHERE id = ? AND state = 'planchet'",
                    [Data(signature), planchet.id])
            }
        }
    }

    /// The exchange has refused a batch for good: its planchets are forgotten, and others may be planned.
    public func forget(_ planchets: [StoredPlanchet], of reserve: StoredReserve) async throws(WalletStoreError) -> StoredReserve {
        try await write { database in
            for planchet in planchets {
                try database.change("a coin", "DELETE FROM coin WHERE id = ? AND state = 'planchet'", [planchet.id])
            }
            let open = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM coin WHERE reserve_id = ? AND state = 'planchet'", arguments: [reserve.id])
            if open == 0 {
                try database.change(
                    "the reserve", "UPDATE reserve SET state = 'transferred' WHERE id = ? AND state = 'planned'", [reserve.id])
            }
            return try Self.reserve(database, id: reserve.id)
        }
    }

    /// The signed coins of an exchange, in the order in which they came.
    public func coins(of exchange: StoredExchange) async throws(WalletStoreError) -> [StoredCoin] {
        try await read { database in
            try Row.fetchAll(
                database, sql: Self.selectCoin + "WHERE exchange_id = ? AND state <> 'planchet' ORDER BY coin.id", arguments: [exchange.id]
            ).map(StoredCoin.init)
        }
    }

    static let selectCoin = """
        SELECT coin.*, h_denom, rsa_pub, value, fee_withdraw, fee_deposit, expire_deposit
        FROM coin JOIN denomination ON denomination.id = denomination_id

        """
}

extension StoredDenomination {
    init(_ row: Row) throws {
        self.init(
            hash: try row.fixed("h_denom"), key: try row.bytes("rsa_pub"), value: try row.amount("value"),
            feeWithdraw: try row.amount("fee_withdraw"), feeDeposit: try row.amount("fee_deposit"),
            expireDeposit: try row.time("expire_deposit"))
    }
}

extension StoredPlanchet {
    init(_ row: Row) throws {
        self.init(
            id: row["id"], batch: row["batch"], secret: try WalletSecret(row.bytes("secret")), coinPub: try row.fixed("coin_pub"),
            denomination: try StoredDenomination(row))
    }
}

extension StoredCoin {
    init(_ row: Row) throws {
        guard let state = State(rawValue: row["state"]) else { throw WalletStoreError.corrupt("a coin's state") }
        self.init(
            id: row["id"], coinPub: try row.fixed("coin_pub"), secret: try WalletSecret(row.bytes("secret")),
            denomination: try StoredDenomination(row), signature: try row.bytes("denom_sig"), remaining: try row.amount("remaining"),
            state: state)
    }
}
