// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension WalletStore {
    /// The coins of a purchase, in the order of its permission.
    public func coins(of purchase: StoredPurchase) async throws(WalletStoreError) -> [StoredCoin] {
        try await read { database in
            try Row.fetchAll(
                database, sql: Self.selectCoin + "JOIN purchase_coin ON coin_id = coin.id WHERE purchase_id = ? ORDER BY position",
                arguments: [purchase.id]
            ).map(StoredCoin.init)
        }
    }

    /// A payment that got no outcome is over: the coins' histories have told.
    ///
    /// With a deposit the payment counts as paid. Coins without one are free, and known to be exposed: their signatures are still with others.
    /// - Parameter deposited: the coins that the exchange has taken for this contract.
    public func giveUp(
        _ purchase: StoredPurchase, deposited: Set<CoinPublicKey>, reason: String, now: Timestamp
    ) async throws(WalletStoreError) -> StoredPurchase {
        try await write { database in
            let isPaid = !deposited.isEmpty
            let uses = try Self.uses(database, of: purchase)
            try database.change(
                "the payment",
                "UPDATE purchase SET state = ?, last_error = ?, is_exposed = ?, ended = ? WHERE id = ? AND state = 'unresolved'",
                [
                    isPaid ? "paid" : "refused", isPaid ? nil : reason, !uses.allSatisfy { deposited.contains($0.coinPub) },
                    now.storedSeconds, purchase.id,
                ])
            for use in uses {
                let rest = deposited.contains(use.coinPub) ? try use.remaining.subtracting(use.contribution) : use.remaining
                try database.change(
                    "a coin", "UPDATE coin SET remaining = ?, state = ? WHERE id = ? AND state = 'locked'",
                    [rest.description, rest.isZero ? "spent" : "fresh", use.coinID])
            }
            return try Self.purchase(database, id: purchase.id)
        }
    }

    /// The exchange has taken a payment that was given up: its permission arrived after all.
    public func givenUpPurchaseIsPaid(_ contract: ContractHash) async throws(WalletStoreError) {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE OR IGNORE purchase SET state = 'paid', last_error = NULL
                    WHERE h_contract = ? AND state = 'refused' AND is_exposed
                    """, arguments: [contract.blob])
        }
    }
}
