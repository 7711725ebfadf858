// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Localization
import Pages
import ShopStore
import TalerWire

/// An order that is not paid: its lines, where its payment stands, and the ways to go on.
struct OrderPage: Page {
    static let templateName = "order"
    static var samples: [OrderPage] {
        get throws {
            let cases: [(OrderPhase, Order.Closing.Reason?)] = [
                (.open, nil), (.paying, nil), (.closed, .expired), (.closed, .cancelled), (.returned, .expired),
            ]
            let refunds = try RefundRecord.samples(.sample)
            return try cases.enumerated().map { index, item in
                OrderPage(
                    words: .sample, order: try Order.sample(closed: item.1), phase: item.0, isOwner: true, addresses: .sample,
                    refunds: refunds[index % refunds.count], otherWay: OtherWay(uri: "u", picture: "p"))
            }
        }
    }

    /// The shop's addresses for this order.
    struct Addresses: Sendable {
        /// The page itself, as whoever looks has it.
        var page: String
        var state: String
        var contract: String
        var cancel: String
        var again: String
        /// Whole, with the key.
        var otherDevice: String

        static let sample = Addresses(page: "p", state: "s", contract: "c", cancel: "x", again: "a", otherDevice: "o")
    }

    /// A second way to pay the same order: an address that a wallet elsewhere opens, and its picture.
    struct OtherWay: Sendable {
        var uri: String
        var picture: String
    }

    var words: Words
    var order: Order
    var phase: OrderPhase
    /// The browser that the order belongs to; another one with the link may pay, but not end it.
    var isOwner: Bool
    var addresses: Addresses
    var refunds: RefundRecord
    var otherWay: OtherWay?

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text(title), "description": .text(words("order.description")),
            "number": .text(words("order.number", ["number": order.id.text])), "page": .text(addresses.page),
            "state": .text(phase.rawValue),
            "table": .record(OrderTable(order: order, words: words).record),
        ]
        if let delivery = order.delivery { record["delivery"] = .record(delivery.record(words)) }
        switch phase {
        case .open: record["open"] = .record(open)
        case .paying: record["paying"] = .flag(true)
        case .closed: record["closed"] = .record(closed)
        case .returned: record["returned"] = .record(refunds.record)
        case .paid, .refunded: break
        }
        if phase.isWaiting { record["waiting"] = .record(waiting) }
        if isOwner, phase == .closed || phase == .returned { record["again"] = .record(["url": .text(addresses.again)]) }
        return record
    }

    private var title: String {
        switch (phase, order.closed?.reason) {
        case (.closed, .cancelled): words("order.cancelled")
        case (.closed, _): words("order.expired")
        case (.returned, _): words("order.returned")
        case (.paying, _): words("order.paying")
        default: words("order.title")
        }
    }

    private var open: PageRecord {
        var open: PageRecord = ["held": .markup(words.markup("order.held", ["time": shown(order.heldUntil, isDeadline: true)]))]
        if isOwner { open["cancel"] = .record(["url": .text(addresses.cancel)]) }
        return open
    }

    /// A time in UTC. The page's script shows it in the reader's own, and of a deadline what is left, in the place of `%`.
    private func shown(_ time: Timestamp, isDeadline: Bool = false) -> Markup {
        let text = Markup(escaping: words.dateTime(time)).html
        guard let iso = time.isoText else { return Markup(trusted: text) }
        let left = isDeadline ? " data-left=\"\(Markup(escaping: words("order.left", ["time": "%"])).html)\"" : ""
        return Markup(trusted: "<time datetime=\"\(iso)\" data-local\(left)>\(text)</time>")
    }

    private var waiting: PageRecord {
        var waiting: PageRecord = [
            "stateURL": .text(addresses.state), "contractURL": .text(addresses.contract), "otherDevice": .text(addresses.otherDevice),
            "amount": .text(words.digits(order.amount)), "currency": .text("\(order.amount.currency)"),
            "withdraw": .text(words("product.withdraw", ["currency": "\(order.amount.currency)"])),
            "install": .markup(words.markup("product.install", ["link": .link("https://wallet.taler.net/", "wallet.taler.net")])),
        ]
        if let otherWay { waiting["otherWay"] = .record(["uri": .text(otherWay.uri), "picture": .text(otherWay.picture)]) }
        return waiting
    }

    private var closed: PageRecord {
        let time = ["time": shown(order.closed?.time ?? order.heldUntil)]
        let isCancelled = order.closed?.reason == .cancelled
        var sentences = [words.markup(isCancelled ? "order.cancelledHelp" : "order.expiredHelp", time)]
        switch refunds.refunds.charge {
        case .nothing: sentences.append(Markup(escaping: words("order.nothingCharged")))
        case .part:
            sentences.append(Markup(escaping: words("order.paidInPart")))
            if refunds.isEmpty { sentences.append(Markup(escaping: words("order.partBack"))) }
        case .unknown: break
        }
        var closed: PageRecord = ["text": .markup(Markup(trusted: sentences.map(\.html).joined(separator: " ")))]
        if !refunds.isEmpty { closed["refunds"] = .record(refunds.record) }
        return closed
    }
}

extension Timestamp {
    /// `2026-11-21T03:50:00Z`, for `datetime`; nil for never.
    var isoText: String? { seconds.map { Date(timeIntervalSince1970: TimeInterval($0)).ISO8601Format() } }
}
