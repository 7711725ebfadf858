// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension MerchantStore {
    /// The bank's last row that was read of an account, 0 before the first.
    /// - Parameter account: the payto URI, normalized.
    public func bankCursor(account: String) async throws(MerchantStoreError) -> Int64 {
        try await Self.orFailAsync {
            try await database.read {
                try Int64.fetchOne($0, sql: "SELECT row_id FROM bank_cursor WHERE account = ?", arguments: [account]) ?? 0
            }
        }
    }

    /// The bank's credit that confirmed a transfer, when it did.
    public func confirmation(of transfer: StoredTransfer) async throws(MerchantStoreError) -> StoredCredit? {
        try await Self.orFailAsync {
            try await database.read {
                try Row.fetchOne(
                    $0, sql: "SELECT bank_credit.* FROM bank_credit JOIN transfer ON credit_id = bank_credit.id WHERE transfer.id = ?",
                    arguments: [transfer.id]
                ).map(StoredCredit.init(row:))
            }
        }
    }

    /// Takes in what the bank says that arrived, each row once, and moves the cursor. A credit of a transfer that is known already gets
    /// its outcome at once.
    /// - Returns: how many rows were new, and the contracts whose transfer was confirmed.
    @discardableResult
    public func record(
        _ credits: [BankCredit], account: String, cursor: Int64
    ) async throws(MerchantStoreError) -> (count: Int, confirmed: Set<ContractHash>) {
        try await Self.orFailAsync {
            try await database.write { database in
                var count = 0
                var confirmed: Set<ContractHash> = []
                for credit in credits {
                    try database.execute(
                        sql: """
                            INSERT INTO bank_credit
                                (account, row_id, date, amount, credit_fee, debit_account, subject, wtid, exchange_url, state)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, row_id) DO NOTHING
                            """,
                        arguments: [
                            account, credit.rowID, credit.date.storedSeconds, credit.amount.description, credit.creditFee?.description,
                            credit.debitAccount, credit.subject, credit.transferID?.blob, credit.exchangeURL,
                            (credit.transferID == nil || credit.namesStranger ? BankCredit.State.unknown : .new).rawValue,
                        ])
                    guard database.changesCount == 1 else { continue }
                    count += 1
                    if let transferID = credit.transferID { try confirmed.formUnion(Self.matchCredits(database, transferID)) }
                }
                try database.execute(
                    sql: """
                        INSERT INTO bank_cursor (account, row_id) VALUES (?, ?)
                        ON CONFLICT (account) DO UPDATE SET row_id = max(row_id, excluded.row_id)
                        """, arguments: [account, cursor])
                return (count, confirmed)
            }
        }
    }

    /// Credits about which an exchange is to be asked now, those first that wait longest.
    public func dueCredits(now: Timestamp, limit: Int) async throws(MerchantStoreError) -> [StoredCredit] {
        try await Self.orFailAsync {
            try await database.read {
                try Row.fetchAll(
                    $0,
                    sql: """
                        SELECT * FROM bank_credit WHERE state = 'new' AND (next_attempt <= ? OR next_attempt > ?)
                        ORDER BY next_attempt, id LIMIT ?
                        """, arguments: [now.storedSeconds, now.advanced(bySeconds: Self.longestPause).storedSeconds, limit]
                ).map(StoredCredit.init(row:))
            }
        }
    }

    public func credit(account: String, rowID: Int64) async throws(MerchantStoreError) -> StoredCredit? {
        try await Self.orFailAsync {
            try await database.read {
                try Row.fetchOne(
                    $0, sql: "SELECT * FROM bank_credit WHERE account = ? AND row_id = ?", arguments: [account, rowID]
                ).map(StoredCredit.init(row:))
            }
        }
    }

    /// An inquiry about a credit brought nothing.
    /// - Parameter until: not more than a day from now.
    public func postpone(_ credit: StoredCredit, error: String, until: Timestamp) async throws(MerchantStoreError) {
        try await Self.orFailAsync {
            try await database.write {
                try $0.execute(
                    sql: "UPDATE bank_credit SET attempts = attempts + 1, last_error = ?, next_attempt = ? WHERE id = ? AND state = 'new'",
                    arguments: [error, until.storedSeconds, credit.id])
            }
        }
    }

    /// No exchange is asked about this credit any more, unless the transfer becomes known in another way.
    /// - Parameter state: `conflict` or `unknown`.
    public func finish(_ credit: StoredCredit, _ state: BankCredit.State, error: String) async throws(MerchantStoreError) {
        try await Self.orFailAsync {
            try await database.write {
                try $0.execute(
                    sql: "UPDATE bank_credit SET attempts = attempts + 1, last_error = ?, state = ? WHERE id = ? AND state = 'new'",
                    arguments: [error, state.rawValue, credit.id])
            }
        }
    }

    /// - Returns: the contracts of the transfers that are confirmed now.
    private static func matchCredits(_ database: Database, _ id: WireTransferID) throws -> Set<ContractHash> {
        let awaited = try Row.fetchAll(
            database, sql: "SELECT * FROM transfer WHERE wtid = ?", arguments: [id.blob]
        ).map(StoredTransfer.init(row:))
        for transfer in awaited { try matchCredits(database, with: transfer) }
        return try Row.fetchSet(
            database,
            sql: """
                SELECT DISTINCT h_contract FROM transfer JOIN transfer_deposit ON transfer_id = transfer.id
                JOIN intent ON intent.id = intent_id JOIN contract ON contract.id = contract_id
                WHERE wtid = ? AND credit_id IS NOT NULL
                """, arguments: [id.blob]
        ).reduce(into: []) { $0.insert(try $1.fixed("h_contract")) }
    }

    /// Gives the credits that name this transfer their outcome, the oldest first: the first that brought exactly the total confirms it.
    static func matchCredits(_ database: Database, with transfer: StoredTransfer) throws {
        let payto = try PaytoURI(
            try String.fetchOne(database, sql: "SELECT payto_uri FROM account WHERE id = ?", arguments: [transfer.accountID])
                .orCorrupt("account"))
        var isConfirmed = transfer.isConfirmedByBank
        let credits = try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM bank_credit WHERE wtid = ? AND account = ? AND (exchange_url IS NULL OR exchange_url = ?)
                    AND state IN ('new', 'conflict', 'unknown') ORDER BY row_id
                """, arguments: [transfer.transferID.blob, payto.normalized, transfer.exchangeURL])
        for row in credits {
            let id: Int64 = row["id"]
            let state: BankCredit.State
            if try Amount(row["amount"] as String) != transfer.total {
                state = .wrongAmount
            } else if isConfirmed {
                state = .duplicate
            } else {
                state = .matched
                isConfirmed = true
                try database.execute(sql: "UPDATE transfer SET credit_id = ? WHERE id = ?", arguments: [id, transfer.id])
            }
            try database.execute(
                sql: "UPDATE bank_credit SET state = ?, exchange_url = ?, last_error = NULL WHERE id = ?",
                arguments: [state.rawValue, transfer.exchangeURL, id])
        }
    }
}

extension StoredCredit {
    init(row: Row) throws {
        id = row["id"]
        account = row["account"]
        credit = BankCredit(
            rowID: row["row_id"], date: try Timestamp(stored: row["date"]), amount: try Amount(row["amount"] as String),
            creditFee: try (row["credit_fee"] as String?).map { try Amount($0) }, debitAccount: row["debit_account"],
            subject: row["subject"], transferID: try row.optionalFixed("wtid"), exchangeURL: row["exchange_url"])
        guard let state = BankCredit.State(rawValue: row["state"]) else { throw MerchantStoreError.corrupt("a credit's state") }
        self.state = state
        attempts = row["attempts"]
        lastError = row["last_error"]
    }
}
