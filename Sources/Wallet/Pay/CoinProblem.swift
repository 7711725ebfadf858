// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// The arithmetic of ``CoinSelection``, in units of 10^-8.
struct CoinProblem {
    private struct Coin {
        let index: Int
        let remaining: UInt128
        let fee: UInt128
    }

    private let coins: [Coin]
    private let currency: Currency
    private let price: UInt128
    private let maximumFee: UInt128

    /// How many sums of fees are followed at once.
    private static let maximumStates = 512
    /// Up to so many coins, small ones are used up rather than a large one broken.
    private static let smallChange = 16

    init(_ candidates: [CoinSelection.Candidate], currency: Currency, price: UInt128, maximumFee: UInt128) {
        coins = candidates.enumerated().compactMap { index, candidate in
            guard candidate.remaining.currency == currency, candidate.depositFee.currency == currency, !candidate.remaining.isZero,
                candidate.remaining.units >= candidate.depositFee.units
            else { return nil }
            return Coin(index: index, remaining: candidate.remaining.units, fee: candidate.depositFee.units)
        }
        self.currency = currency
        self.price = price
        self.maximumFee = maximumFee
    }

    /// What the contributions must sum up to.
    private func need(_ fees: UInt128) -> UInt128 { price + (fees > maximumFee ? fees - maximumFee : 0) }

    private func suffices(_ chosen: [Coin]) -> Bool { total(chosen) >= need(fees(chosen)) }
    private func total(_ chosen: [Coin]) -> UInt128 { chosen.reduce(0) { $0 + $1.remaining } }
    private func fees(_ chosen: [Coin]) -> UInt128 { chosen.reduce(0) { $0 + $1.fee } }

    /// Positions in `coins`, not yet with what each gives.
    func solve() throws(CoinSelection.Shortfall) -> [Int] {
        // A coin has at least its fee, so another one never makes it worse.
        guard suffices(coins) else {
            guard let missing = try? Amount.make(currency, total: need(fees(coins)) - total(coins)) else { throw .overflow }
            throw .missing(missing)
        }
        guard price > 0 else { return [] }
        if let cheapest = cheapest() {
            let small = trimmed(smaller(cheapest), largestFirst: true)
            if small.count <= Self.smallChange { return small }
            let few = trimmed(cheapest, largestFirst: false)
            if few.count <= CoinSelection.maximumCoins { return few }
        }
        let largest = Array(coins.indices.sorted { value($0) > value($1) }.prefix(CoinSelection.maximumCoins))
        guard suffices(largest.map { coins[$0] }) else { throw .tooManyCoins }
        return trimmed(largest, largestFirst: false)
    }

    private func value(_ position: Int) -> UInt128 { coins[position].remaining - coins[position].fee }

    /// The choice with the lowest fees: of each fee's coins the largest ones, as many as are needed.
    private func cheapest() -> [Int]? {
        struct State {
            var fees: UInt128 = 0
            var total: UInt128 = 0
            var counts: [Int] = []
        }
        let classes = Dictionary(grouping: coins.indices) { coins[$0].fee }.sorted { $0.key < $1.key }.map { fee, members in
            (fee: fee, members: members.sorted { coins[$0].remaining > coins[$1].remaining })
        }
        var states = [State()]
        for (fee, members) in classes {
            var next: [State] = []
            for state in states {
                var state = state
                state.counts.append(0)
                next.append(state)
                for member in members.prefix(CoinSelection.maximumCoins) {
                    state.fees += fee
                    state.total += coins[member].remaining
                    state.counts[state.counts.count - 1] += 1
                    next.append(state)
                }
            }
            next.sort { ($0.fees, $1.total) < ($1.fees, $0.total) }
            // Only what brings more than everything cheaper.
            states = []
            for state in next where states.last.map({ $0.total < state.total }) ?? true { states.append(state) }
            while states.count > Self.maximumStates {
                let last = states[states.count - 1]
                states = states.enumerated().filter { $0.offset.isMultiple(of: 2) && $0.offset < states.count - 1 }.map(\.element) + [last]
            }
        }
        guard let best = states.first(where: { $0.total >= need($0.fees) }) else { return nil }
        return zip(classes, best.counts).flatMap { $0.members.prefix($1) }
    }

    /// The same number of coins of each fee, but the smallest that still suffice in each one's place.
    private func smaller(_ chosen: [Int]) -> [Int] {
        var chosen = chosen
        let needed = need(fees(chosen.map { coins[$0] }))
        var total = total(chosen.map { coins[$0] })
        var free = Set(coins.indices).subtracting(chosen).sorted { coins[$0].remaining < coins[$1].remaining }
        for place in chosen.indices.sorted(by: { coins[chosen[$0]].remaining > coins[chosen[$1]].remaining }) {
            let old = coins[chosen[place]]
            let better = free.firstIndex { position in
                let new = coins[position]
                return new.fee == old.fee && new.remaining < old.remaining && total - old.remaining + new.remaining >= needed
            }
            guard let better else { continue }
            total = total - old.remaining + coins[free[better]].remaining
            let freed = chosen[place]
            chosen[place] = free.remove(at: better)
            free.insert(freed, at: free.firstIndex { coins[$0].remaining >= old.remaining } ?? free.endIndex)
        }
        return chosen
    }

    /// Without the coins that are not needed.
    private func trimmed(_ chosen: [Int], largestFirst: Bool) -> [Int] {
        var kept = Set(chosen)
        var total = total(chosen.map { coins[$0] })
        var fees = fees(chosen.map { coins[$0] })
        for position in chosen.sorted(by: { (coins[$0].remaining > coins[$1].remaining) == largestFirst }) {
            let coin = coins[position]
            guard total - coin.remaining >= need(fees - coin.fee) else { continue }
            kept.remove(position)
            total -= coin.remaining
            fees -= coin.fee
        }
        return kept.sorted()
    }

    /// What each gives: all it has, but for the largest, which keep what is too much. Nobody gives less than its fee.
    func contributions(_ chosen: [Int]) -> [(index: Int, units: UInt128)] {
        let used = chosen.map { coins[$0] }
        var surplus = total(used) - need(fees(used))
        var given: [Int: UInt128] = [:]
        for coin in used.sorted(by: { $0.remaining > $1.remaining }) {
            let cut = min(surplus, coin.remaining - coin.fee)
            surplus -= cut
            given[coin.index] = coin.remaining - cut
        }
        return given.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
