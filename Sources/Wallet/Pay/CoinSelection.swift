// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Which coins pay a price, and what each gives.
///
/// The rule: A >= price + max(0, F - maximum fee), where A is the sum of the contributions and F that of the deposit fees. F is the least
/// that any choice of at most 256 coins has, unless the coins are of very many different fees. A coin may give a part of what it has.
public struct CoinSelection: Sendable, Equatable {
    /// A coin that may be used.
    public struct Candidate: Sendable, Equatable {
        public let remaining: Amount
        public let depositFee: Amount

        public init(remaining: Amount, depositFee: Amount) {
            self.remaining = remaining
            self.depositFee = depositFee
        }
    }

    public struct Pick: Sendable, Equatable {
        /// Into the candidates.
        public let index: Int
        /// Deposit fee included; at least that fee, at most what the coin has.
        public let contribution: Amount

        public init(index: Int, contribution: Amount) {
            self.index = index
            self.contribution = contribution
        }
    }

    /// Why there is no choice.
    public enum Shortfall: Error, Sendable, Equatable {
        /// So much is missing when all coins are used.
        case missing(Amount)
        /// All coins together would do, but 256 of them do not.
        case tooManyCoins
        /// A sum is beyond what an amount can hold.
        case overflow
    }

    public static let maximumCoins = 256

    /// In the order of the candidates.
    public let picks: [Pick]
    /// A.
    public let paid: Amount
    /// F.
    public let fees: Amount

    /// - Parameter candidates: those of another currency are not used.
    public init(_ candidates: [Candidate], price: Amount, maximumFee: Amount) throws(Shortfall) {
        let currency = price.currency
        guard maximumFee.currency == currency else { throw .missing(price) }
        let problem = CoinProblem(candidates, currency: currency, price: price.units, maximumFee: maximumFee.units)
        let chosen = try problem.solve()
        do {
            picks = try problem.contributions(chosen).map { Pick(index: $0.index, contribution: try .make(currency, total: $0.units)) }
            paid = try Amount.sum(picks.map(\.contribution), in: currency)
            fees = try Amount.sum(picks.map { candidates[$0.index].depositFee }, in: currency)
        } catch { throw .overflow }
    }
}
