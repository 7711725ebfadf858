// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import TalerWire

/// Every address of the exchange.
enum Routes {
    static func all(
        configuration: ExchangeConfiguration, store: ExchangeStore, keys: KeyRing, pool: WorkerPool, bells: ExchangeBells,
        payouts: PayoutLoop, policy: KYCPolicy, clock: any WallClock
    ) -> [any Endpoint] {
        let fulfilment = KYCFulfilment(store: store, bell: bells.accounts, payouts: payouts, clock: clock)
        let coinHistory = GetCoinHistory(store: store)
        return [
            GetRoot(configuration: configuration, keys: keys),
            GetConfig(configuration: configuration),
            GetTerms(),
            GetPrivacy(),
            GetKeys(keys: keys, clock: clock),
            GetReserve(store: store, bell: bells.reserves),
            GetReserveHistory(store: store),
            PostBatchWithdraw(store: store, keys: keys, pool: pool, clock: clock),
            PostBatchDeposit(store: store, keys: keys, pool: pool, payouts: payouts, policy: policy, clock: clock),
            GetDeposit(store: store, keys: keys, policy: policy, bell: bells.deposits, clock: clock),
            GetTransfer(store: store, keys: keys, clock: clock),
            PostCoinRefund(store: store, keys: keys, clock: clock),
            PostMelt(store: store, keys: keys, pool: pool, clock: clock),
            PostReveal(store: store, keys: keys, pool: pool, clock: clock),
            PostRefreshOperation(),
            GetLink(store: store),
            coinHistory,
            GetCoinHistoryByItsOtherName(history: coinHistory),
            GetKYCCheck(store: store, policy: policy, bell: bells.accounts),
            GetKYCInfo(store: store),
            PostKYCUpload(store: store, fulfilment: fulfilment),
            GetKYCPage(store: store),
            PostKYCPage(store: store, fulfilment: fulfilment, baseURL: configuration.baseURL),
        ]
    }
}
