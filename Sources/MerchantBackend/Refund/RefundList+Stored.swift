// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import MerchantCore
import MerchantStore
import TalerWire

extension RefundList {
    /// - Parameter now: decides what counts as stuck.
    init(_ book: RefundBook, now: Timestamp) {
        self.init(
            refundAmount: book.asked, givenAmount: Self.sum(book) { if case .accepted = $0 { true } else { false } },
            failedAmount: Self.sum(book) { if case .failed = $0 { true } else { false } },
            refunds: book.parts.map { Part($0, now: now) })
    }

    /// Parts are never more than coins contributed, and those were summed up when they paid.
    private static func sum(_ book: RefundBook, _ isCounted: (StoredRefund.State) -> Bool) -> Amount {
        let amounts = book.parts.filter { isCounted($0.state) }.map(\.amount)
        return (try? Amount.sum(amounts, in: book.asked.currency)) ?? .zero(book.asked.currency)
    }
}

extension RefundList.Part {
    init(_ refund: StoredRefund, now: Timestamp) {
        let status: Status =
            switch refund.state {
            case .open: refund.isStuck(at: now) ? .stuck : .open
            case .accepted: .accepted
            case .failed: .failed
            }
        self.init(
            coinPub: refund.coinPub, exchangeURL: refund.exchangeURL, refundAmount: refund.amount,
            refundTransactionID: refund.refundTransactionID, status: status, origin: refund.origin.rawValue)
        switch refund.state {
        case .open: break
        case .accepted(let pub, let signature):
            exchangePub = pub
            exchangeSignature = signature
        case .failed(let httpStatus, let answer):
            exchangeStatus = httpStatus
            code = answer["code"]?.integerValue
        }
    }
}

extension OrderStatus {
    /// Adds what was given back. A paid contract of which everything was given back is refunded; one that was paid in part is as expired
    /// as if nobody had paid.
    mutating func add(_ book: RefundBook, now: Timestamp) {
        guard !book.parts.isEmpty || !book.asked.isZero else { return }
        refundAmount = book.asked
        refunds = book.parts.map { refund in
            var part = RefundList.Part(refund, now: now)
            part.details = RefundList.Details(
                reason: refund.reason, created: refund.created, attempts: refund.attempts, lastError: refund.lastError,
                mayHaveReached: refund.mayHaveReached)
            return part
        }
        guard book.isEverythingGivenBack else { return }
        if state.isPaid { state = .refunded }
        // What was paid in part, and given back because the rest did not come in time.
        if state == .partiallyPaid, now > expiry { state = .expired }
    }
}
