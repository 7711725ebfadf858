// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension WalletStore {
    /// Gives coins of a purchase what the exchange has given them; what was credited before changes nothing.
    /// - Returns: the refunds that were new.
    /// - Throws: ``WalletStoreError/conflict(_:)`` when a coin is none of the purchase's, or would be worth more than when it was new.
    public func credit(
        _ refunds: [NewRefund], to purchase: StoredPurchase, now: Timestamp
    ) async throws(WalletStoreError) -> [StoredRefund] {
        try await write { database in
            let uses = try Self.uses(database, of: purchase)
            var news: [StoredRefund] = []
            for refund in refunds {
                guard let use = uses.first(where: { $0.coinPub == refund.coinPub }) else {
                    throw WalletStoreError.conflict("a refund for a coin that has not paid this")
                }
                try database.execute(
                    sql: """
                        INSERT INTO refund (purchase_id, coin_id, rtransaction_id, amount, credited, exchange_pub, exchange_sig, created)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (purchase_id, coin_id, rtransaction_id) DO NOTHING
                        """,
                    arguments: [
                        purchase.id, use.coinID, Int64(bitPattern: refund.transactionID), refund.amount.description,
                        refund.credited.description, refund.exchangePub.blob, refund.exchangeSignature.blob, now.storedSeconds,
                    ])
                guard database.changesCount == 1 else { continue }
                try Self.add(refund.credited, toCoin: use.coinID, database)
                news.append(
                    StoredRefund(
                        purchaseID: purchase.id, coinPub: refund.coinPub, transactionID: refund.transactionID, amount: refund.amount,
                        credited: refund.credited, exchangePub: refund.exchangePub, exchangeSignature: refund.exchangeSignature,
                        created: now))
            }
            return news
        }
    }

    /// A coin that was spent is free again; in any other state it only has more.
    private static func add(_ credit: Amount, toCoin id: Int64, _ database: Database) throws {
        guard let row = try Row.fetchOne(database, sql: selectCoin + "WHERE coin.id = ?", arguments: [id]) else {
            throw WalletStoreError.corrupt("a coin is missing")
        }
        let coin = try StoredCoin(row)
        let remaining = try coin.remaining.adding(credit)
        guard remaining.units <= coin.denomination.value.units else {
            throw WalletStoreError.conflict("a coin would be worth more than when it was new")
        }
        try database.execute(
            sql: "UPDATE coin SET remaining = ?, state = CASE WHEN state = 'spent' AND ? THEN 'fresh' ELSE state END WHERE id = ?",
            arguments: [remaining.description, !remaining.isZero, id])
    }

    /// Every refund, in the order in which the wallet heard of them.
    public func refunds() async throws(WalletStoreError) -> [StoredRefund] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT refund.*, coin_pub FROM refund JOIN coin ON coin.id = coin_id ORDER BY refund.id"
            ).map(StoredRefund.init)
        }
    }

    /// Where the shop tells what it gave back.
    public func refundAddress(of purchase: StoredPurchase, is url: String) async throws(WalletStoreError) {
        try await write { try $0.execute(sql: "UPDATE purchase SET refund_url = ? WHERE id = ?", arguments: [url, purchase.id]) }
    }
}

extension StoredRefund {
    fileprivate init(_ row: Row) throws {
        purchaseID = row["purchase_id"]
        coinPub = try row.fixed("coin_pub")
        transactionID = UInt64(bitPattern: row["rtransaction_id"] as Int64)
        amount = try row.amount("amount")
        credited = try row.amount("credited")
        exchangePub = try row.fixed("exchange_pub")
        exchangeSignature = try row.fixed("exchange_sig")
        created = try row.time("created")
    }
}
