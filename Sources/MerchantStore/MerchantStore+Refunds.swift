// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import MerchantCore
public import TalerWire

extension MerchantStore {
    /// The refunds of a contract.
    /// - Parameter fees: refund fees of coins in whose rows they are missing.
    public func refundBook(
        of contract: StoredContract, fees: [CoinPublicKey: Amount] = [:]
    ) async throws(MerchantStoreError) -> RefundBook {
        try await Self.orFailAsync { try await database.read { try Self.refundBook($0, contract, fees) } }
    }

    /// Raises what the shop has asked for to `total`, and writes down a part for each coin that shall give back, all in one transaction.
    /// A total that is not more than what was asked for already changes nothing.
    /// - Parameters:
    ///   - fees: refund fees of coins in whose rows they are missing.
    ///   - step: the currency's smallest unit.
    public func recordRefund(
        of contract: StoredContract, to total: Amount, reason: String, fees: [CoinPublicKey: Amount], step: Amount, now: Timestamp
    ) async throws(MerchantStoreError) -> Result<RefundBook, RefundPlan.Refusal> {
        try await Self.orFailAsync {
            try await database.write { database in
                let book = try Self.refundBook(database, contract, fees)
                guard try book.asked.isLess(than: total) else { return .success(book) }
                let parts: [RefundPlan.Part]
                do throws(RefundPlan.Refusal) {
                    parts = try RefundPlan(price: contract.terms.amount, coins: book.coins.map(\.refundable))
                        .raising(book.asked, to: total, step: step)
                } catch { return .failure(error) }
                try Self.insert(database, parts, of: book.coins, contract, .shop, amount: total, reason: reason, now: now)
                return .success(try Self.refundBook(database, contract, fees))
            }
        }
    }

    /// Asks back all that coins have contributed which paid for nothing. Coins that are asked back already are left alone.
    /// - Parameters:
    ///   - intentID: the deposit whose coins they are; nil for all of a contract, which then must not be paid.
    ///   - fees: refund fees of coins in whose rows they are missing.
    /// - Returns: the book; nil when no intent was named, and the contract is paid or may become so.
    public func recordReturn(
        of contract: StoredContract, intentID: Int64?, reason: String, fees: [CoinPublicKey: Amount], now: Timestamp
    ) async throws(MerchantStoreError) -> RefundBook? {
        try await Self.orFailAsync {
            try await database.write { database in
                let current = try Self.contract(database, hash: contract.hash).orCorrupt("contract")
                // Coins that are under way may still make the payment whole.
                guard try intentID != nil || current.payment == nil && !Self.progress(database, of: contract.id).isOpen else { return nil }
                let book = try Self.refundBook(database, contract, fees)
                let coins = book.coins.filter { intentID == nil || $0.intentID == intentID }
                let parts = try RefundPlan(price: contract.terms.amount, coins: coins.map(\.refundable)).everything()
                guard !parts.isEmpty else { return book }
                let sum = try Amount.sum(parts.map(\.amount), in: contract.terms.amount.currency)
                try Self.insert(database, parts, of: coins, contract, .backend, amount: sum, reason: reason, now: now)
                return try Self.refundBook(database, contract, fees)
            }
        }
    }

    private static func insert(
        _ database: Database, _ parts: [RefundPlan.Part], of coins: [RefundBook.Coin], _ contract: StoredContract,
        _ origin: StoredRefund.Origin,
        amount: Amount, reason: String, now: Timestamp
    ) throws {
        try database.execute(
            sql: "INSERT INTO refund_order (contract_id, origin, amount, reason, created) VALUES (?, ?, ?, ?, ?)",
            arguments: [contract.id, origin.rawValue, amount.description, reason, now.storedSeconds])
        let order = database.lastInsertedRowID
        for part in parts {
            let coin = coins[part.position]
            try database.execute(
                sql: """
                    INSERT INTO refund (refund_order_id, contract_id, intent_id, coin_pub, rtransaction_id, exchange_url, amount, state, created)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?)
                    """,
                arguments: [
                    order, contract.id, coin.intentID, coin.coinPub.blob, Int64.random(in: 1..<1 << 53), coin.exchangeURL,
                    part.amount.description, now.storedSeconds,
                ])
        }
    }

    private static func refundBook(
        _ database: Database, _ contract: StoredContract, _ fees: [CoinPublicKey: Amount]
    ) throws -> RefundBook {
        let parts = try refunds(database, "WHERE refund.contract_id = ?", [contract.id])
        let asked = try String.fetchOne(
            database, sql: "SELECT amount FROM refund_order WHERE contract_id = ? AND origin = 'shop' ORDER BY id DESC LIMIT 1",
            arguments: [contract.id])
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT intent_coin.*, exchange_url FROM intent JOIN intent_coin ON intent_coin.intent_id = intent.id
                WHERE contract_id = ? AND state IN ('unconfirmed', 'accepted')
                ORDER BY ended IS NULL, ended, intent.id, position
                """,
            arguments: [contract.id])
        var coins: [RefundBook.Coin] = []
        for row in rows {
            let coin = try StoredIntent.Coin(row: row)
            let exchange: String = row["exchange_url"]
            // An exchange takes a coin once for a contract, however often it is sent.
            guard !coins.contains(where: { $0.coinPub == coin.coinPub && $0.exchangeURL == exchange }) else { continue }
            let own = parts.filter { $0.coinPub == coin.coinPub && $0.exchangeURL == exchange }
            coins.append(
                RefundBook.Coin(
                    coinPub: coin.coinPub, intentID: row["intent_id"], exchangeURL: exchange,
                    refundable: try RefundableCoin(coin, fee: coin.refundFee ?? fees[coin.coinPub], parts: own)))
        }
        return RefundBook(
            asked: try asked.map { try Amount($0) } ?? .zero(contract.terms.amount.currency), parts: parts, coins: coins)
    }
}

extension RefundableCoin {
    /// - Parameter parts: of this coin.
    fileprivate init(_ coin: StoredIntent.Coin, fee: Amount?, parts: [StoredRefund]) throws(AmountError) {
        var asked = Amount.zero(coin.contribution.currency)
        var isClosed = false
        for part in parts {
            if case .failed = part.state { isClosed = true } else { asked = try asked.adding(part.amount) }
        }
        self.init(contribution: coin.contribution, refundFee: fee, asked: asked, isClosed: isClosed)
    }
}
