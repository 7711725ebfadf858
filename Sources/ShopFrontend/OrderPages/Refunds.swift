// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import ShopStore
import TalerWire

/// What goes back of an order's money, as far as the backend tells.
struct Refunds: Sendable, Equatable {
    /// Asked for of the contract that paid the order, all in all.
    var asked: Amount
    /// What the exchange will not give back of that.
    var failed: Amount
    /// Contracts whose wallet can fetch something.
    var contracts: [ContractHash] = []
    /// Exchanges have given back all that they do not refuse of a paid order's contract.
    var isGiven = false
    /// Money that came for nothing: for a closed order, or a second time.
    var returns: [GiveBack] = []

    init(_ currency: Currency) {
        asked = .zero(currency)
        failed = .zero(currency)
    }
}

extension Shop {
    /// Asks the backend what it lists of an order's contracts. Without an answer what the shop remembers counts.
    /// - Returns: the order as it is then, with what goes back.
    func refunds(of order: Order) async throws -> (order: Order, refunds: Refunds) {
        var refunds = Refunds(order.amount.currency)
        refunds.returns = try await store.giveBacks(of: order.id)
        for back in refunds.returns {
            guard let list = try await settlement.refunds(of: back.contractHash, order: order), list.isWorthFetching else { continue }
            refunds.contracts.append(back.contractHash)
        }
        guard order.isPaid, let paid = try await store.currentOffer(of: order.id)?.contractHash else { return (order, refunds) }
        let list = try await settlement.refunds(of: paid, order: order)
        refunds.isGiven = list?.isGiven ?? false
        let known = try await store.order(order.id) ?? order
        refunds.asked = known.refunded
        if let list, list.failedAmount.currency == order.amount.currency { refunds.failed = list.failedAmount }
        if list?.isWorthFetching ?? !known.refunded.isZero { refunds.contracts.append(paid) }
        return (known, refunds)
    }
}

extension RefundList {
    /// Whether a wallet finds anything on it.
    var isWorthFetching: Bool { !refunds.isEmpty || !refundAmount.isZero }

    /// Whether exchanges have given back what they do not refuse, and nothing is open.
    var isGiven: Bool {
        guard !givenAmount.isZero, refunds.allSatisfy({ $0.status == .accepted || $0.status == .failed }),
            let answered = try? givenAmount.adding(failedAmount), let isLess = try? answered.isLess(than: refundAmount)
        else { return false }
        return !isLess
    }
}
