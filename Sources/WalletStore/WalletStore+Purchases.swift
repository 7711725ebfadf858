// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension WalletStore {
    /// Keeps a signed permission, and locks its coins, before it is posted.
    /// - Throws: ``WalletStoreError/conflict(_:)`` when a coin is not free, or the contract has a payment that is under way or done.
    public func recordPurchase(_ new: NewPurchase, now: Timestamp) async throws(WalletStoreError) -> StoredPurchase {
        let coins = new.coins.map { ($0.coin.id, $0.contribution) }
        let paid: Amount
        do { paid = try Amount.sum(coins.map(\.1), in: new.amount.currency) } catch { throw .conflict("the coins' sum") }
        return try await write { [new = PurchaseRow(new)] database in
            do {
                try database.execute(
                    sql: """
                        INSERT INTO purchase (h_contract, contract, sig, shop_url, product, chosen_amount, pay_url, exchange_id, amount, paid,
                            fees, summary, permission, state, created)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'unresolved', ?)
                        """,
                    arguments: new.arguments(paid: paid, now: now))
            } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
                throw WalletStoreError.conflict("the contract is paid or being paid")
            }
            let id = database.lastInsertedRowID
            for (position, (coin, contribution)) in coins.enumerated() {
                try database.change("a coin", "UPDATE coin SET state = 'locked' WHERE id = ? AND state = 'fresh'", [coin])
                try database.execute(
                    sql: "INSERT INTO purchase_coin (purchase_id, position, coin_id, contribution) VALUES (?, ?, ?, ?)",
                    arguments: [id, position, coin, contribution.description])
            }
            return try Self.purchase(database, id: id)
        }
    }

    /// The payment of a contract that is under way or done.
    public func livePurchase(_ contract: ContractHash) async throws(WalletStoreError) -> StoredPurchase? {
        try await purchases("WHERE h_contract = ? AND state IN ('unresolved', 'paid')", [contract.blob]).first
    }

    /// A payment for the same wish whose outcome is not known.
    public func unresolvedPurchase(of wish: PurchaseWish) async throws(WalletStoreError) -> StoredPurchase? {
        try await purchases(
            "WHERE state = 'unresolved' AND shop_url = ? AND product = ? AND chosen_amount IS ? ORDER BY purchase.id",
            [wish.shopURL, wish.product, wish.amount?.description]
        ).first
    }

    /// Every payment whose outcome is not known, oldest first.
    public func unresolvedPurchases() async throws(WalletStoreError) -> [StoredPurchase] {
        try await purchases("WHERE state = 'unresolved' ORDER BY purchase.id", [])
    }

    /// Every payment, oldest first.
    public func purchases() async throws(WalletStoreError) -> [StoredPurchase] { try await purchases("ORDER BY purchase.id", []) }

    /// An attempt brought no outcome; the coins stay locked.
    public func attemptFailed(_ purchase: StoredPurchase, _ reason: String) async throws(WalletStoreError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE purchase SET attempts = attempts + 1, last_error = ? WHERE id = ? AND state = 'unresolved'",
                arguments: [reason, purchase.id])
        }
    }

    /// The shop has taken the payment: what the coins gave is gone, what is left of them is free again.
    public func purchaseIsPaid(
        _ purchase: StoredPurchase, fulfillmentURL: String?, now: Timestamp
    ) async throws(WalletStoreError) -> StoredPurchase {
        try await write { database in
            if case .paid = try Self.purchase(database, id: purchase.id).state {
                if let fulfillmentURL {
                    try database.execute(
                        sql: "UPDATE purchase SET fulfillment_url = ? WHERE id = ?", arguments: [fulfillmentURL, purchase.id])
                }
                return try Self.purchase(database, id: purchase.id)
            }
            try database.change(
                "the payment",
                """
                UPDATE purchase SET state = 'paid', attempts = attempts + 1, last_error = NULL, fulfillment_url = ?, ended = ?
                WHERE id = ? AND state = 'unresolved'
                """, [fulfillmentURL, now.storedSeconds, purchase.id])
            for use in try Self.uses(database, of: purchase) {
                let rest = try use.remaining.subtracting(use.contribution)
                try database.change(
                    "a coin", "UPDATE coin SET remaining = ?, state = ? WHERE id = ? AND state = 'locked'",
                    [rest.description, rest.isZero ? "spent" : "fresh", use.coinID])
            }
            return try Self.purchase(database, id: purchase.id)
        }
    }

    /// The shop has refused for good: the coins are free again, but for the one that was named.
    /// - Parameters:
    ///   - named: the coin that the refusal is about; one of another payment changes nothing.
    ///   - judgement: what becomes of the named coin.
    /// - Returns: true when the named coin was one of this payment.
    @discardableResult
    public func purchaseIsRefused(
        _ purchase: StoredPurchase, reason: String, named: CoinPublicKey?, judgement: CoinJudgement, now: Timestamp
    ) async throws(WalletStoreError) -> Bool {
        try await write { database in
            try database.change(
                "the payment",
                """
                UPDATE purchase SET state = 'refused', attempts = attempts + 1, last_error = ?, ended = ?
                WHERE id = ? AND state = 'unresolved'
                """, [reason, now.storedSeconds, purchase.id])
            var isOurs = false
            for use in try Self.uses(database, of: purchase) {
                let isNamed = use.coinPub == named
                isOurs = isOurs || isNamed
                try Self.release(use, isNamed ? judgement : .good, database)
            }
            return isOurs
        }
    }

    private static func release(_ use: CoinUse, _ judgement: CoinJudgement, _ database: Database) throws {
        let (state, remaining): (String, Amount)
        switch judgement {
        case .proven(let facts): return try settle(use.coinID, by: facts, database)
        case .good: (state, remaining) = ("fresh", use.remaining)
        case .spent: (state, remaining) = ("spent", .zero(use.remaining.currency))
        case .setAside: (state, remaining) = ("refused", use.remaining)
        }
        try database.change(
            "a coin", "UPDATE coin SET state = ?, remaining = ? WHERE id = ? AND state = 'locked'",
            [state, remaining.description, use.coinID])
    }

    struct CoinUse {
        let coinID: Int64
        let coinPub: CoinPublicKey
        let remaining: Amount
        let contribution: Amount
    }

    static func uses(_ database: Database, of purchase: StoredPurchase) throws -> [CoinUse] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT coin.id, coin_pub, remaining, contribution FROM purchase_coin JOIN coin ON coin.id = coin_id
                WHERE purchase_id = ? ORDER BY position
                """, arguments: [purchase.id]
        ).map {
            CoinUse(
                coinID: $0["id"], coinPub: try $0.fixed("coin_pub"), remaining: try $0.amount("remaining"),
                contribution: try $0.amount("contribution"))
        }
    }

    private func purchases(_ condition: String, _ arguments: StatementArguments) async throws(WalletStoreError) -> [StoredPurchase] {
        try await read { try Row.fetchAll($0, sql: Self.selectPurchase + condition, arguments: arguments).map(StoredPurchase.init) }
    }

    static func purchase(_ database: Database, id: Int64) throws -> StoredPurchase {
        guard let row = try Row.fetchOne(database, sql: selectPurchase + "WHERE purchase.id = ?", arguments: [id]) else {
            throw WalletStoreError.corrupt("the payment is missing")
        }
        return try StoredPurchase(row)
    }

    private static let selectPurchase = "SELECT purchase.*, base_url FROM purchase JOIN exchange ON exchange.id = exchange_id "
}
