// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
import TalerWire

/// Says what goes wrong with which request.
protocol FaultPlan: Sendable {
    /// Is asked once for each request, in the order in which they come; nil lets it pass.
    func next(_ passing: Passing) -> PlannedFault?
}

/// Faults that wait for the next request to an endpoint, and what came there.
final class ScriptedFaults: FaultPlan {
    private struct State {
        var waiting: [Passing.Endpoint: [PlannedFault]] = [:]
        var lasting: [Passing.Endpoint: PlannedFault] = [:]
        var seen: [Passing] = []
    }

    private let state = Mutex(State())

    /// The next request there meets this one; several are met in their order.
    func add(_ faults: Fault..., at endpoint: Passing.Endpoint = .batchDeposit, salt: UInt64 = 1) {
        state.withLock { $0.waiting[endpoint, default: []] += faults.map { PlannedFault(fault: $0, salt: salt) } }
    }

    /// Every request there meets this one, after those that wait; nil ends it.
    func keep(_ fault: Fault?, at endpoint: Passing.Endpoint = .batchDeposit, salt: UInt64 = 1) {
        state.withLock { $0.lasting[endpoint] = fault.map { PlannedFault(fault: $0, salt: salt) } }
    }

    /// How many requests came there.
    func count(_ endpoint: Passing.Endpoint = .batchDeposit) -> Int { seen(endpoint).count }

    func seen(_ endpoint: Passing.Endpoint) -> [Passing] { state.withLock { $0.seen.filter { $0.endpoint == endpoint } } }

    func next(_ passing: Passing) -> PlannedFault? {
        state.withLock { state in
            state.seen.append(passing)
            guard var waiting = state.waiting[passing.endpoint], !waiting.isEmpty else { return state.lasting[passing.endpoint] }
            let first = waiting.removeFirst()
            state.waiting[passing.endpoint] = waiting
            return first
        }
    }
}

/// A fault for the first deposit of each contract.
final class ContractFaults: FaultPlan {
    private let waiting = Mutex<[ContractHash: PlannedFault]>([:])

    func add(_ fault: PlannedFault, for contract: ContractHash) { waiting.withLock { $0[contract] = fault } }

    func next(_ passing: Passing) -> PlannedFault? {
        guard passing.endpoint == .batchDeposit, let contract = passing.contract else { return nil }
        return waiting.withLock { $0.removeValue(forKey: contract) }
    }
}
