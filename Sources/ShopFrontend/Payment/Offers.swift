// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopCatalog
import ShopStore
import TalerWire

/// Gets contracts for orders from the backend: one for an order, until it expires.
struct Offers: Sendable {
    let settings: ShopSettings
    let store: ShopStore
    let backend: MerchantClient
    let clock: any WallClock
    let settlement: Settlement

    enum Outcome {
        case offer(Offer)
        /// Paid for already, and the contract has expired, so that a wallet would not take it; or something of it that nobody needs twice
        /// was paid for with this other order.
        case paid(Order)
        /// A payment of the order may still settle, and its contract cannot be handed out any more; or the payment of another order for the
        /// same may.
        case underWay
        /// The order's time is over, it was given up, or its money goes back: it takes no payment any more.
        case closed(Order)
        case refusal(Response)
    }

    /// The contract by which an order can be paid now. An order whose time is over is closed.
    /// - Throws: ``APIError`` when the backend gives no answer that makes sense.
    func offer(for order: Order) async throws -> Outcome {
        guard order.state == .open || order.state == .paid else { return try await closed(order) }
        if order.state == .open, settlement.isOverdue(order) {
            let ending = try await settlement.end(order, .expired, .page)
            switch ending {
            case .closed(let order): return .closed(order)
            case .underWay: return .underWay
            case .noAnswer: throw Self.noAnswer
            case .notOpen(let order) where order.state != .paid: return try await closed(order)
            case .notOpen: break
            }
        }
        if let other = try await bought(besides: order) { return other.isPaid ? .paid(other) : .underWay }
        let current = try await store.currentOffer(of: order.id)
        if let current, let outcome = try await outcome(of: current) { return outcome }
        do { return try await newOffer(for: order, replacing: current?.transactionID) } catch ShopStoreError.orderClosed {
            return .closed(try await store.order(order.id) ?? order)
        }
    }

    /// The order by which this browser has paid, or is paying, for what nobody needs twice of this open one; nil for an order whose own
    /// payment has come or may come. What the shop remembers of either is not taken for the backend's word.
    private func bought(besides order: Order) async throws -> Order? {
        guard let found = try await store.orderOfTheSame(as: order.id) else { return nil }
        if !found.isPaid { _ = try await settlement.refresh(found) }
        if let current = try await store.currentOffer(of: order.id) { _ = try await settlement.reconcile(current) }
        return try await store.orderOfTheSame(as: order.id)
    }

    /// A closed order may have a payment under way all the same, of an attempt whose outcome nobody knew.
    private func closed(_ order: Order) async throws -> Outcome {
        let known = try await settlement.refresh(order)
        let isUnderWay = try await store.offers(of: known.id).contains { $0.state == .paying }
        return isUnderWay ? .underWay : .closed(known)
    }

    /// What the order's contract means for who wants to pay; nil when it is over and another may take its place.
    private func outcome(of current: Offer) async throws -> Outcome? {
        let isOpen = clock.now() < current.expiry
        switch try await state(of: current, isOpen: isOpen) {
        case .paid, .surplus:
            guard !isOpen else { return .offer(current) }
            guard let paid = try await store.order(current.order) else { throw ShopStoreError.unknownOrder }
            return .paid(paid)
        case .offered: return isOpen ? .offer(current) : nil
        case .paying: return isOpen ? .offer(current) : .underWay
        }
    }

    private static let noAnswer = APIError(
        .genericUnexpectedRequestError, hint: "The payment service cannot be asked about an earlier offer.", status: 502)

    /// Nothing is sold in place of an expired contract on the shop's own word: what it remembers of a payment may be less than what the
    /// backend knows, when the shop was killed or restored from a copy.
    private func state(of current: Offer, isOpen: Bool) async throws -> Offer.State {
        switch current.state {
        case .paid, .surplus: return current.state
        case .paying: return try await settlement.reconcile(current)
        case .offered:
            guard !isOpen else { return .offered }
            switch try await settlement.ask(current) {
            case nil: throw Self.noAnswer
            case .settled(let state): return state
            case .underWay: return .paying
            case .unpaid, .unknown: return .offered
            }
        }
    }

    private static let maximumTries = 16
    private static let alreadyExists: Int64 = 2503

    private func newOffer(for order: Order, replacing previous: Int64?) async throws -> Outcome {
        for _ in 0..<Self.maximumTries {
            let proposition = Proposition(
                settings: settings, order: order, transactionID: try await store.nextTransactionID(), now: clock.now())
            let reply = try await BackendReply.of { () async throws(SendError) in try await backend.offer(proposition.json) }
            switch reply {
            case .refusal(let response, Self.alreadyExists?) where response.status == 409: try await store.skipTransactionIDs()
            case .refusal(let response, _): return .refusal(response)
            case .message(let json):
                let offer = try offer(json, for: order, proposition)
                let attached = try await store.attach(offer, replacing: previous)
                guard attached.transactionID != offer.transactionID else { return .offer(attached) }
                return try await outcome(of: attached) ?? .underWay
            }
        }
        throw APIError(.genericInternalInvariantFailure, hint: "No free number for a contract was found.")
    }

    private func offer(_ json: JSONValue, for order: Order, _ proposition: Proposition) throws(APIError) -> Offer {
        let message: ContractResponse
        do { message = try json.decode(as: ContractResponse.self) } catch {
            throw APIError(
                .genericReplyMalformed, hint: "The payment service answered something that cannot be read.", detail: "\(error)", status: 502
            )
        }
        guard case .object(let contract) = message.contract, contract["transaction_id"] == .integer(proposition.transactionID) else {
            throw APIError(.genericReplyMalformed, hint: "The payment service signed another contract.", status: 502)
        }
        return Offer(
            transactionID: proposition.transactionID, order: order.id, contract: message.contract.text, signature: message.signature,
            contractHash: message.contractHash, expiry: proposition.expiry)
    }
}
