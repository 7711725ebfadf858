// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
import TalerWire

/// Gives each payment's requests the faults of its plan, in their order, until the faults end.
final class RunFaults: FaultPlan {
    private struct State {
        var plans: [ContractHash: [Passing.Endpoint: [PlannedFault]]] = [:]
        var keys: SeededGenerator
        /// Requests about a contract since the faults have ended.
        var late: [ContractHash: Int] = [:]
        var areOver = false
        var workers = 0
    }

    private let state: Mutex<State>
    private let holds: Holds?

    /// - Parameter holds: nil when nothing may be delayed.
    init(seed: UInt64, holds: Holds?) {
        state = Mutex(State(keys: SeededGenerator(seed: seed, stream: .max)))
        self.holds = holds
    }

    func expect(_ contract: ContractHash, _ plan: PaymentPlan) { state.withLock { $0.plans[contract] = plan.faults } }

    /// How many buyers are at work.
    func workers(changeBy difference: Int) {
        state.withLock { $0.workers += difference }
        holds?.releaseAll()
    }

    /// From here on everything goes well.
    func end() {
        state.withLock { $0.areOver = true }
        holds?.releaseAll(andStayOpen: true)
    }

    /// How often an exchange was asked about it since then.
    func late(_ contract: ContractHash) -> Int { state.withLock { $0.late[contract] ?? 0 } }

    func next(_ passing: Passing) -> PlannedFault? {
        // A request that is delayed comes after the next one.
        holds?.releaseAll()
        let contract = passing.contract
        return state.withLock { state in
            guard !state.areOver else {
                if let contract { state.late[contract, default: 0] += 1 }
                return nil
            }
            if passing.endpoint == .keys { return state.keys.chance(15) ? PaymentPlan.fault(&state.keys).unlessHeld : nil }
            guard let contract, var waiting = state.plans[contract]?[passing.endpoint], !waiting.isEmpty else { return nil }
            let first = waiting.removeFirst()
            state.plans[contract]?[passing.endpoint] = waiting
            // Somebody must be left who makes the next request.
            return holds != nil && state.workers > 3 ? first : first.unlessHeld
        }
    }
}

extension PlannedFault {
    fileprivate var unlessHeld: PlannedFault? { [.delay, .slowHeaders].contains(fault) ? nil : self }
}
