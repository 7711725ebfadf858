// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import MerchantCore
public import TalerWire

extension MerchantStore {
    /// What became of an offer.
    public enum OfferResult: Sendable, Equatable {
        /// It is stored now, or was stored before with the same proposition.
        case stored(StoredContract)
        /// The transaction id belongs to another proposition.
        case transactionIDTaken
    }

    /// The contract that was made of this proposition under its transaction id.
    /// - Parameter proposition: hash of the normalized proposition.
    /// - Returns: nil when the transaction id is free.
    public func offer(transactionID: Int64, proposition: HashCode) async throws(MerchantStoreError) -> OfferResult? {
        try await Self.orFailAsync {
            try await database.read { try Self.offer($0, transactionID: transactionID, proposition: proposition) }
        }
    }

    /// Stores a signed contract, unless its transaction id is taken.
    public func recordOffer(
        _ terms: ContractTerms, hash: ContractHash, signature: EdDSASignature, proposition: HashCode, account: StoredAccount, now: Timestamp
    ) async throws(MerchantStoreError) -> OfferResult {
        try await Self.orFailAsync {
            try await database.write { database in
                if let known = try Self.offer(database, transactionID: terms.transactionID, proposition: proposition) { return known }
                try database.execute(
                    sql: """
                        INSERT INTO contract (h_contract, transaction_id, h_proposition, account_id, json, sig, created)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        hash.blob, terms.transactionID, proposition.blob, account.id, terms.canonicalText, signature.blob,
                        now.storedSeconds,
                    ])
                return .stored(try Self.contract(database, hash: hash).orCorrupt("contract"))
            }
        }
    }

    public func contract(_ hash: ContractHash) async throws(MerchantStoreError) -> StoredContract? {
        try await Self.orFailAsync { try await database.read { try Self.contract($0, hash: hash) } }
    }

    public func contract(transactionID: Int64) async throws(MerchantStoreError) -> StoredContract? {
        try await Self.orFailAsync {
            try await database.read { database in
                try Row.fetchOne(database, sql: "SELECT * FROM contract WHERE transaction_id = ?", arguments: [transactionID])
                    .map(StoredContract.init(row:))
            }
        }
    }

    static func contract(_ database: Database, hash: ContractHash) throws -> StoredContract? {
        try Row.fetchOne(database, sql: "SELECT * FROM contract WHERE h_contract = ?", arguments: [hash.blob]).map(
            StoredContract.init(row:))
    }

    private static func offer(_ database: Database, transactionID: Int64, proposition: HashCode) throws -> OfferResult? {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM contract WHERE transaction_id = ?", arguments: [transactionID])
        return try row.map { row in
            let stored: HashCode = try row.fixed("h_proposition")
            return stored == proposition ? .stored(try StoredContract(row: row)) : .transactionIDTaken
        }
    }
}

extension StoredContract {
    init(row: Row) throws {
        id = row["id"]
        hash = try row.fixed("h_contract")
        terms = try ContractTerms(JSONParser.parse(row["json"] as String))
        signature = try row.fixed("sig")
        accountID = row["account_id"]
        wireDeadline = try (row["wire_deadline"] as Int64?).map { try Timestamp(stored: $0) }
        payment = try (row["paid_at"] as Int64?).map { Payment(at: try Timestamp(stored: $0), signature: try row.fixed("payment_sig")) }
    }
}
