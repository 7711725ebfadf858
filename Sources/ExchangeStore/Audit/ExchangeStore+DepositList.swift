// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// Every deposit in the order in which they were first accepted.
    /// - Parameter contract: only the deposits for this one, of whatever merchant.
    public func deposits(for contract: ContractHash? = nil) async throws -> [DepositRecord] {
        let currency = currency
        return try await database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT d.id, d.merchant_pub, d.h_contract_terms, d.payto_uri, d.exchange_timestamp, d.wire_deadline, c.coin_pub,
                        c.contribution, c.deposit_fee, t.wtid, t.executed IS NOT NULL AS is_wired,
                        coalesce((SELECT sum(r.amount) FROM refund r WHERE r.deposit = d.id AND r.coin_pub = c.coin_pub), 0) AS refunded
                    FROM deposit d JOIN deposit_coin c ON c.deposit = d.id
                    LEFT JOIN transfer_coin tc ON tc.deposit = c.deposit AND tc.coin_pub = c.coin_pub
                    LEFT JOIN transfer t ON t.id = tc.transfer
                    WHERE ?1 IS NULL OR d.h_contract_terms = ?1
                    ORDER BY d.id, c.coin_pub
                    """, arguments: [contract?.data])
            var records: [DepositRecord] = []
            var last: Int64?
            for row in rows {
                let number = try row.integer("id")
                if number != last {
                    records.append(
                        DepositRecord(
                            merchantPub: try row.bytes("merchant_pub"), contractHash: try row.bytes("h_contract_terms"),
                            payto: try row.text("payto_uri"), accepted: try row.time("exchange_timestamp"),
                            wireDeadline: try row.time("wire_deadline"), coins: []))
                }
                last = number
                records[records.count - 1].coins.append(
                    DepositedCoin(
                        coinPub: try row.bytes("coin_pub"), contribution: try row.amount("contribution", currency),
                        depositFee: try row.amount("deposit_fee", currency), refunded: try row.amount("refunded", currency),
                        wireTransferID: try row.optionalBytes("wtid"), isWired: try row.integer("is_wired") != 0))
            }
            return records
        }
    }
}
