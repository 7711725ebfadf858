// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import Pages
import ShopStore
import TalerWire

/// One order.
struct OrderDetailsPage: OfficePage {
    static let templateName = "order"
    static let section: OfficeSection? = .orders

    var view: OrderView
    var now: Timestamp
    /// With what was wrong; nil for a fresh one.
    var form: RefundForm?
    var sending: SentForm?
    /// What has just been done.
    var notice: String?

    private var order: Order { view.order }

    private static let languages = ["en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian"]

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text("Order \(order.shortName)"), "id": .text(order.id.text), "name": .text(order.shortName),
            "badges": order.badgeRecord, "created": order.created.record, "amount": .text(order.amount.text),
            "language": .text(Self.languages[order.language] ?? order.language), "lines": .list(order.lines.enumerated().map(line)),
            "timeline": .list(
                Timeline(order, offers: view.offers, giveBacks: view.giveBacks, statuses: view.statuses, now: now).entries.map(\.record)),
        ]
        notice.section(&record, "notice")
        record["mistake"] = .flag(
            form?.amountProblem != nil || form?.reasonProblem != nil || sending?.dayProblem != nil || sending?.noteProblem != nil)
        view.trouble.section(&record, "trouble")
        if let delivery = order.delivery {
            record["delivery"] = .record(["lines": .list(delivery.envelope.map { .record(["words": .text($0)]) })])
        }
        if order.isPaid, order.hasGoods || order.delivery != nil { record["sending"] = sendingRecord }
        if order.isPaid { record["refund"] = refundRecord }
        record["stuckGiveBack"] = .flag(view.giveBacks.contains { $0.state == .failed })
        if let offer = view.offers.last(where: { $0.transactionID == order.paidTransaction }) ?? view.offers.last {
            record["contract"] = .record([
                "transaction": .text("\(offer.transactionID)"), "hash": .text(offer.contractHash.base32),
            ])
        }
        return record
    }

    private func line(_ position: Int, _ line: OrderLine) -> PageValue {
        var record: PageRecord = [
            "title": .text(line.title), "kind": .text(line.kind.words), "quantity": .text("\(line.quantity)"),
            "unit": .text(line.unitPrice.text), "amount": .text(line.amount.text),
            "taxes": .list(line.taxes.map { .record(["words": .text("\($0.name) \($0.amount.text)")]) }),
            "isReturned": .flag(view.returned.contains(position)),
        ]
        if !line.product.isEmpty { record["product"] = .record(["id": .text(line.product)]) }
        return .record(record)
    }

    private var sendingRecord: PageValue {
        if let sent = order.sent, sending == nil {
            var done: PageRecord = ["date": .text(sent.time.dateText)]
            if !sent.note.isEmpty { done["note"] = .record(["words": .text(sent.note)]) }
            return .record(["done": .record(done)])
        }
        let form = sending ?? SentForm(day: now.dayText)
        var fields: PageRecord = ["today": .text(now.dayText), "day": .text(form.day), "note": .text(form.note)]
        form.dayProblem.section(&fields, "dayProblem")
        form.noteProblem.section(&fields, "noteProblem")
        return .record(["form": .record(fields)])
    }

    private var refundRecord: PageValue {
        guard case .message(let status)? = view.paidStatus, let state = RefundState(order, status) else {
            let words =
                order.amount.isZero ? "This order was free." : "Refunds can be asked for when the payment backend answers for this order."
            return .record(["obstacle": .record(["words": .text(words)])])
        }
        var record: PageRecord = [
            "sums": .record(["paid": .text(state.paid.text), "asked": .text(state.asked.text), "possible": .text(state.possible.text)])
        ]
        if let obstacle = state.obstacle(at: now), form == nil {
            record["obstacle"] = .record(["words": .text(obstacle)])
            return .record(record)
        }
        let form = form ?? RefundForm(amount: state.possible.fullDigits, before: state.asked.digits)
        var fields: PageRecord = [
            "amount": .text(form.amount), "before": .text(form.before), "reason": .text(form.reason),
            "most": .text(state.possible.text), "hasAsked": .flag(!state.asked.isZero),
        ]
        if let deadline = state.deadline, !deadline.isNever { fields["deadline"] = deadline.record }
        form.amountProblem.section(&fields, "amountProblem")
        form.reasonProblem.section(&fields, "reasonProblem")
        fields["returnable"] = .list(
            view.returnable.filter(order.lines.indices.contains).map { position in
                .record([
                    "position": .text("\(position)"),
                    "words": .text("\(order.lines[position].quantity) × \(order.lines[position].title)"),
                    "isChosen": .flag(form.returned.contains(position)),
                ])
            })
        record["form"] = .record(fields)
        return .record(record)
    }
}
