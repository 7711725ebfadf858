// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import MerchantAPI
import ShopStore
import TalerWire

/// Finds out what became of payments whose outcome the shop does not know.
public struct Settlement: Sendable {
    let store: ShopStore
    let backend: MerchantClient
    let clock: any WallClock
    let logger: Logger

    /// Asks the backend and writes down what it says. Without an answer everything stays as it is.
    /// - Returns: the contract's state after that.
    func reconcile(_ offer: Offer) async throws -> Offer.State { try await ask(offer) ?? offer.state }

    /// As ``reconcile(_:)``; nil without an answer.
    func ask(_ offer: Offer) async throws -> Offer.State? {
        let status: OrderStatus
        switch await reply(about: offer.contractHash) {
        case .status(let known): status = known
        // Nobody can pay it any more. Whether somebody has is not known, if it was tried.
        case .unknownContract: return offer.state == .offered ? .offered : nil
        case nil: return nil
        }
        switch status.state {
        case .paid, .refunded, .wired:
            try await settle(offer.contractHash)
            return try await store.offer(offer.contractHash)?.state ?? .paid
        case .offered, .refused, .expired:
            try await store.paymentEnded(offer.contractHash)
            return .offered
        case .paying, .partiallyPaid:
            try await store.paymentBegins(offer.contractHash)
            return .paying
        }
    }

    /// Asks for every payment without a known outcome, one after the other.
    public func reconcileAll() async {
        do {
            for offer in try await store.offersUnderWay() {
                if Task.isCancelled { return }
                _ = try await reconcile(offer)
            }
        } catch {
            logger.error("payments under way could not be looked at", metadata: ["error": "\(error)"])
        }
    }

    /// Runs ``reconcileAll()`` at once and then again and again until the task is cancelled.
    public func run(every interval: Duration = .seconds(15)) async {
        while !Task.isCancelled {
            await reconcileAll()
            do { try await Task.sleep(for: interval) } catch { return }
        }
    }

    /// The order of a contract that is paid is paid.
    func settle(_ hash: ContractHash) async throws {
        guard let settled = try await store.settle(hash, at: clock.now()), settled.isNew else { return }
        let order = settled.order
        let facts: Logger.Metadata = ["order": "\(order.id)", "amount": "\(order.amount)", "H_contract": "\(hash)"]
        switch (settled.state, order.state) {
        case (.surplus, .paid): logger.warning("an order was paid by two contracts; the second goes back", metadata: facts)
        case (.surplus, _): logger.warning("money has come for an order that was closed; it goes back", metadata: facts)
        default: logger.info("order paid", metadata: facts)
        }
    }

    private enum Reply {
        case status(OrderStatus)
        case unknownContract
    }

    private static let unknownOrder = Int64(ErrorCode.merchantGenericOrderUnknown.rawValue)

    private func reply(about hash: ContractHash) async -> Reply? {
        do {
            let reply = try await BackendReply.of { () async throws(SendError) in try await backend.order(hash) }
            switch reply {
            case .message(let json): return .status(try json.decode(as: OrderStatus.self))
            case .refusal(_, let code):
                logger.warning("the backend does not tell about a contract", metadata: ["H_contract": "\(hash)"])
                return code == Self.unknownOrder ? .unknownContract : nil
            }
        } catch {
            logger.warning("the backend does not tell about a contract", metadata: ["H_contract": "\(hash)", "error": "\(error)"])
            return nil
        }
    }
}
