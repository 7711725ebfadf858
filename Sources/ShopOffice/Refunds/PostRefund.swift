// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import MerchantAPI
import Pages
import ShopStore
import TalerWire

/// Gives money back. Without `confirm` it asks once more. The form says what went back before and what shall go back now, which make a total:
/// the same form sent twice gives back once.
struct PostRefund: OfficeEndpoint {
    static let route = Route(.post, "/orders/:id/refund")
    let office: Office

    func answer(_ visit: Visit) async throws -> Response {
        let order = try await office.order(visit.path["id"])
        var form = RefundForm(visit.form)
        let view = try await office.view(order)
        let status: OrderStatus
        switch view.paidStatus {
        case .message(let message): status = message
        case .away(let words): throw APIError(.genericUnexpectedRequestError, hint: words, status: 502)
        case .refused(_, _, let hint):
            throw APIError(.merchantPrivatePostOrdersIdRefundOrderUnpaid, hint: "The payment backend says: \(hint)")
        case nil:
            throw APIError(.merchantPrivatePostOrdersIdRefundOrderUnpaid, hint: "This order is not paid: there is nothing to give back.")
        }
        guard let state = RefundState(order, status) else {
            throw APIError(.merchantPrivatePostOrdersIdRefundOrderUnpaid, hint: "The payment backend does not have this order as paid.")
        }
        let total: Amount
        do { total = try state.total(form, smallestUnit: office.settings.smallestUnit) } catch {
            // A second click: what it asks for is done, and what it puts back is put back once.
            if form.isConfirmed, form.reasonProblem == nil, state.isDone(form) {
                return office.redirect("/orders/\(order.id)?notice=\(try await putBack(form, order))")
            }
            form.amountProblem = error.words
            form.before = state.asked.digits
            return try office.show(view, visit.visitor, form: form, status: 422)
        }
        if let obstacle = state.obstacle(at: office.clock.now()) { form.amountProblem = obstacle }
        guard form.amountProblem == nil, form.reasonProblem == nil else {
            return try office.show(view, visit.visitor, form: form, status: 422)
        }
        guard form.isConfirmed else {
            return try office.answer(RefundQuestionPage(order: order, state: state, total: total, form: form), to: visit.visitor)
        }
        return try await refund(order, view, state, total, form, visit)
    }

    private func refund(
        _ order: Order, _ view: OrderView, _ state: RefundState, _ total: Amount, _ form: RefundForm, _ visit: Visit
    ) async throws -> Response {
        let answer = await BackendAnswer<RefundList>.of { () async throws(SendError) in
            try await office.backend.refund(RefundOrder(contractHash: state.contract, refund: total, reason: form.reason))
        }
        switch answer {
        case .message(let list):
            let refused = try? list.refunds.sumAskedFor(.failed, in: list.refundAmount.currency)
            try await office.store.noteRefund(order.id, list.refundAmount, refused: refused)
            let notice = try await putBack(form, order)
            office.logger.notice(
                "a refund was asked for in the back office", metadata: ["order": "\(order.id)", "amount": "\(list.refundAmount)"])
            return office.redirect("/orders/\(order.id)?notice=\(notice)")
        case .refused(_, let code, let hint):
            var form = form
            form.amountProblem = RefundRefusal.words(code: code, hint: hint)
            return try office.show(view, visit.visitor, form: form, status: 409)
        case .away(let words):
            throw APIError(
                .genericUnexpectedRequestError,
                hint:
                    "\(words) It is not known whether it has taken on the refund. Look at the order in a minute; to send the same form again is harmless.",
                status: 502)
        }
    }

    /// - Returns: the name of what the order's page says then.
    private func putBack(_ form: RefundForm, _ order: Order) async throws -> String {
        var isAllBack = true
        for position in form.returned.sorted() {
            switch try await office.store.putBack(position, of: order, at: office.clock.now()) {
            case .done, .doneBefore: break
            case .outOfRange, .notLimited, nil: isAllBack = false
            }
        }
        return isAllBack ? "refunded" : "refunded-not-counted"
    }
}

/// The backend's refusals of a refund for people who do not know its codes.
enum RefundRefusal {
    static func words(code: Int64?, hint: String) -> String {
        switch code.flatMap({ Int(exactly: $0) }).flatMap(ErrorCode.init(rawValue:)) {
        case .merchantPrivatePostRefundAfterWireDeadline:
            "The time for refunds is over: the exchange pays the money to you, or has done so. Pay the buyer in another way."
        case .merchantPrivatePostOrdersIdRefundInconsistentAmount:
            "The backend cannot give back this sum. It says: \(hint)"
        case .merchantPrivatePostOrdersIdRefundOrderUnpaid: "The backend does not have this order as paid."
        case .merchantPrivatePostOrdersIdRefundNotAllowedByContract: "The contract of this order does not allow refunds."
        case .merchantGenericOrderUnknown: "The backend does not know this order’s contract. Was its database replaced?"
        default: "The backend refused it. It says: \(hint)"
        }
    }
}
