// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import ShopStore
import TalerWire

/// How much of an order's money can go back, as the backend has it.
struct RefundState {
    /// The contract that paid the order.
    let contract: ContractHash
    let paid: Amount
    /// All that was asked for so far.
    let asked: Amount
    /// What exchanges have refused of that, for good.
    let refused: Amount
    /// Until then the backend takes refunds on; nil when the contract does not say.
    let deadline: Timestamp?

    /// - Returns: nil for an order that is not paid, or of which the backend does not say so.
    init?(_ order: Order, _ status: OrderStatus?) {
        guard order.isPaid, let status, status.state.isPaid, !status.amount.isZero else { return nil }
        contract = status.contractHash
        paid = status.amount
        asked = status.refundAmount ?? .zero(status.amount.currency)
        refused = (try? status.refunds?.sumAskedFor(.failed, in: asked.currency)) ?? .zero(asked.currency)
        deadline = status.contract["refund_deadline"].flatMap { try? Timestamp(json: $0) }
    }

    /// What can still be asked for.
    var possible: Amount { (try? paid.subtracting(asked)) ?? .zero(paid.currency) }

    /// Why nothing more can be asked for; nil when something can.
    func obstacle(at now: Timestamp) -> String? {
        if possible.isZero {
            return refused.isZero
                ? "Everything was given back already."
                : "Everything was asked for already, and an exchange has refused \(refused.text) of it. Pay the buyer that in another way."
        }
        guard let deadline else { return nil }
        if deadline == .zero { return "This contract does not allow refunds." }
        return deadline < now ? "The time for refunds is over: it ended on \(deadline.text)." : nil
    }

    /// Reads the form.
    /// - Returns: all that the buyer shall have back then, all in all.
    /// - Throws: ``RefundProblem``, also when something went back since the form was made.
    func total(_ form: RefundForm, smallestUnit: Amount) throws(RefundProblem) -> Amount {
        guard amount(form.before) == asked else {
            throw RefundProblem("\(asked.text) go back by now, which is not what this page had shown. Look at the sum once more.")
        }
        guard form.amount.contains(where: { $0 != " " }) else { throw RefundProblem("Type how much shall go back now.") }
        guard let more = amount(form.amount) else { throw RefundProblem("An amount like \(possible.fullDigits) is needed.") }
        guard !more.isZero else { throw RefundProblem("It must be more than nothing.") }
        guard more.units <= possible.units, let total = try? asked.adding(more) else {
            throw RefundProblem(
                asked.isZero
                    ? "This is more than the \(paid.text) that were paid."
                    : "This is more than the \(possible.text) that can still go back.")
        }
        guard more == possible || more.isMultiple(of: smallestUnit) else {
            throw RefundProblem("It must be a whole number of \(smallestUnit.text).")
        }
        return total
    }

    /// True when the form was sent before: what it asks for is what was asked for.
    func isDone(_ form: RefundForm) -> Bool {
        guard let before = amount(form.before), let more = amount(form.amount), !more.isZero else { return false }
        return (try? before.adding(more)) == asked
    }

    private func amount(_ text: String) -> Amount? {
        try? Amount("\(paid.currency):\(text.filter { $0 != " " }.replacing(",", with: "."))")
    }
}

/// What is wrong with what was typed, in words that stand beside the field.
struct RefundProblem: Error, Equatable {
    let words: String
    init(_ words: String) { self.words = words }
}
