// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension ExchangeStore {
    /// All keys, accounts and fees as they stand.
    public func keys() async throws -> KeyRecords {
        let currency = currency
        return try await database.read { database in
            KeyRecords(
                signingKeys: try Row.fetchAll(database, sql: "SELECT * FROM signing_key ORDER BY start, exchange_pub")
                    .map(SigningKeyRecord.init(row:)),
                denominations: try Row.fetchAll(database, sql: "SELECT * FROM denomination ORDER BY value, start, h_denom_pub")
                    .map { try DenominationRecord(row: $0, currency) },
                accounts: try Row.fetchAll(database, sql: "SELECT * FROM wire_account WHERE is_active ORDER BY payto_uri")
                    .map { WireAccountRecord(payto: try $0.text("payto_uri"), masterSignature: try $0.bytes("master_sig")) },
                wireFees: try Row.fetchAll(database, sql: "SELECT * FROM wire_fee ORDER BY method, start")
                    .map { try WireFeeRecord(row: $0, currency) },
                globalFees: try Row.fetchAll(database, sql: "SELECT * FROM global_fee ORDER BY start")
                    .map { try GlobalFeeRecord(row: $0, currency) })
        }
    }

    /// Which state of the keys this is: another number after each change of a key, an account or a fee, whoever made it.
    public func keyGeneration() async throws -> Int64 {
        try await database.read { try Self.keyGeneration($0) }
    }

    private static func keyGeneration(_ database: Database) throws -> Int64 {
        guard let generation = try Int64.fetchOne(database, sql: "SELECT generation FROM key_generation") else {
            throw ExchangeStoreError.damaged(column: "generation")
        }
        return generation
    }

    /// Adds what is new. What is already there stays as it is; an account that is not among `records` goes out of use, unless
    /// `records` has no account at all.
    public func add(_ records: KeyRecords) async throws {
        _ = try await change(KeyChange(added: records), at: .zero)
    }

    /// Takes keys out of use and brings others in, all at once. What is already there, or revoked, stays as it is.
    /// - Parameters:
    ///   - now: when keys are revoked.
    ///   - generation: the state that the change was thought out for; nil for any.
    /// - Returns: false, and nothing has changed, when that state is no longer the present one.
    /// - Throws: ``ExchangeStoreError/unknownKey`` when one that is to be revoked is not there; nothing has changed then.
    public func change(_ change: KeyChange, at now: Timestamp, ifStill generation: Int64? = nil) async throws -> Bool {
        try await database.write { database in
            if let generation, try Self.keyGeneration(database) != generation { return false }
            for (hash, signature) in change.revokedDenominations {
                try revoke("denomination", where: "h_denom_pub", hash.data, signature, now, database)
            }
            for (key, signature) in change.revokedSigningKeys {
                try revoke("signing_key", where: "exchange_pub", key.data, signature, now, database)
            }
            try add(change.added, database)
            return true
        }
    }

    private func revoke(
        _ table: String, where column: String, _ key: Data, _ signature: EdDSASignature, _ now: Timestamp, _ database: Database
    ) throws {
        guard try Bool.fetchOne(database, sql: "SELECT 1 FROM \(table) WHERE \(column) = ?", arguments: [key]) != nil else {
            throw ExchangeStoreError.unknownKey
        }
        try database.execute(
            sql: "UPDATE \(table) SET revoked = ?, revocation_sig = ? WHERE \(column) = ? AND revoked IS NULL",
            arguments: [now.stored, signature.data, key])
    }

    private func add(_ records: KeyRecords, _ database: Database) throws {
        for key in records.signingKeys { try insert(key, database) }
        for denomination in records.denominations { try insert(denomination, database) }
        if !records.accounts.isEmpty { try database.execute(sql: "UPDATE wire_account SET is_active = 0") }
        for account in records.accounts {
            try database.execute(
                sql: """
                    INSERT INTO wire_account (payto_uri, master_sig, is_active) VALUES (?, ?, 1)
                    ON CONFLICT (payto_uri) DO UPDATE SET is_active = 1
                    """, arguments: [account.payto, account.masterSignature.data])
        }
        for fee in records.wireFees { try insert(fee, database) }
        for fee in records.globalFees { try insert(fee, database) }
    }

    private func insert(_ key: SigningKeyRecord, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO signing_key (exchange_pub, secret, start, expire, "end", master_sig, revoked, revocation_sig)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (exchange_pub) DO NOTHING
                """,
            arguments: [
                key.key.data, Data(key.secret.bytes), key.start.stored, key.expire.stored, key.end.stored, key.masterSignature.data,
                key.revoked?.stored, key.revocationSignature?.data,
            ])
    }

    private func insert(_ denomination: DenominationRecord, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO denomination (h_denom_pub, rsa_pub, secret, start, expire_withdraw, expire_deposit, expire_legal,
                    value, fee_withdraw, fee_deposit, fee_refresh, fee_refund, master_sig, revoked, revocation_sig)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (h_denom_pub) DO NOTHING
                """,
            arguments: [
                denomination.hash.data, Data(denomination.rsaPub), Data(denomination.secret.bytes), denomination.start.stored,
                denomination.expireWithdraw.stored, denomination.expireDeposit.stored, denomination.expireLegal.stored,
                units(denomination.value), units(denomination.feeWithdraw), units(denomination.feeDeposit),
                units(denomination.feeRefresh), units(denomination.feeRefund), denomination.masterSignature.data,
                denomination.revoked?.stored, denomination.revocationSignature?.data,
            ])
    }

    private func insert(_ fee: WireFeeRecord, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO wire_fee (method, start, "end", wire_fee, closing_fee, master_sig) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (method, start) DO NOTHING
                """,
            arguments: [
                fee.method, fee.start.stored, fee.end.stored, units(fee.wireFee), units(fee.closingFee), fee.masterSignature.data,
            ])
    }

    private func insert(_ record: GlobalFeeRecord, _ database: Database) throws {
        let fees = record.fees
        try database.execute(
            sql: """
                INSERT INTO global_fee (start, "end", history_fee, account_fee, purse_fee, history_expiration, purse_timeout,
                    purse_account_limit, master_sig)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (start) DO NOTHING
                """,
            arguments: [
                fees.start.stored, fees.end.stored, units(fees.historyFee), units(fees.accountFee), units(fees.purseFee),
                Int64(clamping: fees.historyExpiration.microseconds), Int64(clamping: fees.purseTimeout.microseconds),
                Int64(fees.purseAccountLimit), record.masterSignature.data,
            ])
    }
}

extension SigningKeyRecord {
    init(row: Row) throws {
        self.init(
            key: try row.bytes("exchange_pub"), secret: StoredSecret(try row.blob("secret")), start: try row.time("start"),
            expire: try row.time("expire"), end: try row.time("end"), masterSignature: try row.bytes("master_sig"),
            revoked: try row.optionalTime("revoked"), revocationSignature: try row.optionalBytes("revocation_sig"))
    }
}

extension DenominationRecord {
    init(row: Row, _ currency: Currency) throws {
        self.init(
            hash: try row.bytes("h_denom_pub"), rsaPub: try row.blob("rsa_pub"), secret: StoredSecret(try row.blob("secret")),
            start: try row.time("start"), expireWithdraw: try row.time("expire_withdraw"), expireDeposit: try row.time("expire_deposit"),
            expireLegal: try row.time("expire_legal"), value: try row.amount("value", currency),
            feeWithdraw: try row.amount("fee_withdraw", currency), feeDeposit: try row.amount("fee_deposit", currency),
            feeRefresh: try row.amount("fee_refresh", currency), feeRefund: try row.amount("fee_refund", currency),
            masterSignature: try row.bytes("master_sig"), revoked: try row.optionalTime("revoked"),
            revocationSignature: try row.optionalBytes("revocation_sig"))
    }
}

extension WireFeeRecord {
    init(row: Row, _ currency: Currency) throws {
        self.init(
            method: try row.text("method"), start: try row.time("start"), end: try row.time("end"),
            wireFee: try row.amount("wire_fee", currency), closingFee: try row.amount("closing_fee", currency),
            masterSignature: try row.bytes("master_sig"))
    }
}

extension GlobalFeeRecord {
    init(row: Row, _ currency: Currency) throws {
        guard let limit = UInt32(exactly: try row.integer("purse_account_limit")),
            let timeout = UInt64(exactly: try row.integer("purse_timeout")),
            let expiration = UInt64(exactly: try row.integer("history_expiration"))
        else { throw ExchangeStoreError.damaged(column: "global_fee") }
        let fees = GlobalFeeValidity(
            start: try row.time("start"), end: try row.time("end"), purseTimeout: RelativeTime(microseconds: timeout),
            historyExpiration: RelativeTime(microseconds: expiration), historyFee: try row.amount("history_fee", currency),
            accountFee: try row.amount("account_fee", currency), purseFee: try row.amount("purse_fee", currency), purseAccountLimit: limit)
        self.init(fees: fees, masterSignature: try row.bytes("master_sig"))
    }
}
