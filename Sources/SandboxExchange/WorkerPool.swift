// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Dispatch
import Foundation
import Synchronization

/// Threads for long calculations, one per core, so that neither Swift's own threads nor the database wait for them.
final class WorkerPool: Sendable {
    /// A serial queue each: a concurrent queue would share the threads of Swift's tasks.
    private let queues: [DispatchQueue]
    private let next = Mutex(0)

    init(width: Int = ProcessInfo.processInfo.activeProcessorCount) {
        queues = (0..<max(1, width)).map { DispatchQueue(label: "exchange.worker.\($0)") }
    }

    /// Calculates on one of the threads, in turn.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let index = next.withLock { counter in
            counter = (counter + 1) % queues.count
            return counter
        }
        return try await withCheckedThrowingContinuation { continuation in
            queues[index].async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }

    /// Calculates every element's result, in their order; the first error ends it.
    func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element], _ work: @escaping @Sendable (Element) throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            for (index, element) in elements.enumerated() {
                group.addTask { (index, try await self.run { try work(element) }) }
            }
            var results: [Int: Result] = [:]
            for try await (index, result) in group { results[index] = result }
            return elements.indices.compactMap { results[$0] }
        }
    }
}
