// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import TalerWire

extension MerchantStore {
    /// What is refunded of a coin's contribution to an intent's contract.
    /// - Returns: `confirmed`: by the exchange's signature. `atMost`: with every refund whose outcome is not known, at most the
    ///   contribution.
    static func refunds(
        _ database: Database, intent: Int64, coin: CoinPublicKey, of contribution: Amount
    ) throws -> (confirmed: Amount, atMost: Amount) {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT amount, refund.state FROM refund JOIN intent USING (contract_id, exchange_url)
                WHERE intent.id = ? AND coin_pub = ? AND refund.state <> 'failed'
                """, arguments: [intent, coin.blob]
        ).map { row in (isConfirmed: (row["state"] as String) == "accepted", amount: try Amount(row["amount"] as String)) }
        let confirmed = try Amount.sum(rows.filter(\.isConfirmed).map(\.amount), in: contribution.currency)
        let all = try Amount.sum(rows.map(\.amount), in: contribution.currency)
        return (confirmed, all.units < contribution.units ? all : contribution)
    }
}
