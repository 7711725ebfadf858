// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Whether the coins of a permission are enough: A >= amount + max(0, F - max_fee), where A is the sum of the contributions and F that
/// of the deposit fees.
public struct PaymentSum: Sendable, Equatable {
    public enum Shortfall: Error, Sendable, Equatable {
        /// The contributions are below the price.
        case tooLittle
        /// They would reach the price, were it not for the fees that the merchant does not bear.
        case feesTooHigh
        /// A sum of the coins is beyond what an amount can hold, or of another currency.
        case arithmetic(AmountError)
    }

    /// - Parameter coins: contribution and deposit fee of each.
    public static func check(
        _ coins: [(contribution: Amount, depositFee: Amount)], amount: Amount, maximumFee: Amount
    ) throws(Shortfall) {
        do {
            let paid = try Amount.sum(coins.map(\.contribution), in: amount.currency)
            let fees = try Amount.sum(coins.map(\.depositFee), in: amount.currency)
            guard try !paid.isLess(than: amount) else { throw Shortfall.tooLittle }
            guard try maximumFee.isLess(than: fees) else { return }
            guard try !paid.isLess(than: amount.adding(fees.subtracting(maximumFee))) else { throw Shortfall.feesTooHigh }
        } catch let error as Shortfall { throw error } catch let error as AmountError { throw .arithmetic(error) } catch {
            throw .arithmetic(.overflow)
        }
    }
}
