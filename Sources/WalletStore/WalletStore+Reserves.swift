// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension WalletStore {
    /// Keeps a reserve's key before the bank hears of it, and remembers bank and exchange as the usual ones.
    public func openReserve(_ new: NewReserve, now: Timestamp) async throws(WalletStoreError) -> StoredReserve {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO reserve (reserve_pub, reserve_priv, exchange_id, bank_account_id, amount, exchange_account,
                        is_filled_by_owner, state, created)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    new.reservePub.blob, new.secret.blob, new.exchange.id, new.bankAccount.id, new.amount.description, new.exchangeAccount,
                    new.isFilledByOwner, new.isFilledByOwner ? "transferred" : "made", now.storedSeconds,
                ])
            let id = database.lastInsertedRowID
            try database.execute(
                sql: "INSERT OR REPLACE INTO usual (id, bank_url, exchange_url) VALUES (1, ?, ?)",
                arguments: [new.bankAccount.bankURL, new.exchange.baseURL])
            return try Self.reserve(database, id: id)
        }
    }

    /// The reserves that are not at their end, oldest first.
    public func unfinishedReserves() async throws(WalletStoreError) -> [StoredReserve] {
        try await reserves("WHERE reserve.state NOT IN ('withdrawn', 'refused') ORDER BY reserve.id")
    }

    /// Every reserve, oldest first.
    public func reserves() async throws(WalletStoreError) -> [StoredReserve] { try await reserves("ORDER BY reserve.id") }

    /// The bank is about to be asked.
    public func askingBank(_ reserve: StoredReserve) async throws(WalletStoreError) -> StoredReserve {
        try await move(reserve, from: ["made", "asked"], to: "asked")
    }

    /// Another account of the same bank shall pay.
    public func changeAccount(_ reserve: StoredReserve, to account: StoredBankAccount) async throws(WalletStoreError) -> StoredReserve {
        try await write { database in
            try database.change(
                "the reserve", "UPDATE reserve SET bank_account_id = ?, state = 'made' WHERE id = ? AND state IN ('made', 'asked')",
                [account.id, reserve.id])
            return try Self.reserve(database, id: reserve.id)
        }
    }

    /// The bank has paid.
    public func bankHasPaid(_ reserve: StoredReserve) async throws(WalletStoreError) -> StoredReserve {
        try await move(reserve, from: ["made", "asked"], to: "transferred")
    }

    /// The bank will not pay: the reserve is over.
    public func bankRefused(_ reserve: StoredReserve, _ reason: String) async throws(WalletStoreError) -> StoredReserve {
        try await write { database in
            try database.change(
                "the reserve", "UPDATE reserve SET state = 'refused', refusal = ? WHERE id = ? AND state IN ('made', 'asked')",
                [reason, reserve.id])
            return try Self.reserve(database, id: reserve.id)
        }
    }

    /// Every planned coin is there, or nothing is left that would make one.
    public func withdrawalIsComplete(_ reserve: StoredReserve) async throws(WalletStoreError) -> StoredReserve {
        try await write { database in
            let open = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM coin WHERE reserve_id = ? AND state = 'planchet'", arguments: [reserve.id])
            guard open == 0 else { throw WalletStoreError.conflict("coins of the reserve are not signed yet") }
            try database.change(
                "the reserve", "UPDATE reserve SET state = 'withdrawn' WHERE id = ? AND state IN ('transferred', 'planned')", [reserve.id])
            return try Self.reserve(database, id: reserve.id)
        }
    }

    private func move(_ reserve: StoredReserve, from: [String], to state: String) async throws(WalletStoreError) -> StoredReserve {
        try await write { database in
            let known = from.map { "'\($0)'" }.joined(separator: ", ")
            try database.change(
                "the reserve", "UPDATE reserve SET state = ? WHERE id = ? AND state IN (\(known))", [state, reserve.id])
            return try Self.reserve(database, id: reserve.id)
        }
    }

    private func reserves(_ condition: String) async throws(WalletStoreError) -> [StoredReserve] {
        try await read { try Row.fetchAll($0, sql: Self.selectReserve + condition).map(StoredReserve.init) }
    }

    private static let selectReserve = """
        SELECT reserve.*, base_url, master_pub, currency, bank_url, username, password, is_registered
        FROM reserve JOIN exchange ON exchange.id = exchange_id JOIN bank_account ON bank_account.id = bank_account_id

        """

    static func reserve(_ database: Database, id: Int64) throws -> StoredReserve {
        guard let row = try Row.fetchOne(database, sql: selectReserve + "WHERE reserve.id = ?", arguments: [id]) else {
            throw WalletStoreError.corrupt("the reserve is missing")
        }
        return try StoredReserve(row)
    }
}

extension StoredReserve {
    init(_ row: Row) throws {
        id = row["id"]
        reservePub = try row.fixed("reserve_pub")
        secret = try WalletSecret(row.bytes("reserve_priv"))
        exchange = try StoredExchange(row, id: "exchange_id")
        bankAccount = StoredBankAccount(row, id: "bank_account_id")
        amount = try row.amount("amount")
        exchangeAccount = row["exchange_account"]
        isFilledByOwner = row["is_filled_by_owner"]
        created = try row.time("created")
        switch row["state"] as String {
        case "made": state = .made
        case "asked": state = .asked
        case "transferred": state = .transferred
        case "planned": state = .planned
        case "withdrawn": state = .withdrawn
        case "refused": state = .refused(row["refusal"] ?? "")
        default: throw WalletStoreError.corrupt("a reserve's state")
        }
    }
}
