// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// The denomination of a coin that was used here; nil for one that never was.
    public func denomination(of coin: CoinPublicKey) async throws -> DenominationHash? {
        try await database.read { database in
            try Row.fetchOne(database, sql: "SELECT h_denom_pub FROM known_coin WHERE coin_pub = ?", arguments: [coin.data])
                .map { try $0.bytes("h_denom_pub") }
        }
    }

    /// Takes the amount from the merchant's deposit and gives it, less the fee, back to the coin, which may spend it again. The same
    /// refund again changes nothing, and is accepted even when the deposit was paid out meanwhile.
    /// - Throws: ``RefundRefusal``.
    public func refund(_ refund: CoinRefund, at now: Timestamp) async throws {
        // No deposit is so large that an amount beyond the books' numbers would not be above it.
        let (amount, fee) = ((try? units(refund.amount)) ?? .max, try units(refund.fee))
        try await database.write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT d.id, c.contribution,
                        coalesce((SELECT sum(r.amount) FROM refund r WHERE r.deposit = d.id AND r.coin_pub = c.coin_pub), 0) AS refunded,
                        EXISTS (SELECT 1 FROM transfer_coin t WHERE t.deposit = d.id AND t.coin_pub = c.coin_pub) AS is_paid
                    FROM deposit d JOIN deposit_coin c ON c.deposit = d.id
                    WHERE d.merchant_pub = ? AND d.h_contract_terms = ? AND c.coin_pub = ?
                    """, arguments: [refund.merchantPub.data, refund.contractHash.data, refund.coinPub.data])
            guard let row else { throw RefundRefusal.unknownDeposit }
            let deposit = try row.integer("id")
            let number = Int64(bitPattern: refund.transactionID)
            let before = try Int64.fetchOne(
                database, sql: "SELECT amount FROM refund WHERE deposit = ? AND coin_pub = ? AND rtransaction_id = ?",
                arguments: [deposit, refund.coinPub.data, number])
            if let before {
                guard before == amount else { throw RefundRefusal.otherAmount }
                return
            }
            guard try row.integer("is_paid") == 0 else { throw RefundRefusal.alreadyPaid }
            guard amount <= (try row.integer("contribution")) - (try row.integer("refunded")) else { throw RefundRefusal.aboveDeposit }
            try database.execute(
                sql: """
                    INSERT INTO refund (deposit, coin_pub, rtransaction_id, amount, fee, merchant_sig, date) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [deposit, refund.coinPub.data, number, amount, fee, refund.merchantSignature.data, now.stored])
            try database.execute(
                sql: "UPDATE known_coin SET spent = spent - ? WHERE coin_pub = ?", arguments: [amount - fee, refund.coinPub.data])
        }
    }
}
