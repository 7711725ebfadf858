// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

/// Says that the goods of an order were sent, on which day and with which note; `undo` takes it back.
struct PostSent: OfficeEndpoint {
    static let route = Route(.post, "/orders/:id/sent")
    let office: Office

    func answer(_ visit: Visit) async throws -> Response {
        let order = try await office.order(visit.path["id"])
        if visit.form["undo"] == "yes" {
            _ = try await office.store.setSent(order.id, nil)
            return office.redirect("/orders/\(order.id)?notice=unsent")
        }
        guard order.isPaid else {
            throw APIError(.merchantPrivatePostOrdersIdRefundOrderUnpaid, hint: "This order is not paid: nothing should be sent for it.")
        }
        var form = SentForm(visit.form)
        guard let time = form.check(order, at: office.clock.now()) else {
            return try office.show(try await office.view(order), visit.visitor, sending: form, status: 422)
        }
        _ = try await office.store.setSent(order.id, Order.Sending(time: time, note: form.note))
        return office.redirect("/orders/\(order.id)?notice=sent")
    }
}

/// The fields of the form for what was sent.
struct SentForm: Equatable {
    static let maximumNote = 300

    /// As it was typed: `2026-11-21`.
    var day: String
    var note = ""
    var dayProblem: String?
    var noteProblem: String?

    init(day: String) { self.day = day }

    init(_ form: Query) {
        day = form["day"] ?? ""
        note = (form["note"] ?? "").oneLine
    }

    /// When it was sent: the day's first moment, or now for today.
    /// - Returns: nil when something is wrong, which then stands beside its field.
    mutating func check(_ order: Order, at now: Timestamp) -> Timestamp? {
        if note.unicodeScalars.count > Self.maximumNote { noteProblem = "This is longer than \(Self.maximumNote) characters." }
        guard let time = CivilTime.day(day) else {
            dayProblem = "A date like \(now.dayText) is needed."
            return nil
        }
        if time > now {
            dayProblem = "This day has not come yet."
        } else if day < order.created.dayText {
            dayProblem = "This was before the order was made, on \(order.created.dateText)."
        }
        guard dayProblem == nil, noteProblem == nil else { return nil }
        return day == now.dayText ? now : max(time, order.created)
    }
}
