// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
import Logging
import MerchantAPI
public import ShopStore
import TalerWire

/// Finds out what became of payments, and acts on it: nothing about money is decided on the shop's own word.
public struct Settlement: Sendable {
    let store: ShopStore
    let backend: MerchantClient
    let clock: any WallClock
    let logger: Logger
    let attempts = Attempts()
    /// Rung when an order is another one than before: its payment has begun, ended or settled, or it is closed.
    public let bell = ChangeBell<OrderID>()

    /// How long the backend's answer may take.
    enum Patience {
        /// Somebody waits for a page.
        case page
        /// Nobody waits.
        case loop

        var duration: Duration { self == .page ? .seconds(4) : .seconds(30) }
    }

    /// What the backend says of a contract.
    enum Word: Sendable, Equatable {
        /// It is settled here as well now: ``Offer/State/paid`` or ``Offer/State/surplus``.
        case settled(Offer.State)
        case underWay
        /// - `isOver`: nobody can pay it any more.
        case unpaid(isOver: Bool)
        /// It does not know the contract.
        case unknown
    }

    /// Asks the backend and writes down what it says. Without an answer everything stays as it is.
    /// - Returns: the contract's state after that.
    func reconcile(_ offer: Offer, _ patience: Patience = .page) async throws -> Offer.State {
        switch try await ask(offer, patience) {
        case .settled(let state): state
        case .underWay: .paying
        case .unpaid: .offered
        case .unknown, nil: offer.state
        }
    }

    /// Asks the backend and writes down what it says.
    /// - Parameter wait: how long the backend shall wait for a change.
    /// - Returns: nil without an answer; nothing is changed then.
    func ask(_ offer: Offer, wait: Duration = .zero, _ patience: Patience = .page) async throws -> Word? {
        let hash = offer.contractHash
        let question = attempts.ask(hash)
        // For the ways out that do not ask whether it still holds.
        defer { _ = attempts.isStillTrue(question) }
        switch await reply(about: hash, wait: wait, patience) {
        case nil: return nil
        case .unknownContract: return attempts.isStillTrue(question) ? .unknown : .underWay
        case .status(let status):
            switch status.state {
            case .paid, .refunded, .wired:
                try await settle(hash)
                return .settled(try await store.offer(hash)?.state ?? .paid)
            case .offered, .refused, .expired: return try await ended(offer, question, isOver: status.state == .expired)
            // What was taken goes back by the backend. It may take for ever, and is still asked about: only the order need not wait for it.
            case .partiallyPaid where status.cannotBeCompleted(at: clock.now()): return try await ended(offer, question, isOver: false)
            case .paying, .partiallyPaid:
                try await store.paymentBegins(hash)
                if offer.state == .offered { bell.ring(offer.order) }
                return .underWay
            }
        }
    }

    /// Nobody has paid, unless an attempt has begun since the question.
    private func ended(_ offer: Offer, _ question: Attempts.Question, isOver: Bool) async throws -> Word {
        guard try await store.paymentEnded(offer.contractHash, if: { attempts.isStillTrue(question) }) else { return .underWay }
        if offer.state == .paying { bell.ring(offer.order) }
        return .unpaid(isOver: isOver)
    }

    /// Whether the backend has coins for the contract, but not enough of them; nil without an answer.
    func isPartlyPaid(_ hash: ContractHash) async -> Bool? {
        switch await reply(about: hash, wait: .zero, .page) {
        case .status(let status): status.state == .partiallyPaid
        case .unknownContract: false
        case nil: nil
        }
    }

    /// The order of a contract that is paid is paid.
    func settle(_ hash: ContractHash) async throws {
        guard let settled = try await store.settle(hash, at: clock.now()), settled.isNew else { return }
        let order = settled.order
        bell.ring(order.id)
        let facts: Logger.Metadata = ["order": "\(order.id)", "amount": "\(order.amount)", "H_contract": "\(hash)"]
        switch (settled.state, order.state) {
        case (.surplus, .paid): logger.warning("an order was paid by two contracts; the second goes back", metadata: facts)
        case (.surplus, _): logger.warning("money has come for an order that was closed; it goes back", metadata: facts)
        default: logger.info("order paid", metadata: facts)
        }
    }

    /// What the backend says of a contract that need not be the shop's; nil when it knows none.
    /// - Throws: 502 without an answer: then nothing is known of it.
    func state(of hash: ContractHash) async throws(APIError) -> OrderStatus.State? {
        switch await reply(about: hash, wait: .zero, .page) {
        case .status(let status): return status.state
        case .unknownContract: return nil
        case nil:
            throw APIError(
                .genericUnexpectedRequestError, hint: "The payment service cannot be asked about this payment. Please try again.",
                status: 502)
        }
    }

    private enum Reply {
        case status(OrderStatus)
        case unknownContract
    }

    private static let unknownOrder = Int64(ErrorCode.merchantGenericOrderUnknown.rawValue)

    private func reply(about hash: ContractHash, wait: Duration, _ patience: Patience) async -> Reply? {
        do {
            let reply = try await BackendReply.of { () async throws(SendError) in
                try await backend.order(hash, wait: wait, timeout: patience.duration)
            }
            switch reply {
            case .message(let json): return .status(try json.decode(as: OrderStatus.self))
            case .refusal(let response, let code):
                logger.warning(
                    "the backend does not tell about a contract", metadata: ["H_contract": "\(hash)", "status": "\(response.status)"])
                return code == Self.unknownOrder && response.status == 404 ? .unknownContract : nil
            }
        } catch {
            logger.warning("the backend does not tell about a contract", metadata: ["H_contract": "\(hash)", "error": "\(error)"])
            return nil
        }
    }
}

extension OrderStatus {
    /// Whether it is too late for coins that are missing, and none are on their way.
    fileprivate func cannotBeCompleted(at now: Timestamp) -> Bool { expiry < now && !deposits.contains { $0.state == .open } }
}
