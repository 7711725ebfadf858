// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
import Synchronization
public import TalerWire

/// The situations that hold at an exchange. They are gone when the process ends.
public final class Situations: Sendable {
    /// More at once are refused.
    static let maximumCount = 64

    private let state = Mutex(State())
    /// Waits; throws when cancelled.
    let pause: @Sendable (Duration) async throws -> Void

    private struct State {
        var active: [Situation] = []
        var last = 0
    }

    /// - Parameter pause: how answers are held back.
    public init(pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }) { self.pause = pause }

    /// Those that hold, in the order in which they were set.
    public var active: [Situation] { state.withLock { $0.active } }

    /// Brings a situation about, from the next request on.
    /// - Parameter end: when it ends by itself.
    /// - Throws: 409 / 26 when there are too many.
    @discardableResult
    public func set(_ order: SituationOrder, until end: Timestamp? = nil) throws(APIError) -> Situation {
        let situation = state.withLock { state -> Situation? in
            guard state.active.count < Self.maximumCount else { return nil }
            state.last += 1
            // Keys sign until they end, however many ask.
            let count = order.name.endsByItself ? nil : order.count
            let situation = Situation(id: state.last, order: order, remaining: count, end: end)
            state.active.append(situation)
            return situation
        }
        guard let situation else {
            throw APIError(.genericParameterMalformed, hint: "There are too many situations at once: clear some.", status: 409)
        }
        return situation
    }

    /// Ends situations.
    /// - Returns: how many.
    @discardableResult
    public func clear(where isMeant: (Situation) -> Bool = { _ in true }) -> Int {
        state.withLock { state in
            let before = state.active.count
            state.active.removeAll(where: isMeant)
            return before - state.active.count
        }
    }

    /// What a request meets; those that it was the last for are over with it.
    func take(_ request: Request, isMoved: Bool, at now: Timestamp) -> SituationEffects {
        let readsBody = state.withLock { state in
            state.active.removeAll { $0.end.map { $0 <= now } ?? false }
            return state.active.contains { $0.order.account != nil || $0.order.merchant != nil }
        }
        let subject = RequestSubject(request, isMoved: isMoved, readsBody: readsBody)
        return state.withLock { state in
            var taken: [Situation] = []
            for index in state.active.indices where state.active[index].applies(to: subject) {
                if state.active[index].name.isAnswer, taken.contains(where: \.name.isAnswer) { continue }
                taken.append(state.active[index])
                if let remaining = state.active[index].remaining { state.active[index].remaining = remaining - 1 }
            }
            state.active.removeAll { $0.remaining == 0 }
            return SituationEffects(situations: taken)
        }
    }

    /// By how many seconds everything is later, requests or not.
    var clockOffset: Int64 { SituationEffects(situations: active.filter(\.isUnlimited)).clockOffset }

    /// Whether the owner of an account must identify himself, as far as is known to whom it belongs.
    func needsKYC(_ account: NormalizedPaytoHash, of merchant: MerchantPublicKey?) -> Bool {
        active.contains { situation in
            situation.name == .kyc && (situation.order.account ?? account) == account
                && (merchant == nil || (situation.order.merchant ?? merchant) == merchant)
        }
    }
}
