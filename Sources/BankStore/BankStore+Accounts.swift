// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension BankStore {
    /// Opens an account for a customer, with a gift from another account in the same transaction.
    /// - Throws: ``BankStoreError/nameTaken``; ``BankStoreError/noCredit`` when the giver has none.
    public func register(
        _ plan: AccountPlan, gift: Amount?, from giver: String, at time: Timestamp
    ) async throws(BankStoreError) -> Account {
        let limit = try units(plan.debtLimit)
        let giftUnits = try gift.map { (gift) throws(BankStoreError) in try units(gift) } ?? 0
        return try await write { db in
            guard try fetchAccount(db, name: plan.name) == nil else { throw BankStoreError.nameTaken }
            try insert(db, plan, limit, time)
            let number = db.lastInsertedRowID
            if giftUnits > 0 {
                guard let giver = try fetchAccount(db, name: giver) else { throw BankStoreError.unknownAccount }
                _ = try post(
                    db, Posting(debit: giver.number, credit: number, units: giftUnits, subject: "Welcome", time: time))
            }
            return try account(db, number: number)
        }
    }

    /// Opens the account, or gives an existing one of that name the plan's receiver name, debt limit and password.
    /// - Throws: ``BankStoreError/debtAboveLimit(account:)``.
    public func provide(_ plan: AccountPlan, at time: Timestamp) async throws(BankStoreError) -> Account {
        let limit = try units(plan.debtLimit)
        return try await write { db in
            guard let existing = try fetchAccount(db, name: plan.name) else {
                try insert(db, plan, limit, time)
                return try account(db, number: db.lastInsertedRowID)
            }
            try db.execute(
                sql: """
                    UPDATE account SET receiver_name = ?, debt_limit = ?, password_hash = coalesce(?, password_hash),
                        is_public = coalesce(?, is_public)
                    WHERE number = ? AND balance >= -?
                    """, arguments: [plan.receiverName, limit, plan.passwordHash, plan.isPublic, existing.number, limit])
            guard db.changesCount == 1 else { throw BankStoreError.debtAboveLimit(account: plan.name) }
            return try account(db, number: existing.number)
        }
    }

    /// Nil when there is none of that name.
    public func account(named name: String) async throws(BankStoreError) -> Account? {
        try await read { try fetchAccount($0, name: name) }
    }

    /// Nil when there is none of that number.
    public func account(number: Int64) async throws(BankStoreError) -> Account? {
        try await read { try AccountRow.fetchOne($0, sql: AccountRow.query + "WHERE number = ?", arguments: [number])?.account(self) }
    }

    private func insert(_ db: Database, _ plan: AccountPlan, _ limit: Int64, _ time: Timestamp) throws {
        try db.execute(
            sql: """
                INSERT INTO account (name, receiver_name, password_hash, debt_limit, opened_at, is_public) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [plan.name, plan.receiverName, plan.passwordHash, limit, time.databaseSeconds, plan.isPublic ?? false])
    }

    func fetchAccount(_ db: Database, name: String) throws -> Account? {
        try AccountRow.fetchOne(db, sql: AccountRow.query + "WHERE name = ?", arguments: [name])?.account(self)
    }

    /// One account, within the caller's transaction.
    func account(_ db: Database, number: Int64) throws -> Account {
        guard let row = try AccountRow.fetchOne(db, sql: AccountRow.query + "WHERE number = ?", arguments: [number]) else {
            throw BankStoreError.unknownAccount
        }
        return try row.account(self)
    }
}

struct AccountRow: FetchableRecord {
    static let query = "SELECT number, name, receiver_name, password_hash, debt_limit, balance, is_public FROM account "

    let number: Int64
    let name: String
    let receiverName: String
    let passwordHash: String?
    let debtLimit: Int64
    let balance: Int64
    let isPublic: Bool

    init(row: Row) throws {
        number = row["number"]
        name = row["name"]
        receiverName = row["receiver_name"]
        passwordHash = row["password_hash"]
        debtLimit = row["debt_limit"]
        balance = row["balance"]
        isPublic = row["is_public"]
    }

    func account(_ store: BankStore) throws -> Account {
        Account(
            number: number, name: name, receiverName: receiverName, passwordHash: passwordHash, debtLimit: try store.amount(debtLimit),
            balance: Balance(try store.amount(balance), isDebt: balance < 0), isPublic: isPublic)
    }
}

extension Timestamp {
    /// Whole seconds; the largest number for "never".
    var databaseSeconds: Int64 { seconds.map(Int64.init(clamping:)) ?? .max }

    init(databaseSeconds: Int64) throws {
        self = try databaseSeconds == .max ? .never : Timestamp(seconds: UInt64(max(0, databaseSeconds)))
    }
}
