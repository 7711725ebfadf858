// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

@testable import ExchangeClient
import TalerCrypto
import TalerWire
import Testing
import Wallet

@Suite struct RefreshChoiceTests {
    private static let now = WorldKeys.start.advanced(bySeconds: 3600)
    private static let key = Task { try DenominationPrivateKey(bits: 1024).publicKey }

    private func cents(_ count: UInt64) -> Amount {
        must { try Amount.make(WorldKeys.currency, total: UInt128(count) * UInt128(Amount.fractionBase / 100)) }
    }

    private func kinds(_ table: [(value: UInt64, fee: UInt64)]) async throws -> [Denomination] {
        let key = try await Self.key.value
        return table.map { value, fee in
            Denomination.forTests(key, value: cents(value), feeWithdraw: cents(fee), start: WorldKeys.start)
        }
    }

    /// The most that at most 32 fresh coins can be worth, and the least number that is so.
    private func best(_ budget: UInt64, _ table: [(value: UInt64, fee: UInt64)]) -> (value: UInt64, number: Int) {
        var reachable: [UInt64: UInt64] = [0: 0]  // cost to value, for as many coins as were tried
        var best: (value: UInt64, number: Int) = (0, 0)
        for number in 1...RefreshChoice.maximumCoins {
            var next: [UInt64: UInt64] = [:]
            for (cost, value) in reachable {
                for kind in table where cost + kind.value + kind.fee <= budget {
                    next[cost + kind.value + kind.fee] = max(next[cost + kind.value + kind.fee] ?? 0, value + kind.value)
                }
            }
            if let most = next.values.max(), most > best.value { best = (most, number) }
            reachable = next
        }
        return best
    }

    @Test(arguments: 0..<12)
    func noOtherCoinsAreWorthMoreOrAreFewer(_ seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        var table: [(value: UInt64, fee: UInt64)] = []
        for _ in 0..<Int.random(in: 1...7, using: &random) {
            let value = UInt64.random(in: 2...90, using: &random)
            guard !table.contains(where: { $0.value == value }) else { continue }
            table.append((value, UInt64.random(in: 0...min(3, value - 1), using: &random)))
        }
        let kinds = try await kinds(table)
        for _ in 0..<40 {
            let remaining = UInt64.random(in: 1...400, using: &random)
            let fee = UInt64.random(in: 0...4, using: &random)
            let expected = best(remaining > fee ? remaining - fee : 0, table)
            let choice = RefreshChoice(cents(remaining), fee: cents(fee), from: kinds, at: Self.now)
            #expect(choice?.value ?? cents(0) == cents(expected.value), "\(remaining) of \(table), fee \(fee)")
            #expect(choice?.coins.count ?? 0 == expected.number, "\(remaining) of \(table), fee \(fee)")
            guard let choice else { continue }
            #expect(try choice.value.adding(choice.withdrawFees).adding(cents(fee)) == choice.amount)
            #expect(try !cents(remaining).isLess(than: choice.amount))
        }
    }

    @Test func muchMoneyIsTakenInLargeCoinsFirst() async throws {
        let table = (0..<30).map { (value: UInt64(1) << UInt64($0), fee: UInt64($0 > 3 ? 1 : 0)) }
        let kinds = try await kinds(table)
        let remaining = cents((1 << 30) - 1)
        let choice = try #require(RefreshChoice(remaining, fee: cents(1), from: kinds, at: Self.now))
        #expect(try remaining.subtracting(choice.amount).isLess(than: cents(1)))
        #expect(choice.coins.count <= 32)
    }

    @Test func whatIsTooLittleIsLeft() async throws {
        let kinds = try await kinds([(value: 4, fee: 1)])
        #expect(RefreshChoice(cents(6), fee: cents(2), from: kinds, at: Self.now) == nil)
        #expect(RefreshChoice(cents(2), fee: cents(2), from: kinds, at: Self.now) == nil)
        #expect(RefreshChoice(cents(7), fee: cents(2), from: kinds, at: Self.now)?.coins.count == 1)
        #expect(RefreshChoice(try Amount("EUR:7"), fee: try Amount("EUR:0"), from: kinds, at: Self.now) == nil)
        #expect(RefreshChoice(cents(7), fee: cents(2), from: [], at: Self.now) == nil)
    }

    @Test func noMoreThan32CoinsAreAsked() async throws {
        let kinds = try await kinds([(value: 1, fee: 0)])
        #expect(RefreshChoice(cents(1000), fee: cents(0), from: kinds, at: Self.now)?.coins.count == 32)
    }
}

extension Denomination {
    /// One that can be withdrawn for a day.
    fileprivate static func forTests(
        _ key: DenominationPublicKey, value: Amount, feeWithdraw: Amount, start: Timestamp
    ) -> Denomination {
        let free = Amount.zero(value.currency)
        return Denomination(
            hash: .random(), publicKey: key, value: value, feeWithdraw: feeWithdraw, feeDeposit: free, feeRefresh: free, feeRefund: free,
            start: start, expireWithdraw: start.advanced(bySeconds: 86_400), expireDeposit: start.advanced(bySeconds: 172_800),
            expireLegal: start.advanced(bySeconds: 259_200), masterSignature: .random(), ageMask: 0, isLost: false, isRevoked: false)
    }
}
