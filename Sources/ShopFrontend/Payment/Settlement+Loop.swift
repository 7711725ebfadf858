// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import ShopStore
import TalerWire

/// The work that nobody waits for, in rounds of bounded size.
extension Settlement {
    /// So much of each kind in one round.
    private static let roundSize = 50

    /// Looks after payments without an outcome, orders whose time is over, and money that goes back, again and again until the task is
    /// cancelled. The three do not wait for each other. At first every payment without an outcome is asked about.
    public func run(every interval: Duration = .seconds(15)) async {
        await reconcileAll()
        await withTaskGroup(of: Void.self) { group in
            for work in [lookAfterPayments, closeOverdue, giveBack] as [@Sendable () async -> Void] {
                group.addTask {
                    while !Task.isCancelled {
                        await work()
                        do { try await Task.sleep(for: interval) } catch { return }
                    }
                }
            }
        }
    }

    /// One round of everything, one after the other.
    public func round() async {
        await lookAfterPayments()
        await closeOverdue()
        await giveBack()
    }

    /// Asks for every payment without a known outcome, whether the next question is due or not. A backend that answers nobody ends it.
    public func reconcileAll() async {
        await attempt("payments under way") {
            var silence = Silence()
            for offer in try await store.offersUnderWay() {
                if Task.isCancelled || silence.isLong { return }
                if try await ask(offer, .loop) == nil { silence.count += 1 }
            }
        }
    }

    /// Payments without an outcome, and contracts of orders that are over which somebody might have paid all the same.
    @Sendable func lookAfterPayments() async {
        await attempt("payments under way") {
            var silence = Silence()
            for offer in try await store.offersToAsk(at: clock.now(), limit: Self.roundSize) {
                if Task.isCancelled { return }
                var isOver = false
                switch try await ask(offer, .loop) {
                case nil: silence.count += 1
                case .settled: continue
                case .underWay: break
                case .unpaid(let cannotBePaid): isOver = cannotBePaid
                case .unknown:
                    isOver = offer.state != .paying
                    guard !isOver else { break }
                    logger.error(
                        "the backend has lost a contract whose payment was begun; its order stays as it is",
                        metadata: ["order": "\(offer.order)", "H_contract": "\(offer.contractHash)"])
                }
                try await store.noteAsked(offer.contractHash, isOver: isOver, at: clock.now())
                if silence.isLong { return }
            }
        }
    }

    /// Closes orders whose time is over and frees what was reserved for them.
    @Sendable func closeOverdue() async {
        await attempt("orders whose time is over") {
            var silence = Silence()
            for order in try await store.overdueOrders(at: clock.now(), limit: Self.roundSize) {
                if Task.isCancelled { return }
                let ending = try await end(order, .expired, .loop)
                switch ending {
                case .closed(let order):
                    logger.info("order closed", metadata: ["order": "\(order.id)", "reason": "expired"])
                    continue
                case .notOpen: continue
                case .underWay: break
                case .noAnswer: silence.count += 1
                }
                // The next question about it waits, so that it does not hold up others.
                if let offer = try await store.currentOffer(of: order.id) {
                    try await store.noteAsked(offer.contractHash, isOver: false, at: clock.now())
                }
                if silence.isLong { return }
            }
        }
    }

    /// A backend that does not answer twice answers nobody: the round ends.
    private struct Silence {
        var count = 0
        var isLong: Bool { count >= 2 }
    }

    func attempt(_ what: String, _ work: () async throws -> Void) async {
        do { try await work() } catch { logger.error("\(what) could not be looked after", metadata: ["error": "\(error)"]) }
    }
}
