// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension MerchantStore {
    /// The row of that account, made at the first call.
    /// - Parameter make: gives the salt and the hash of a new row.
    public func account(
        _ payto: PaytoURI, of merchant: MerchantPublicKey, make: @Sendable (PaytoURI) -> (WireSalt, WireHash)
    ) throws(MerchantStoreError) -> StoredAccount {
        let (salt, hash) = make(payto)
        return try Self.orFail {
            try database.write { database in
                try database.execute(
                    sql: "INSERT OR IGNORE INTO account (payto_uri, wire_salt, merchant_pub, h_wire) VALUES (?, ?, ?, ?)",
                    arguments: [payto.text, salt.blob, merchant.blob, hash.blob])
                let row = try Row.fetchOne(
                    database, sql: "SELECT * FROM account WHERE payto_uri = ? AND merchant_pub = ?", arguments: [payto.text, merchant.blob])
                return try StoredAccount(row: try row.orCorrupt("account"))
            }
        }
    }

    /// True when contracts or accounts of another key are in here: then this is not the key file that the database belongs to.
    public func belongs(toOtherThan merchant: MerchantPublicKey) throws(MerchantStoreError) -> Bool {
        try Self.orFail {
            try database.read { database in
                try Bool.fetchOne(
                    database, sql: "SELECT EXISTS (SELECT 1 FROM account WHERE merchant_pub <> ?)", arguments: [merchant.blob]) ?? false
            }
        }
    }

    /// The account that a contract was made for.
    public func account(id: Int64) async throws(MerchantStoreError) -> StoredAccount {
        try await Self.orFailAsync {
            try await database.read { database in
                try StoredAccount(
                    row: try Row.fetchOne(database, sql: "SELECT * FROM account WHERE id = ?", arguments: [id]).orCorrupt("account"))
            }
        }
    }
}

extension StoredAccount {
    init(row: Row) throws {
        id = row["id"]
        payto = try PaytoURI(row["payto_uri"] as String)
        salt = try row.fixed("wire_salt")
        merchantPub = try row.fixed("merchant_pub")
        wireHash = try row.fixed("h_wire")
    }
}
