// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire

/// An order with all that is known of it.
struct OrderView: Sendable {
    var order: Order
    /// Oldest first.
    var offers: [Offer]
    var giveBacks: [GiveBack]
    /// Positions of lines whose goods were put back into stock.
    var returned: Set<Int>
    /// Positions of lines whose goods can be put back into stock.
    var returnable: [Int]
    /// What the backend answered for each contract.
    var answers: [ContractHash: BackendAnswer<OrderStatus>]

    var statuses: [ContractHash: OrderStatus] {
        answers.compactMapValues { if case .message(let status) = $0 { status } else { nil } }
    }

    /// What the backend says of the contract that paid the order; nil for one that is not paid.
    var paidStatus: BackendAnswer<OrderStatus>? {
        guard let paid = order.paidTransaction, let offer = offers.first(where: { $0.transactionID == paid }) else { return nil }
        return answers[offer.contractHash]
    }

    /// Why the backend's part is missing; nil when it is all there.
    var trouble: String? {
        for offer in offers {
            switch answers[offer.contractHash] {
            case .away(let words)?: return words
            case .refused(_, _, let hint)?: return "The payment backend says: \(hint)"
            case .message?, nil: continue
            }
        }
        return nil
    }
}

extension Office {
    /// So many contracts of one order are asked about, the newest.
    private static let maximumContracts = 8

    /// - Throws: 404 / 2005 for a text that is no order's name, or nobody's order.
    func order(_ text: String) async throws -> Order {
        guard let id = OrderID(text), let order = try await store.order(id) else {
            throw APIError(.merchantGenericOrderUnknown, hint: "There is no order of this name.")
        }
        return order
    }

    /// Asks the backend about every contract of the order.
    func view(_ order: Order) async throws -> OrderView {
        let returned = try await store.returnedLines(of: order)
        var view = OrderView(
            order: order, offers: try await store.offers(of: order.id), giveBacks: try await store.giveBacks(of: order.id),
            returned: returned, returnable: order.lines.indices.filter { order.lines[$0].takesStock && !returned.contains($0) },
            answers: [:])
        var hashes = view.offers.suffix(Self.maximumContracts).map(\.contractHash)
        if let paid = view.offers.first(where: { $0.transactionID == order.paidTransaction })?.contractHash, !hashes.contains(paid) {
            hashes.append(paid)
        }
        await withTaskGroup(of: (ContractHash, BackendAnswer<OrderStatus>).self) { group in
            for hash in hashes {
                group.addTask { [backend] in
                    (hash, await BackendAnswer.of { () async throws(SendError) in try await backend.order(hash) })
                }
            }
            for await (hash, answer) in group { view.answers[hash] = answer }
        }
        // Somebody may have asked for a refund without this shop, and exchanges may have refused some of it.
        if case .message(let status)? = view.paidStatus, let asked = status.refundAmount {
            try await store.noteRefund(order.id, asked, refused: try? status.refunds?.sumAskedFor(.failed, in: asked.currency))
            view.order = try await self.order(order.id.text)
        }
        return view
    }
}
