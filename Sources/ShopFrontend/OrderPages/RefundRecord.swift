// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages
import ShopStore
import TalerWire

/// What a page says about money that goes back, and what its script tells the wallet.
struct RefundRecord: Sendable {
    var refunds: Refunds
    var order: Order
    /// `H_contract` and the address where its wallet fetches refunds.
    var fetches: [(contract: String, url: String)]
    var words: Words

    /// - Parameter links: nil for no addresses.
    init(_ refunds: Refunds, of order: Order, links: ShopLinks? = nil, words: Words) {
        self.refunds = refunds
        self.order = order
        self.words = words
        fetches = links.map { links in refunds.contracts.map { ($0.base32, links.refund(order.id, contract: $0.base32)) } } ?? []
    }

    /// Whether there is anything to say.
    var isEmpty: Bool { refunds.coming.isZero && refunds.failed.isZero && refunds.returns.isEmpty }

    /// Names: `whole`, `part`, `failed`, `returns` (list of `text`), `fetches` (list of `contract`, `url`), `canFetch` (with
    /// `wallet`).
    var record: PageRecord {
        var record: PageRecord = [
            "returns": .list(refunds.returns.map { .record(["text": .text(text($0))]) }),
            "fetches": .list(fetches.map { .record(["contract": .text($0.contract), "url": .text($0.url)]) }),
        ]
        let total = words.amount(order.amount)
        if order.isWhollyRefunded {
            record["whole"] = .record([
                "text": .text(words(refunds.isGiven ? "bought.givenWhole" : "bought.refundedWhole", ["amount": total]))
            ])
        } else if !refunds.coming.isZero {
            record["part"] = .record([
                "text": .text(
                    words(
                        refunds.isGiven ? "bought.givenPart" : "bought.refundedPart",
                        ["amount": words.amount(refunds.coming), "total": total]))
            ])
        }
        if !refunds.failed.isZero {
            record["failed"] = .record([
                "text": .text(words("bought.refundFailed", ["amount": words.amount(refunds.failed), "number": order.id.text]))
            ])
        }
        if !fetches.isEmpty {
            record["canFetch"] = .record(["wallet": .text(words(refunds.isGiven ? "bought.givenWallet" : "bought.refundWallet"))])
        }
        return record
    }

    private func text(_ back: GiveBack) -> String {
        let values = ["amount": words.amount(back.amount), "date": words.dateTime(back.created)]
        let what = words(back.reason == .late ? "order.returnLate" : "order.returnSecond", values)
        let state =
            switch back.state {
            case .wanted: words("order.returnWanted")
            case .asked: words("order.returnAsked")
            case .failed: words("order.returnFailed", ["number": order.id.text])
            }
        return "\(what) \(state)"
    }

    /// Together they have every part, for the check of templates: all, or some of the money has gone back.
    static func samples(_ words: Words) throws -> [RefundRecord] {
        let orders = [try Order.sample(isPaid: true), try Order.sample(isPaid: true, refunded: "KUDOS:0.5")]
        return orders.map { order in
            var refunds = Refunds(order.amount.currency)
            refunds.coming = order.refunded
            refunds.failed = order.refunded
            refunds.returns = GiveBack.samples(order)
            var record = RefundRecord(refunds, of: order, words: words)
            record.fetches = [("c", "u")]
            return record
        }
    }
}
