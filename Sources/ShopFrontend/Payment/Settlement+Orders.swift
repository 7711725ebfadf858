// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire

/// What pages ask for. The backend is given a few seconds.
extension Settlement {
    /// The order as it is after asking the backend: a payment that has settled is noted, and an order whose time is over is closed when
    /// nothing is under way. Without an answer it stays as it is.
    /// - Parameter wait: how long the backend may wait for a payment of an open order before it answers.
    func refresh(_ order: Order, wait: Duration = .zero) async throws -> Order {
        for offer in try await store.offers(of: order.id) where offer.state == .paying {
            _ = try await ask(offer, wait: wait)
        }
        let known = try await store.order(order.id) ?? order
        guard known.state == .open else { return known }
        if isOverdue(known) { return try await end(known, .expired, .page).order }
        if let offer = try await store.currentOffer(of: known.id), offer.state == .offered {
            _ = try await ask(offer, wait: wait)
        }
        return try await store.order(order.id) ?? known
    }

    /// What came of giving an order up.
    enum Cancellation: Sendable {
        /// It is closed, and what was reserved for it is free.
        case cancelled(Order)
        /// It was paid, closed or returned already.
        case notOpen(Order)
        /// A payment may still settle.
        case underWay(Order)
        /// The backend does not answer, so nobody knows.
        case noAnswer(Order)
    }

    /// Closes an order on its buyer's wish, when the backend says that no payment has come or is under way. A payment that begins meanwhile
    /// goes first.
    func cancel(_ order: Order) async throws -> Cancellation {
        let known = try await store.order(order.id) ?? order
        guard known.state == .open else { return .notOpen(known) }
        let ending = try await end(known, .cancelled, .page)
        switch ending {
        case .closed(let order): return .cancelled(order)
        case .notOpen(let order): return .notOpen(order)
        case .underWay(let order): return .underWay(order)
        case .noAnswer(let order): return .noAnswer(order)
        }
    }

    /// Closes the session's orders whose time is over, so that they hold nothing any more.
    func refreshOverdue(of session: String) async throws {
        for order in try await store.orders(session: session, limit: 50) where order.state == .open && isOverdue(order) {
            _ = try await end(order, .expired, .page)
        }
    }

    /// As the store's overdue orders: its time is over, or it was made when the clock was wrong.
    func isOverdue(_ order: Order) -> Bool {
        let now = clock.now()
        return order.heldUntil <= now || order.created > now.advanced(bySeconds: ShopStore.longestPause)
    }

    /// What the backend has on its list to give back of a contract, asked for a few seconds at most; noted for the order when the contract
    /// is the one that paid it.
    /// - Returns: nil without an answer.
    func refunds(of hash: ContractHash, order: Order) async throws -> RefundList? {
        let reply: BackendReply
        do {
            reply = try await BackendReply.of { () async throws(SendError) in
                try await backend.refunds(of: hash, timeout: Patience.page.duration)
            }
        } catch { return nil }
        guard case .message(let json) = reply, let list = try? json.decode(as: RefundList.self) else { return nil }
        try await note(list, of: hash, order: order)
        return list
    }

    /// Notes what the backend has on its list, when the contract is the one that paid the order.
    func note(_ list: RefundList, of hash: ContractHash, order: Order) async throws {
        guard let paid = order.paidTransaction, try await store.offer(hash)?.transactionID == paid else { return }
        let refused = try? list.refunds.sumAskedFor(.failed, in: list.refundAmount.currency)
        try await store.noteRefund(order.id, list.refundAmount, refused: refused)
    }
}

extension Settlement {
    enum Ending: Sendable {
        case closed(Order)
        case notOpen(Order)
        case underWay(Order)
        case noAnswer(Order)

        var order: Order {
            switch self {
            case .closed(let order), .notOpen(let order), .underWay(let order), .noAnswer(let order): order
            }
        }
    }

    /// Closes an open order when the backend says of each of its contracts that it is not paid, and that nothing is under way. An order
    /// that nobody was ever given a contract for needs no question.
    func end(_ order: Order, _ reason: Order.Closing.Reason, _ patience: Patience) async throws -> Ending {
        var order = order
        // Another round when a contract was made meanwhile.
        for _ in 0..<3 {
            for offer in try await store.offers(of: order.id) {
                switch try await ask(offer, patience) {
                case nil: return .noAnswer(order)
                case .underWay: return .underWay(order)
                case .settled: return .notOpen(try await store.order(order.id) ?? order)
                // Nobody can pay it any more. Whether somebody has is not known, if it was tried.
                case .unknown: if offer.state != .offered { return .underWay(order) }
                case .unpaid(let isOver): try await store.noteAsked(offer.contractHash, isOver: isOver, at: clock.now())
                }
            }
            let isClosed = try await store.close(order.id, reason, transaction: order.currentTransaction, at: clock.now())
            guard let now = try await store.order(order.id) else { return .notOpen(order) }
            if isClosed {
                bell.ring(now.id)
                return .closed(now)
            }
            guard now.state == .open, reason == .cancelled || isOverdue(now) else { return .notOpen(now) }
            order = now
        }
        return .underWay(order)
    }
}
