// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// Nil for an account that has neither deposits nor a key.
    public func account(_ account: NormalizedPaytoHash) async throws -> MerchantAccount? {
        try await database.read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT a.payto, a.account_pub, r.id, r.fulfilled IS NOT NULL AS is_fulfilled
                    FROM merchant_account a LEFT JOIN kyc_requirement r ON r.h_payto = a.h_payto WHERE a.h_payto = ?
                    """, arguments: [account.data]
            ).map(MerchantAccount.init(row:))
        }
    }

    /// Asks the owner of an account that is known to identify himself. He is asked once.
    /// - Returns: what he was asked, now or before.
    public func requireIdentification(of account: NormalizedPaytoHash, at now: Timestamp) async throws -> KYCRequirement {
        try await database.write { database in
            try database.execute(
                sql: "INSERT INTO kyc_requirement (h_payto, date) VALUES (?, ?) ON CONFLICT (h_payto) DO NOTHING",
                arguments: [account.data, now.stored])
            let row = try Row.fetchOne(
                database, sql: "SELECT id, fulfilled IS NOT NULL AS is_fulfilled FROM kyc_requirement WHERE h_payto = ?",
                arguments: [account.data])
            guard let row else { throw ExchangeStoreError.damaged(column: "h_payto") }
            return KYCRequirement(row: try row.integer("id"), isFulfilled: try row.integer("is_fulfilled") != 0)
        }
    }

    /// By what the account's owner can be asked on a page of the exchange. Another key of the account has another token.
    /// - Parameter fresh: becomes the token if there is none.
    public func accessToken(of account: NormalizedPaytoHash, fresh: AccessToken) async throws -> AccessToken {
        try await database.write { database in
            try database.execute(
                sql: "UPDATE merchant_account SET access_token = ? WHERE h_payto = ? AND access_token IS NULL",
                arguments: [fresh.data, account.data])
            let row = try Row.fetchOne(
                database, sql: "SELECT access_token FROM merchant_account WHERE h_payto = ?", arguments: [account.data])
            return try row?.optionalBytes("access_token") ?? fresh
        }
    }

    /// Whose page it is; nil for a token that was never given out, or no longer holds.
    public func account(withToken token: AccessToken) async throws -> NormalizedPaytoHash? {
        try await database.read { database in
            try Row.fetchOne(database, sql: "SELECT h_payto FROM merchant_account WHERE access_token = ?", arguments: [token.data])
                .map { try $0.bytes("h_payto") }
        }
    }

    /// Takes down that the owner has identified himself.
    /// - Returns: false when he was not asked to, or had done so before.
    public func fulfil(_ requirement: Int64, of account: NormalizedPaytoHash, at now: Timestamp) async throws -> Bool {
        try await database.write { database in
            try database.execute(
                sql: "UPDATE kyc_requirement SET fulfilled = ? WHERE id = ? AND h_payto = ? AND fulfilled IS NULL",
                arguments: [now.stored, requirement, account.data])
            return database.changesCount == 1
        }
    }

    func know(_ account: NormalizedPaytoHash, _ payto: String, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO merchant_account (h_payto, payto) VALUES (?, ?) ON CONFLICT (h_payto) DO NOTHING",
            arguments: [account.data, payto])
    }

    /// The last key holds. Pages that were opened for another are closed.
    func record(_ credit: AccountKeyCredit, _ database: Database) throws {
        try know(credit.account, credit.payto, database)
        try database.execute(
            sql: """
                UPDATE merchant_account SET account_pub = ?1, access_token = NULL WHERE h_payto = ?2 AND account_pub IS NOT ?1
                """, arguments: [credit.key.data, credit.account.data])
    }
}

extension MerchantAccount {
    init(row: Row) throws {
        var requirement: KYCRequirement?
        if let number: Int64 = row["id"] {
            requirement = KYCRequirement(row: number, isFulfilled: try row.integer("is_fulfilled") != 0)
        }
        self.init(payto: try row.text("payto"), accountPub: try row.optionalBytes("account_pub"), requirement: requirement)
    }
}
