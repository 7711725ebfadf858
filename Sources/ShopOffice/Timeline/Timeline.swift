// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import ShopStore
import TalerWire

/// What happened to an order, from the shop's own books and from the backend's.
struct Timeline {
    private(set) var entries: [TimelineEntry] = []

    /// - Parameters:
    ///   - offers: the order's contracts, oldest first.
    ///   - statuses: what the backend says of them.
    init(_ order: Order, offers: [Offer], giveBacks: [GiveBack], statuses: [ContractHash: OrderStatus], now: Timestamp) {
        let products = order.lines.count { $0.kind != .delivery }
        add(
            order.created, .note, "Ordered", [products.counted("product", "products") + ", \(order.amount.text) in all"],
            codes: [("Order", order.id.text)])
        for (index, offer) in offers.enumerated() {
            addContract(offer, statuses[offer.contractHash], isFirst: index == 0, mayBePaid: order.state == .open && offer.expiry >= now)
            if let status = statuses[offer.contractHash] { addBackend(status) }
            for giveBack in giveBacks where giveBack.contractHash == offer.contractHash { add(giveBack) }
        }
        addShop(order, statuses, now: now)
        entries = TimelineEntry.sorted(entries)
    }

    mutating func append(_ entry: TimelineEntry) { entries.append(entry) }

    private mutating func add(
        _ time: Timestamp?, _ tone: Tone, _ title: String, _ details: [String] = [], codes: [(label: String, value: String)] = []
    ) {
        append(TimelineEntry(time: time, tone: tone, title: title, details: details, codes: codes))
    }

    private mutating func addContract(_ offer: Offer, _ status: OrderStatus?, isFirst: Bool, mayBePaid: Bool) {
        let contract = status?.contract ?? (try? JSONParser.parse(Array(offer.contract.utf8)))
        let signed = contract?["timestamp"].flatMap { try? Timestamp(json: $0) }
        let until = mayBePaid ? "It may be paid until \(offer.expiry.text)." : "It could be paid until \(offer.expiry.text)."
        add(
            signed, .note, isFirst ? "Contract signed" : "Another contract signed", [until],
            codes: [("Transaction", "\(offer.transactionID)"), ("H_contract", offer.contractHash.base32)])
    }

    private mutating func addShop(_ order: Order, _ statuses: [ContractHash: OrderStatus], now: Timestamp) {
        if let paidAt = order.paidAt, !statuses.values.contains(where: { $0.paidAt != nil }) {
            add(paidAt, .good, "Paid", ["This shop learned of it at that time."])
        }
        if let closed = order.closed {
            switch closed.reason {
            case .expired: add(closed.time, .quiet, "Closed", ["Nobody had paid in time. What was reserved can be bought by others."])
            case .cancelled: add(closed.time, .quiet, "Cancelled by the buyer", ["What was reserved can be bought by others."])
            }
        } else if order.state == .open, order.heldUntil < now {
            add(nil, .wait, "About to be closed", ["The time to pay is over; the shop looks whether a payment is still under way."])
        }
        if let sent = order.sent {
            let words = order.hasGoods ? "Sent" : "Marked as sent"
            add(sent.time, .good, words, sent.note.isEmpty ? [] : ["“\(sent.note)”"])
        }
        if statuses.isEmpty, !order.refunded.isZero {
            add(nil, .note, "Refund asked for", ["\(order.refunded.text) all in all, as far as this shop remembers."])
        }
    }

    private mutating func add(_ giveBack: GiveBack) {
        let why: String =
            switch giveBack.reason {
            case .late: "The money came when the order was closed already; so it all goes back."
            case .second: "The order had been paid by another contract; so this money goes back."
            }
        switch giveBack.state {
        case .wanted:
            add(giveBack.created, .wait, "Money to be given back", [why] + trouble(giveBack, "The backend is asked again by itself."))
        case .asked: add(giveBack.created, .note, "Money given back by the shop itself", [why, "The backend has taken it on."])
        case .failed:
            add(
                giveBack.created, .bad, "The backend will not give this money back",
                [why] + trouble(giveBack, "You have to pay \(giveBack.amount.text) to this buyer in another way, or try once more."))
        }
    }

    private func trouble(_ giveBack: GiveBack, _ next: String) -> [String] {
        var sentences: [String] = []
        if giveBack.attempts > 0 { sentences.append("It was tried \(giveBack.attempts.counted("time", "times")).") }
        if let error = giveBack.error { sentences.append(error) }
        return sentences + [next]
    }
}
