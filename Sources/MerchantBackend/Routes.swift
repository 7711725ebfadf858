// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

extension MerchantService {
    /// Every route, in the order in which they are tried.
    var endpoints: [any Endpoint] {
        [
            GetRoot(),
            GetConfig(identity: identity),
            GetHealth(store: store, directory: directory),
            PostContract(offers: OfferService(identity: identity, store: store, directory: directory, clock: clock)),
            PostPay(
                payments: PaymentService(
                    identity: identity, store: store, directory: directory, depositor: depositor, clock: clock, trace: trace)),
            GetOrder(store: store, changes: changes, clock: clock, expectsBank: reconciler.settings.expectsBank),
            PostRefund(refunds: refunds),
            GetRefund(refunds: refunds),
            GetHistory(store: store),
            GetTrackTransaction(tracker: tracking.transactions),
            GetTrackTransfer(tracker: tracking.transfers, directory: directory, store: store),
            GetStatus(status: status),
            GetMetrics(metrics: metrics, gauges: gauges),
        ]
    }
}
