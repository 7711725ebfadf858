// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import Logging
import MerchantCore
import MerchantStore
import TalerWire

/// Everything that asks exchanges what they did with the merchant's money.
struct Tracking: Sendable {
    let deposits: DepositTracker
    let transfers: TransferTracker
    let transactions: TransactionTracker
}

extension Tracking {
    init(
        identity: MerchantIdentity, store: MerchantStore, directory: ExchangeDirectory, sender: any Sender, clock: any WallClock,
        changes: ChangeBell<ContractHash>, logger: Logger
    ) {
        let call = ExchangeCall(directory: directory, sender: PolicedSender(sender, identity.fetchPolicy))
        let deposits = DepositTracker(identity: identity, store: store, call: call, clock: clock)
        let transfers = TransferTracker(
            store: store, call: call, merchantPub: identity.publicKey, clock: clock, changes: changes, logger: logger)
        self.init(
            deposits: deposits, transfers: transfers,
            transactions: TransactionTracker(store: store, deposits: deposits, transfers: transfers))
    }
}
