// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeClient
import TalerCrypto
public import TalerWire

/// Which fresh coins the value of a coin becomes: of all choices of at most 32 coins the one that is worth the most, which has the least
/// fees then; of equal ones the one with the fewest coins.
public struct RefreshChoice: Sendable {
    /// More would make payments slow, and tell a wallet from others.
    public static let maximumCoins = 32

    /// Largest first; never empty.
    public let coins: [Denomination]
    /// What the fresh coins are worth.
    public let value: Amount
    /// Of their withdrawal.
    public let withdrawFees: Amount
    /// What the melted coin gives: the fresh coins, their withdrawal, and the melt.
    public let amount: Amount

    /// - Parameters:
    ///   - remaining: what the coin has.
    ///   - fee: of its melt.
    ///   - all: the exchange's denominations, in any order.
    /// - Returns: nil when it is too little for the fee and a coin.
    public init?(_ remaining: Amount, fee: Amount, from all: [Denomination], at now: Timestamp) {
        guard remaining.currency == fee.currency, remaining.units > fee.units else { return nil }
        let kinds = DenominationChoice.usable(all, remaining.currency, now)
        let problem = RefreshProblem(
            kinds.map { .init(value: $0.value.units, cost: $0.value.units + $0.feeWithdraw.units) }, budget: remaining.units - fee.units)
        coins = problem.solve().sorted().map { kinds[$0] }
        guard !coins.isEmpty, let value = try? Amount.sum(coins.map(\.value), in: fee.currency),
            let fees = try? Amount.sum(coins.map(\.feeWithdraw), in: fee.currency),
            let amount = try? value.adding(fees).adding(fee)
        else { return nil }
        self.value = value
        withdrawFees = fees
        self.amount = amount
    }
}

/// The arithmetic of ``RefreshChoice``, in units of 10^-8.
struct RefreshProblem {
    struct Kind {
        let value: UInt128
        let cost: UInt128
    }

    /// Largest value first.
    private let kinds: [Kind]
    private let budget: UInt128

    /// How many sums are looked at, at most; what is beyond is taken in the largest coins first.
    private static let maximumSums = 20_000

    init(_ kinds: [Kind], budget: UInt128) {
        self.kinds = kinds
        self.budget = budget
    }

    /// Positions of the kinds, once for each coin.
    func solve() -> [Int] {
        let unit = kinds.reduce(UInt128(0)) { Self.divisor(Self.divisor($0, $1.value), $1.cost) }
        guard unit > 0 else { return [] }
        let (large, rest) = bulk(leaving: unit * UInt128(Self.maximumSums))
        return large + exact(Int(min(rest / unit, UInt128(Self.maximumSums))), unit, coins: RefreshChoice.maximumCoins - large.count)
    }

    /// The largest coins, as long as more than `limit` is left.
    private func bulk(leaving limit: UInt128) -> (coins: [Int], rest: UInt128) {
        var coins: [Int] = []
        var rest = budget
        while rest > limit, coins.count < RefreshChoice.maximumCoins, let next = kinds.firstIndex(where: { $0.cost <= rest }) {
            coins.append(next)
            rest -= kinds[next].cost
        }
        return (coins, rest)
    }

    /// Tries every sum with every number of coins: what one coin more can make of each sum that is less by the coin's cost.
    private func exact(_ sums: Int, _ unit: UInt128, coins: Int) -> [Int] {
        let usable = kinds.indices.filter { kinds[$0].cost / unit <= UInt128(sums) }
        guard coins > 0, !usable.isEmpty else { return [] }
        var worth = [Int](repeating: 0, count: sums + 1)
        // For each number of coins and each sum: the last coin's kind; -1 when that many bring no more than one fewer.
        var last: [[Int16]] = []
        for _ in 0..<coins {
            var next = worth
            var chosen = [Int16](repeating: -1, count: sums + 1)
            for position in usable {
                let cost = Int(kinds[position].cost / unit)
                let value = Int(kinds[position].value / unit)
                for sum in cost...sums where worth[sum - cost] + value > next[sum] {
                    next[sum] = worth[sum - cost] + value
                    chosen[sum] = Int16(clamping: position)
                }
            }
            guard next != worth else { break }
            worth = next
            last.append(chosen)
        }
        var found: [Int] = []
        var sum = sums
        for chosen in last.reversed() where chosen[sum] >= 0 {
            let position = Int(chosen[sum])
            found.append(position)
            sum -= Int(kinds[position].cost / unit)
        }
        return found
    }

    private static func divisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
        var (first, second) = (first, second)
        while second > 0 { (first, second) = (second, first % second) }
        return first
    }
}
