// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension WalletStore {
    /// The exchange that was pinned under this address.
    public func exchange(at baseURL: String) async throws(WalletStoreError) -> StoredExchange? {
        try await read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM exchange WHERE base_url = ?", arguments: [baseURL]).map(StoredExchange.init)
        }
    }

    /// Every exchange that was pinned.
    public func exchanges() async throws(WalletStoreError) -> [StoredExchange] {
        try await read { try Row.fetchAll($0, sql: "SELECT * FROM exchange ORDER BY id").map(StoredExchange.init) }
    }

    /// Keeps an exchange's master key for good.
    /// - Throws: ``WalletStoreError/conflict(_:)`` when another key or currency was pinned for the address.
    public func pin(baseURL: String, masterPub: MasterPublicKey, currency: Currency) async throws(WalletStoreError) -> StoredExchange {
        try await write { database in
            try database.execute(
                sql: "INSERT INTO exchange (base_url, master_pub, currency) VALUES (?, ?, ?) ON CONFLICT (base_url) DO NOTHING",
                arguments: [baseURL, masterPub.blob, currency.text])
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT * FROM exchange WHERE base_url = ? AND master_pub = ? AND currency = ?",
                    arguments: [baseURL, masterPub.blob, currency.text])
            else { throw WalletStoreError.conflict("another master key or currency is pinned for \(baseURL)") }
            return try StoredExchange(row)
        }
    }

    /// Bank and exchange of the last withdrawal.
    public func usualParties() async throws(WalletStoreError) -> (bankURL: String, exchangeURL: String)? {
        try await read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM usual").map { ($0["bank_url"], $0["exchange_url"]) }
        }
    }

    /// The account at this bank that is in use: the newest.
    public func bankAccount(at bankURL: String) async throws(WalletStoreError) -> StoredBankAccount? {
        try await read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM bank_account WHERE bank_url = ? ORDER BY id DESC LIMIT 1", arguments: [bankURL]
            ).map(StoredBankAccount.init)
        }
    }

    /// Keeps name and password of an account before the bank is asked to open it.
    public func addBankAccount(bankURL: String, username: String, password: String) async throws(WalletStoreError) -> StoredBankAccount {
        try await write { database in
            try database.execute(
                sql: "INSERT INTO bank_account (bank_url, username, password) VALUES (?, ?, ?)", arguments: [bankURL, username, password])
            return StoredBankAccount(
                id: database.lastInsertedRowID, bankURL: bankURL, username: username, password: password, isRegistered: false)
        }
    }

    /// The bank has opened the account.
    public func bankAccountIsOpen(_ account: StoredBankAccount) async throws(WalletStoreError) {
        try await write { try $0.execute(sql: "UPDATE bank_account SET is_registered = 1 WHERE id = ?", arguments: [account.id]) }
    }
}

extension StoredExchange {
    init(_ row: Row) throws { try self.init(row, id: "id") }

    init(_ row: Row, id: String) throws {
        self.init(
            id: row[id], baseURL: row["base_url"], masterPub: try row.fixed("master_pub"), currency: try Currency(row["currency"] as String)
        )
    }
}

extension StoredBankAccount {
    init(_ row: Row) { self.init(row, id: "id") }

    init(_ row: Row, id: String) {
        self.init(
            id: row[id], bankURL: row["bank_url"], username: row["username"], password: row["password"], isRegistered: row["is_registered"])
    }
}
