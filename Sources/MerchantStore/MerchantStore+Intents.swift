// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension MerchantStore {
    static let intentRows = "SELECT intent.*, h_contract FROM intent JOIN contract ON contract.id = contract_id"

    public func intent(id: Int64) async throws(MerchantStoreError) -> StoredIntent {
        try await Self.orFailAsync { try await database.read { try Self.intent($0, id: id) } }
    }

    /// Every intent without an outcome, oldest first.
    public func openIntents() async throws(MerchantStoreError) -> [StoredIntent] {
        try await intents(sql: "\(Self.intentRows) WHERE state = 'open' ORDER BY intent.id")
    }

    /// An intent that waits for its exchange's word.
    public struct UnsettledIntent: Sendable, Equatable {
        public let id: Int64
        public let exchangeURL: String
        public let attempts: Int
    }

    /// The intents that are open or unconfirmed, oldest first, in pages.
    /// - Parameter last: the last one of the page before; 0 for the first page.
    public func unsettledIntents(after last: Int64, limit: Int) async throws(MerchantStoreError) -> [UnsettledIntent] {
        try await Self.orFailAsync {
            try await database.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT id, exchange_url, attempts FROM intent
                        WHERE state IN ('open', 'unconfirmed') AND id > ? ORDER BY id LIMIT ?
                        """,
                    arguments: [last, limit]
                ).map { UnsettledIntent(id: $0["id"], exchangeURL: $0["exchange_url"], attempts: $0["attempts"]) }
            }
        }
    }

    /// Every intent of a contract, oldest first.
    public func intents(of contract: StoredContract) async throws(MerchantStoreError) -> [StoredIntent] {
        try await intents(sql: "\(Self.intentRows) WHERE contract_id = ? ORDER BY intent.id", [contract.id])
    }

    /// A contract and its intents, oldest first, as they are at one moment: read one after the other, a payment that settles in
    /// between would be neither open nor paid.
    public func payment(of hash: ContractHash) async throws(MerchantStoreError) -> (contract: StoredContract, intents: [StoredIntent])? {
        try await Self.orFailAsync {
            try await database.read { database in
                guard let contract = try Self.contract(database, hash: hash) else { return nil }
                let rows = try Row.fetchAll(
                    database, sql: "\(Self.intentRows) WHERE contract_id = ? ORDER BY intent.id", arguments: [contract.id])
                return (contract, try rows.map { try StoredIntent(row: $0, database) })
            }
        }
    }

    private func intents(sql: String, _ arguments: StatementArguments = []) async throws(MerchantStoreError) -> [StoredIntent] {
        try await Self.orFailAsync {
            try await database.read { database in
                try Row.fetchAll(database, sql: sql, arguments: arguments).map { try StoredIntent(row: $0, database) }
            }
        }
    }

    static func intent(_ database: Database, id: Int64) throws -> StoredIntent {
        let row = try Row.fetchOne(database, sql: "\(intentRows) WHERE intent.id = ?", arguments: [id])
        return try StoredIntent(row: row.orCorrupt("intent"), database)
    }
}
