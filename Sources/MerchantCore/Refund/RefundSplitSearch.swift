// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Looks for coins whose least parts together are not above an amount, and whose rests together are not below it.
struct RefundSplitSearch {
    /// Index, and the sums of the least parts and of the rests that were chosen before it: from equal states nothing new is found.
    private struct State: Hashable {
        let index: Int
        let least: UInt128
        let most: UInt128
    }

    private let amount: UInt128
    /// Least and greatest part; nil for a coin that can give none.
    private let ranges: [(least: UInt128, most: UInt128)?]
    /// The greatest parts of a coin and of all after it, together.
    private let tails: [UInt128]
    private var seen: Set<State> = []
    private var chosen: [Bool]

    init(_ amount: UInt128, _ ranges: [(UInt128, UInt128)?]) {
        self.amount = amount
        self.ranges = ranges.map { $0.map { (least: $0.0, most: $0.1) } }
        var tails: [UInt128] = [0]
        for range in ranges.reversed() { tails.append((tails.last ?? 0) + (range?.1 ?? 0)) }
        self.tails = tails.reversed()
        chosen = Array(repeating: false, count: ranges.count)
    }

    /// - Returns: for each coin whether it takes part; nil when no choice was found.
    mutating func run() -> [Bool]? { find(State(index: 0, least: 0, most: 0)) ? chosen : nil }

    private mutating func find(_ state: State) -> Bool {
        guard state.least <= amount else { return false }
        if state.most >= amount { return true }
        guard state.index < ranges.count, state.most + tails[state.index] >= amount else { return false }
        guard seen.count < RefundSplit.maximumStates, seen.insert(state).inserted else { return false }
        if let range = ranges[state.index] {
            chosen[state.index] = true
            let next = State(index: state.index + 1, least: state.least + range.least, most: state.most + range.most)
            if find(next) { return true }
            chosen[state.index] = false
        }
        return find(State(index: state.index + 1, least: state.least, most: state.most))
    }
}
