// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
public import TalerWire

/// Tells who waits for a contract that its payment has moved on.
public final class ContractChanges: Sendable {
    private let waiters = Mutex<(next: Int, byContract: [ContractHash: [Int: AsyncStream<Void>.Continuation]])>((0, [:]))

    public init() {}

    /// Wakes everybody who waits for this contract.
    public func announce(_ contract: ContractHash) {
        let woken = waiters.withLock { $0.byContract[contract]?.values.map { $0 } ?? [] }
        for continuation in woken { continuation.yield() }
    }

    /// A stream that yields after each change from now on, until its task is cancelled or it is dropped.
    public func stream(_ contract: ContractHash) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = waiters.withLock { state in
            state.next += 1
            state.byContract[contract, default: [:]][state.next] = continuation
            return state.next
        }
        continuation.onTermination = { [self] _ in
            waiters.withLock { state in
                state.byContract[contract]?[id] = nil
                if state.byContract[contract]?.isEmpty == true { state.byContract[contract] = nil }
            }
        }
        return stream
    }
}
