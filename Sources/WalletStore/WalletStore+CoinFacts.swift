// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

extension WalletStore {
    /// A coin that was set aside is worth what the exchange has proven.
    /// - Returns: the coin as it is then.
    public func reconsider(_ coin: StoredCoin, _ facts: CoinFacts) async throws(WalletStoreError) -> StoredCoin {
        try await write { database in
            try Self.settle(coin.id, by: facts, database)
            guard let row = try Row.fetchOne(database, sql: Self.selectCoin + "WHERE coin.id = ?", arguments: [coin.id]) else {
                throw WalletStoreError.corrupt("a coin is missing")
            }
            return try StoredCoin(row)
        }
    }

    /// Takes coins that are free out of use.
    public func setAside(_ coins: [StoredCoin]) async throws(WalletStoreError) {
        try await write { database in
            for coin in coins {
                try database.execute(sql: "UPDATE coin SET state = 'refused' WHERE id = ? AND state = 'fresh'", arguments: [coin.id])
            }
        }
    }

    /// Gives a coin that is locked, melting or set aside what the exchange has proven. A refresh that counted as refused, and that the exchange has
    /// carried out since, goes on.
    static func settle(_ coin: Int64, by facts: CoinFacts, _ database: Database) throws {
        var remaining = try remaining(of: coin, by: facts, database)
        var state = remaining.isZero ? "spent" : "fresh"
        if let (refresh, amount) = try lateMelt(of: coin, facts.melts, database) {
            try database.execute(sql: "UPDATE refresh SET state = 'planned', refusal = NULL WHERE id = ?", arguments: [refresh])
            remaining = try remaining.adding(amount)
            state = "melting"
        }
        try database.change(
            "a coin", "UPDATE coin SET remaining = ?, state = ? WHERE id = ? AND state IN ('locked', 'melting', 'refused')",
            [remaining.description, state, coin])
    }

    /// Without what came back for payments whose shops can be asked about it: it counts when it is credited, and only once.
    private static func remaining(of coin: Int64, by facts: CoinFacts, _ database: Database) throws -> Amount {
        var remaining = facts.balance
        for refund in facts.refunds {
            let isComing = try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM purchase_coin u JOIN purchase p ON p.id = u.purchase_id WHERE u.coin_id = ?1 AND p.h_contract = ?2
                            AND p.state = 'paid' AND coalesce(p.refund_url, p.fulfillment_url) IS NOT NULL
                            AND NOT EXISTS (SELECT 1 FROM refund r
                                WHERE r.purchase_id = p.id AND r.coin_id = ?1 AND r.rtransaction_id = ?3))
                    """, arguments: [coin, refund.contractHash.blob, Int64(bitPattern: refund.transactionID)])
            guard isComing == true else { continue }
            remaining = (try? remaining.subtracting(refund.credited)) ?? .zero(remaining.currency)
        }
        return remaining
    }

    private static func lateMelt(
        of coin: Int64, _ melts: Set<RefreshCommitment>, _ database: Database
    ) throws -> (refresh: Int64, amount: Amount)? {
        let rows = try Row.fetchAll(
            database, sql: "SELECT id, rc, amount FROM refresh WHERE coin_id = ? AND state = 'refused' ORDER BY id", arguments: [coin])
        for row in rows where melts.contains(try row.fixed("rc")) { return (row["id"], try row.amount("amount")) }
        return nil
    }
}
