// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import MerchantStore
import TalerWire

extension OrderStatus {
    /// Adds what was transferred; an order whose money has all arrived is `wired`.
    /// - Parameter byBank: what only the exchange says has not arrived.
    mutating func add(_ found: ContractTransfers, byBank: Bool) {
        guard !found.transfers.isEmpty else { return }
        transfers = found.transfers.map { item in
            OrderTransfer(
                exchangeURL: item.transfer.exchangeURL, transferID: item.transfer.transferID, executionTime: item.transfer.executionTime,
                amount: item.share, total: item.transfer.total, wireFee: item.transfer.wireFee,
                confirmedBy: item.transfer.isConfirmedByBank ? .bank : .exchange, arrivedAt: item.credit?.credit.date)
        }
        if state == .paid, found.isWired(byBank: byBank) { state = .wired }
    }
}
