// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Divides an amount among coins so that each part is more than its coin's refund fee: the exchange refunds nothing below it. Pure; all
/// numbers are in units of 10^-8.
public struct RefundSplit: Sendable, Equatable {
    /// What one coin can give back.
    public struct Source: Sendable, Equatable {
        /// At most this much.
        public let rest: UInt128
        /// Every part must be more than this. Nil when it is not known: then the coin gives back all of its rest or nothing.
        public let fee: UInt128?

        public init(rest: UInt128, fee: UInt128?) {
            self.rest = rest
            self.fee = fee
        }

        /// The smallest part that it can give, if it can give any: `step` above the fee, or else its whole rest.
        func smallestPart(step: UInt128) -> UInt128? {
            guard let fee else { return rest > 0 ? rest : nil }
            guard rest > fee else { return nil }
            return rest - fee > step ? fee + step : rest
        }

        /// True when a part of it can reach the buyer.
        public var isUsable: Bool { rest > (fee ?? 0) }
    }

    /// One part for each source, in order; zero where a source gives nothing. Earlier sources are used before later ones, and wholly
    /// before in part, as far as that leaves no part too small. A combination is found whenever there is one among few or similar coins;
    /// the search gives up after ``maximumStates`` combinations.
    /// - Parameter step: parts are cut no finer, unless there is no other way: the currency's smallest unit.
    /// - Returns: nil when there is no such division.
    public static func parts(of amount: UInt128, from sources: [Source], step: UInt128 = 1) -> [UInt128]? {
        parts(amount, sources, max(step, 1)) ?? (step > 1 ? parts(amount, sources, 1) : nil)
    }

    /// How many combinations of coins are looked at before the search gives up.
    static let maximumStates = 100_000

    private static func parts(_ amount: UInt128, _ sources: [Source], _ step: UInt128) -> [UInt128]? {
        guard amount > 0 else { return sources.map { _ in 0 } }
        var search = RefundSplitSearch(amount, sources.map { source in source.smallestPart(step: step).map { ($0, source.rest) } })
        guard let chosen = search.run() else { return nil }
        // Every chosen coin gives its least; what is left is added in order.
        var left = amount
        for index in sources.indices where chosen[index] { left -= sources[index].smallestPart(step: step) ?? 0 }
        return sources.indices.map { index in
            guard chosen[index], let least = sources[index].smallestPart(step: step) else { return 0 }
            let more = min(left, sources[index].rest - least)
            left -= more
            return least + more
        }
    }
}
