// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeClient
import TalerCrypto
public import TalerWire

/// Which fresh coins the value of a coin becomes: those that are worth the most, and of these the fewest. So the fees are the least that
/// there are.
public struct RefreshChoice: Sendable {
    /// An exchange signs no more in one refresh.
    public static let maximumCoins = 256

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
        var search = Search(kinds.map { .init(value: $0.value.units, cost: $0.value.units + $0.feeWithdraw.units) })
        let counts = search.best(remaining.units - fee.units)
        coins = zip(kinds, counts).flatMap { Array(repeating: $0, count: $1) }
        guard !coins.isEmpty, let value = try? Amount.sum(coins.map(\.value), in: fee.currency),
            let fees = try? Amount.sum(coins.map(\.feeWithdraw), in: fee.currency),
            let amount = try? value.adding(fees).adding(fee)
        else { return nil }
        self.value = value
        withdrawFees = fees
        self.amount = amount
    }
}

/// A knapsack with as many of each kind as one likes: depth first, the cheapest for its value first, cut where even the best price could
/// bring no more. With values that double, the first descent has the optimum already.
private struct Search {
    struct Kind {
        let value: UInt128
        let cost: UInt128
    }

    private let kinds: [Kind]
    /// Positions of `kinds`, those with the least cost for their value first.
    private let order: [Int]
    private var counts: [Int]
    private var bestCounts: [Int]
    private var bestValue: UInt128 = 0
    private var bestNumber = 0
    /// Denominations that no exchange has would take for ever; what is found by then is good enough.
    private var steps = 50_000

    init(_ kinds: [Kind]) {
        self.kinds = kinds
        order = kinds.indices.sorted { first, second in
            let (a, b) = (kinds[first], kinds[second])
            let (left, right) = (a.cost.multipliedFullWidth(by: b.value), b.cost.multipliedFullWidth(by: a.value))
            if (left.high, left.low) != (right.high, right.low) { return (left.high, left.low) < (right.high, right.low) }
            return a.value > b.value
        }
        counts = Array(repeating: 0, count: kinds.count)
        bestCounts = counts
    }

    mutating func best(_ budget: UInt128) -> [Int] {
        descend(0, budget, value: 0, number: 0)
        return bestCounts
    }

    private mutating func descend(_ depth: Int, _ rest: UInt128, value: UInt128, number: Int) {
        if value > bestValue || value == bestValue && number < bestNumber {
            (bestValue, bestNumber, bestCounts) = (value, number, counts)
        }
        guard depth < order.count, steps > 0 else { return }
        steps -= 1
        let position = order[depth]
        let kind = kinds[position]
        let (reach, isTooLarge) = rest.multipliedReportingOverflow(by: kind.value)
        guard isTooLarge || value + reach / kind.cost > bestValue || value + reach / kind.cost == bestValue && number < bestNumber else {
            return
        }
        let most = min(rest / kind.cost, UInt128(RefreshChoice.maximumCoins - number))
        var count = Int(most)
        while count >= 0, steps > 0 {
            counts[position] = count
            descend(
                depth + 1, rest - UInt128(count) * kind.cost, value: value + UInt128(count) * kind.value, number: number + count)
            count -= 1
        }
        counts[position] = 0
    }
}
