// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import ShopStore
import TalerWire

/// What goes back of an order's money, as far as the backend tells.
struct Refunds: Sendable, Equatable {
    /// What goes back, or has gone back: of a paid order what was asked for of its contract, of a closed one the coins that came without
    /// its being paid. What exchanges refuse is not among it.
    var coming: Amount
    /// What exchanges will not give back.
    var failed: Amount
    /// Contracts whose wallet can fetch something.
    var contracts: [ContractHash] = []
    /// Exchanges have given back all that they do not refuse.
    var isGiven = false
    /// Money that came for nothing: for a closed order, or a second time.
    var returns: [GiveBack] = []
    /// Of a closed order.
    var charge = Charge.nothing

    /// What was taken for an order that was never paid.
    enum Charge: Sendable, Equatable {
        case nothing
        /// Some exchanges took coins, and the rest did not come in time.
        case part
        /// The backend does not tell.
        case unknown
    }

    init(_ currency: Currency) {
        coming = .zero(currency)
        failed = .zero(currency)
    }
}

extension Shop {
    /// So many contracts of one order are asked about, the newest.
    private static let maximumContracts = 8

    /// Asks the backend what it lists of an order's contracts. Without an answer what the shop remembers counts.
    /// - Returns: the order as it is then, with what goes back.
    func refunds(of order: Order) async throws -> (order: Order, refunds: Refunds) {
        var refunds = Refunds(order.amount.currency)
        refunds.returns = try await store.giveBacks(of: order.id)
        for back in refunds.returns {
            guard let list = try await settlement.refunds(of: back.contractHash, order: order), list.isWorthFetching else { continue }
            refunds.contracts.append(back.contractHash)
        }
        if order.state == .closed || order.state == .returned { try await addParts(of: order, to: &refunds) }
        guard order.isPaid, let paid = try await store.currentOffer(of: order.id)?.contractHash else { return (order, refunds) }
        let list = try await settlement.refunds(of: paid, order: order)
        refunds.isGiven = list?.isGiven ?? false
        let known = try await store.order(order.id) ?? order
        refunds.coming = known.refunded
        refunds.failed = known.refundRefused
        if list?.isWorthFetching ?? !known.refunded.isZero { refunds.contracts.append(paid) }
        return (known, refunds)
    }

    private enum Finding: Sendable {
        case list(RefundList)
        case nothing
        /// Coins were taken, and are not on the list yet.
        case part
        case unknown
    }

    /// What exchanges took of contracts that were never paid in full: the backend gives it back by itself.
    private func addParts(of order: Order, to refunds: inout Refunds) async throws {
        let looked = Set(refunds.returns.map(\.contractHash))
        let hashes = try await store.offers(of: order.id).map(\.contractHash).filter { !looked.contains($0) }.suffix(Self.maximumContracts)
        let findings = try await withThrowingTaskGroup(of: (ContractHash, Finding).self) { group in
            for hash in hashes { group.addTask { (hash, try await finding(hash, order)) } }
            return try await group.reduce(into: [ContractHash: Finding]()) { $0[$1.0] = $1.1 }
        }
        var isGiven = refunds.returns.isEmpty
        for hash in hashes {
            switch findings[hash] {
            case .nothing: continue
            case .unknown, nil:
                isGiven = false
                if refunds.charge == .nothing { refunds.charge = .unknown }
            case .part: (refunds.charge, isGiven) = (.part, false)
            case .list(let list)?:
                refunds.charge = .part
                isGiven = isGiven && list.refunds.allSatisfy { $0.status == .accepted || $0.status == .failed }
                refunds.contracts.append(hash)
                for part in list.refunds {
                    if part.status == .failed {
                        refunds.failed = try refunds.failed.adding(part.refundAmount)
                    } else {
                        refunds.coming = try refunds.coming.adding(part.refundAmount)
                    }
                }
            }
        }
        refunds.isGiven = isGiven && !refunds.coming.isZero
    }

    private func finding(_ hash: ContractHash, _ order: Order) async throws -> Finding {
        guard let list = try await settlement.refunds(of: hash, order: order),
            list.refunds.allSatisfy({ $0.refundAmount.currency == order.amount.currency })
        else { return .unknown }
        if list.isWorthFetching { return .list(list) }
        return switch await settlement.isPartlyPaid(hash) {
        case true?: .part
        case false?: .nothing
        case nil: .unknown
        }
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
