// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Which coins give back how much, for a refund that is being asked for. Pure: no clock, no database.
public struct RefundPlan: Sendable, Equatable {
    /// One new request to an exchange.
    public struct Part: Sendable, Equatable {
        /// Which of the plan's coins.
        public let position: Int
        /// Refund fee included.
        public let amount: Amount

        public init(position: Int, amount: Amount) {
            self.position = position
            self.amount = amount
        }
    }

    public enum Refusal: Error, Sendable, Equatable {
        /// More than was paid; the limit is the price, or all that the coins contributed if that is less.
        case tooMuch(limit: Amount)
        /// There is no way to divide it so that each part exceeds its coin's refund fee.
        /// - refundable: the greatest cumulative amount that could be asked for now.
        case cannotBeSplit(refundable: Amount)
        /// A sum is beyond what an amount can hold, or of another currency.
        case arithmetic(AmountError)
    }

    private let price: Amount
    private let coins: [RefundableCoin]

    /// - Parameters:
    ///   - coins: every accepted coin of the contract, in the order in which they shall be used.
    public init(price: Amount, coins: [RefundableCoin]) {
        self.price = price
        self.coins = coins
    }

    /// The parts that raise what the shop has asked for from `asked` to `total`.
    ///
    /// When the whole price is asked for, each coin gives back all that it contributed, the fees that the buyer bore included: the
    /// exchange then gives the deposit fee back as well. Otherwise the parts are exactly the difference. A part that failed is not made
    /// up for by another coin, and its coin is not used again.
    /// - Parameter step: the currency's smallest unit.
    public func raising(_ asked: Amount, to total: Amount, step: Amount) throws(Refusal) -> [Part] {
        do {
            let limit = try limit
            guard try !limit.isLess(than: total) else { throw Refusal.tooMuch(limit: limit) }
            let difference = try total.subtracting(asked)
            let whole = try everything()
            let available = try Amount.sum(whole.map(\.amount), in: price.currency)
            if total == limit, try !available.isLess(than: difference) { return whole }
            let parts = RefundSplit.parts(of: difference.units, from: coins.map(\.source), step: step.units)
            guard let parts else {
                let most = try asked.adding(available)
                throw Refusal.cannotBeSplit(refundable: try limit.isLess(than: most) ? limit : most)
            }
            return try Self.parts(parts, in: price.currency)
        } catch let error as Refusal { throw error } catch let error as AmountError { throw .arithmetic(error) } catch {
            throw .arithmetic(.overflow)
        }
    }

    /// Everything that the coins can still give back. What is not above its coin's refund fee is left: it would not reach the buyer.
    public func everything() throws(AmountError) -> [Part] {
        let rests = coins.map { $0.source.isUsable ? $0.source.rest : 0 }
        return try Self.parts(rests, in: price.currency)
    }

    /// The most that the shop can ask for: the price, or all that the coins contributed if that is less.
    public var limit: Amount {
        get throws(AmountError) {
            let paid = try Amount.sum(coins.map(\.contribution), in: price.currency)
            return try paid.isLess(than: price) ? paid : price
        }
    }

    private static func parts(_ amounts: [UInt128], in currency: Currency) throws(AmountError) -> [Part] {
        var parts: [Part] = []
        for (position, units) in amounts.enumerated() where units > 0 {
            parts.append(Part(position: position, amount: try Amount.make(currency, total: units)))
        }
        return parts
    }
}
