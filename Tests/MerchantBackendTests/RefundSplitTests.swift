// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantCore
import Testing

struct RefundSplitTests {
    /// Repeats itself for the same seed.
    struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    func source(_ rest: Int, _ fee: Int?) -> RefundSplit.Source {
        RefundSplit.Source(rest: UInt128(rest), fee: fee.map { UInt128($0) })
    }

    /// Every amount that can be divided, by trying everything.
    func divisible(_ sources: [RefundSplit.Source]) -> Set<UInt128> {
        sources.reduce(into: [0]) { amounts, source in
            let parts: [UInt128]
            if let fee = source.fee {
                parts = source.rest > fee ? Array(fee + 1...source.rest) : []
            } else {
                parts = source.rest > 0 ? [source.rest] : []
            }
            amounts.formUnion(amounts.flatMap { amount in parts.map { amount + $0 } })
        }
    }

    func check(_ parts: [UInt128], of amount: UInt128, from sources: [RefundSplit.Source]) {
        #expect(parts.count == sources.count)
        #expect(parts.reduce(0, +) == amount)
        for (part, source) in zip(parts, sources) where part > 0 {
            #expect(part <= source.rest)
            if let fee = source.fee { #expect(part > fee) } else { #expect(part == source.rest) }
        }
    }

    @Test(arguments: 0..<40) func aDivisionIsFoundWheneverThereIsOne(seed: UInt64) {
        var numbers = Numbers(state: seed)
        for _ in 0..<20 {
            let sources = (0..<Int.random(in: 0...6, using: &numbers)).map { _ in
                source(
                    Int.random(in: 0...12, using: &numbers),
                    Int.random(in: 0...9, using: &numbers) == 0 ? nil : Int.random(in: 0...6, using: &numbers))
            }
            let divisible = divisible(sources)
            for amount in 0...UInt128(sources.reduce(0) { $0 + $1.rest } + 2) {
                for step: UInt128 in [1, 3] {
                    let parts = RefundSplit.parts(of: amount, from: sources, step: step)
                    #expect((parts != nil) == divisible.contains(amount), "\(amount) of \(sources)")
                    if let parts { check(parts, of: amount, from: sources) }
                }
            }
        }
    }

    @Test(arguments: 0..<20) func manyCoinsOfEveryKindAreDivided(seed: UInt64) throws {
        var numbers = Numbers(state: seed)
        let sources = (0..<256).map { _ in source(1 << Int.random(in: 2...10, using: &numbers), 1) }
        let total = Int(sources.reduce(0) { $0 + $1.rest })
        for _ in 0..<20 {
            let amount = UInt128(Int.random(in: 2...total, using: &numbers))
            let parts = try #require(RefundSplit.parts(of: amount, from: sources))
            check(parts, of: amount, from: sources)
        }
    }

    @Test func earlierCoinsAreUsedWhollyBeforeLaterOnes() {
        #expect(RefundSplit.parts(of: 25, from: [source(10, 1), source(10, 1), source(10, 1)]) == [10, 10, 5])
    }

    @Test func aRestThatIsTooSmallIsShiftedBetweenCoins() {
        #expect(RefundSplit.parts(of: 11, from: [source(10, 1), source(10, 1)]) == [9, 2])
        #expect(RefundSplit.parts(of: 3, from: [source(10, 4), source(10, 1)]) == [0, 3])
    }

    @Test func partsAreCutAtTheSmallestUnitWhereThatIsPossible() {
        #expect(RefundSplit.parts(of: 1100, from: [source(1000, 100), source(1000, 100)], step: 100) == [900, 200])
        #expect(RefundSplit.parts(of: 150, from: [source(1000, 100)], step: 100) == [150])
    }

    @Test func whatIsBelowEveryFeeCannotBeDivided() {
        #expect(RefundSplit.parts(of: 1, from: [source(10, 1), source(10, 1)]) == nil)
        #expect(RefundSplit.parts(of: 21, from: [source(10, 1), source(10, 1)]) == nil)
        #expect(RefundSplit.parts(of: 1, from: []) == nil)
    }

    @Test func aCoinWhoseFeeIsNotKnownGivesAllOrNothing() {
        #expect(RefundSplit.parts(of: 5, from: [source(10, nil)]) == nil)
        #expect(RefundSplit.parts(of: 12, from: [source(10, nil), source(10, 1)]) == [10, 2])
    }

    @Test func theSearchGivesUpInsteadOfRunningForEver() {
        // Nothing but whole coins, all even: an odd amount has no division, and there are too many to try all.
        let sources = (0..<256).map { source(2 * (1 << 20 + $0 * 7919), nil) }
        #expect(RefundSplit.parts(of: 1_000_000_001, from: sources) == nil)
    }
}
