// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// Nil for a coin that was never used here.
    /// - Parameter number: events up to this one are left out; the balance is of them all.
    public func history(of coin: CoinPublicKey, after number: UInt64) async throws -> CoinHistory? {
        let currency = currency
        return try await database.read { database in
            let known = try Row.fetchOne(
                database,
                sql: """
                    SELECT h_denom_pub, h_age_commitment, value - spent AS balance,
                        coalesce((SELECT max(id) FROM coin_event e WHERE e.coin_pub = k.coin_pub), 0) AS last
                    FROM known_coin k WHERE coin_pub = ?
                    """, arguments: [coin.data])
            guard let known else { return nil }
            let age: AgeCommitmentHash? = try known.optionalBytes("h_age_commitment")
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT d.merchant_pub, d.h_contract_terms, d.h_wire, d.timestamp, d.refund_deadline,
                        c.contribution, c.deposit_fee, c.coin_sig,
                        r.rtransaction_id, r.amount, r.fee, r.merchant_sig,
                        m.rc, m.amount_with_fee, m.melt_fee, m.coin_sig AS melt_sig
                    FROM coin_event e LEFT JOIN deposit d ON d.id = e.deposit
                    LEFT JOIN deposit_coin c ON c.deposit = e.deposit AND c.coin_pub = e.coin_pub
                    LEFT JOIN refund r
                        ON r.deposit = e.deposit AND r.coin_pub = e.coin_pub AND r.rtransaction_id = e.rtransaction_id
                    LEFT JOIN refresh m ON m.id = e.refresh
                    WHERE e.coin_pub = ? AND e.id > ? ORDER BY e.id
                    """, arguments: [coin.data, Int64(clamping: number)])
            return CoinHistory(
                denominationHash: try known.bytes("h_denom_pub"), balance: try known.amount("balance", currency),
                lastNumber: UInt64(bitPattern: try known.integer("last")),
                events: try rows.map { try Self.event($0, coin, age, currency) })
        }
    }

    private static func event(_ row: Row, _ coin: CoinPublicKey, _ age: AgeCommitmentHash?, _ currency: Currency) throws -> CoinEvent {
        if row["rtransaction_id"] as Int64? != nil { return .refund(try CoinRefund(row: row, of: coin, currency)) }
        if let commitment: RefreshCommitment = try row.optionalBytes("rc") {
            return .melt(
                CoinMelt(
                    commitment: commitment, ageCommitmentHash: age, amountWithFee: try row.amount("amount_with_fee", currency),
                    fee: try row.amount("melt_fee", currency), coinSignature: try row.bytes("melt_sig")))
        }
        return .deposit(
            CoinDeposit(
                merchantPub: try row.bytes("merchant_pub"), contractHash: try row.bytes("h_contract_terms"),
                wireHash: try row.bytes("h_wire"), timestamp: try row.time("timestamp"), refundDeadline: try row.time("refund_deadline"),
                ageCommitmentHash: age, contribution: try row.amount("contribution", currency),
                depositFee: try row.amount("deposit_fee", currency), coinSignature: try row.bytes("coin_sig")))
    }
}

extension CoinRefund {
    init(row: Row, of coin: CoinPublicKey, _ currency: Currency) throws {
        self.init(
            coinPub: coin, merchantPub: try row.bytes("merchant_pub"), contractHash: try row.bytes("h_contract_terms"),
            transactionID: UInt64(bitPattern: try row.integer("rtransaction_id")), amount: try row.amount("amount", currency),
            fee: try row.amount("fee", currency), merchantSignature: try row.bytes("merchant_sig"))
    }
}
