// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import TalerWire

/// What is known of the way of one accepted coin to the merchant's bank account.
public struct CoinTrace: Sendable, Equatable {
    public let coin: StoredIntent.Coin
    /// The stored transfer whose list has the coin.
    public let transfer: StoredTransfer?
    /// Nothing will be wired for it.
    public let isRefundedWhole: Bool
}

extension MerchantStore {
    /// The intent's coins, in its order.
    public func traces(of intent: StoredIntent) async throws(MerchantStoreError) -> [CoinTrace] {
        try await Self.orFailAsync {
            try await database.read { database in
                let transfers = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT coin_position, transfer.* FROM transfer_deposit JOIN transfer ON transfer.id = transfer_id
                        WHERE intent_id = ?
                        """, arguments: [intent.id]
                ).map { row in (row["coin_position"] as Int, try StoredTransfer(row: row)) }
                let byPosition = Dictionary(transfers, uniquingKeysWith: { first, _ in first })
                return try Row.fetchAll(
                    database, sql: "SELECT * FROM intent_coin WHERE intent_id = ? ORDER BY position", arguments: [intent.id]
                ).map { row in
                    let coin = try StoredIntent.Coin(row: row)
                    let refunds = try Self.refunds(database, intent: intent.id, coin: coin.coinPub, of: coin.contribution)
                    return CoinTrace(
                        coin: coin, transfer: byPosition[row["position"]], isRefundedWhole: refunds.confirmed == coin.contribution)
                }
            }
        }
    }
}
