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
        let reply = await reply(about: hash, wait: wait, patience)
        let isStillTrue = attempts.isStillTrue(question)
        switch reply {
        case nil: return nil
        case .unknownContract: return isStillTrue ? .unknown : .underWay
        case .status(let status):
            switch status.state {
            case .paid, .refunded, .wired:
                try await settle(hash)
                return .settled(try await store.offer(hash)?.state ?? .paid)
            case .offered, .refused, .expired:
                guard isStillTrue else { return .underWay }
                try await store.paymentEnded(hash)
                if offer.state == .paying { bell.ring(offer.order) }
                return .unpaid(isOver: status.state == .expired)
            case .paying, .partiallyPaid:
                try await store.paymentBegins(hash)
                if offer.state == .offered { bell.ring(offer.order) }
                return .underWay
            }
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
