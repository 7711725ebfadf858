// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import MerchantCore
public import TalerWire

extension MerchantStore {
    /// Contracts that were paid in part, on which nothing is under way, and which have expired: what was taken is to be given back, and
    /// of at least one coin that was not begun yet.
    public func contractsToGiveBack(now: Timestamp) async throws(MerchantStoreError) -> [StoredContract] {
        try await Self.orFailAsync {
            try await database.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT * FROM contract WHERE paid_at IS NULL
                            AND EXISTS (
                                SELECT 1 FROM intent JOIN intent_coin ON intent_id = intent.id
                                WHERE intent.contract_id = contract.id AND state IN ('accepted', 'unconfirmed') AND NOT EXISTS (
                                    SELECT 1 FROM refund WHERE refund.contract_id = contract.id AND refund.coin_pub = intent_coin.coin_pub))
                            AND NOT EXISTS (SELECT 1 FROM intent WHERE contract_id = contract.id AND state = 'open')
                        ORDER BY id
                        """
                ).map(StoredContract.init(row:)).filter { $0.terms.expiry < now }
            }
        }
    }

    /// Deposits that contracts were paid without (``PaymentProgress/surplus``), and of whose coins none was asked back for that reason.
    public func surplusDeposits() async throws(MerchantStoreError) -> [(contract: StoredContract, intent: StoredIntent)] {
        try await Self.orFailAsync {
            try await database.read { database in
                let contracts = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT contract.* FROM (SELECT contract_id FROM permission GROUP BY contract_id HAVING count(*) > 1) AS several
                        JOIN contract ON contract.id = several.contract_id
                        WHERE paid_at IS NOT NULL AND (
                            SELECT count(DISTINCT permission_id) FROM intent
                            WHERE intent.contract_id = contract.id AND state IN ('accepted', 'unconfirmed')) > 1
                        ORDER BY contract.id
                        """
                ).map(StoredContract.init(row:))
                return try contracts.flatMap { contract in
                    let begun = try Int64.fetchSet(
                        database,
                        sql: """
                            SELECT intent_id FROM refund JOIN refund_order ON refund_order.id = refund_order_id
                            WHERE refund.contract_id = ? AND origin = 'backend'
                            """, arguments: [contract.id])
                    return try Self.progress(database, of: contract.id).surplus.filter { !begun.contains($0) }.map {
                        (contract, try Self.intent(database, id: $0))
                    }
                }
            }
        }
    }
}
