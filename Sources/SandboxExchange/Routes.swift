// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import TalerWire

/// Every address of the exchange.
enum Routes {
    static func all(
        configuration: ExchangeConfiguration, store: ExchangeStore, keys: KeyRing, pool: WorkerPool, bells: ExchangeBells,
        clock: any WallClock
    ) -> [any Endpoint] {
        [
            GetRoot(configuration: configuration),
            GetConfig(configuration: configuration),
            GetTerms(),
            GetPrivacy(),
            GetKeys(keys: keys, clock: clock),
            GetReserve(store: store, bell: bells.reserves),
            PostBatchWithdraw(store: store, keys: keys, pool: pool, clock: clock),
            PostBatchDeposit(store: store, keys: keys, pool: pool, clock: clock),
            GetDeposit(store: store, keys: keys, bell: bells.deposits, clock: clock),
            PostCoinRefund(store: store, keys: keys, bell: bells.deposits, clock: clock),
        ]
    }
}
