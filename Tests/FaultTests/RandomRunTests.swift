// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Testing

/// Hundreds of payments with everything that can go wrong at once.
@Suite(.serialized) struct RandomRunTests {
    private static func number<Value: FixedWidthInteger>(_ name: String, _ standard: Value) -> Value {
        ProcessInfo.processInfo.environment[name].flatMap { Value($0) } ?? standard
    }

    @Test func noPaymentIsLostOrTakenTwice() async throws {
        let seed = Self.number("FAULT_SEED", UInt64.random(in: 0..<1_000_000_000))
        let count = Self.number("FAULT_PAYMENTS", 500)
        print("faults: \(count) payments with FAULT_SEED=\(seed)")
        // One in twenty over sockets, with processes.
        let live = max(10, count / 20)
        let run = try await RandomRun(seed: seed, count: max(0, count - live))
        let quick = try await run.run()
        let slow = try await LiveRun(seed: seed, numbers: 1...Int64(live), table: run.bench.table).run()
        let result = quick.adding(slow)
        print((run.bench.table.lines + ["fault total: \(run.bench.table.total)", result.line]).joined(separator: "\n"))
        #expect(result.tried >= count)
        #expect(result.lost.isEmpty, "seed \(seed): \(result.lost.prefix(5))")
        #expect(result.double.isEmpty, "seed \(seed): \(result.double.prefix(5))")
        #expect(result.undecided.isEmpty, "seed \(seed): \(result.undecided.prefix(5))")
    }

    @Test func aSeedMakesOnePlan() {
        #expect((1...50).map { PaymentPlan(seed: 7, number: $0) } == (1...50).map { PaymentPlan(seed: 7, number: $0) })
        #expect((1...50).map { PaymentPlan(seed: 7, number: $0) } != (1...50).map { PaymentPlan(seed: 8, number: $0) })
    }
}
