// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeClient
import TalerCrypto
public import TalerWire

/// Which coins an amount becomes.
public enum DenominationChoice {
    /// More are withdrawn in several goes.
    public static let maximumCoins = 4096

    /// What can be had for an amount.
    public struct Choice: Sendable {
        /// Largest first.
        public let coins: [Denomination]
        /// What the coins are worth.
        public let value: Amount
        /// Of their withdrawal.
        public let fees: Amount
        /// What makes no coin.
        public let rest: Amount
    }

    /// First one coin of each kind, smallest first, for up to half of the money, so that there is change; then the largest that fit.
    /// Never costs more than `balance`.
    /// - Throws: ``WalletError/amountTooSmall(_:)``, ``WalletError/amountTooLarge(_:)``.
    public static func choose(_ balance: Amount, from keys: VerifiedKeys, at now: Timestamp) throws(WalletError) -> Choice {
        try choose(balance, from: Array(keys.denominations.values), at: now)
    }

    /// ``choose(_:from:at:)-(_,VerifiedKeys,_)`` over a list, in any order.
    public static func choose(_ balance: Amount, from all: [Denomination], at now: Timestamp) throws(WalletError) -> Choice {
        let kinds = usable(all, balance.currency, now)
        var rest = balance.units
        var coins: [Denomination] = []
        for kind in kinds.reversed() {
            guard balance.units - rest + cost(kind) <= balance.units / 2 else { break }
            coins.append(kind)
            rest -= cost(kind)
        }
        for kind in kinds {
            let count = rest / cost(kind)
            guard count + UInt128(coins.count) <= UInt128(maximumCoins) else { throw .amountTooLarge(balance) }
            coins += Array(repeating: kind, count: Int(count))
            rest -= count * cost(kind)
        }
        guard !coins.isEmpty else { throw .amountTooSmall(balance) }
        do {
            return Choice(
                coins: coins.sorted { $0.value.units > $1.value.units },
                value: try Amount.sum(coins.map(\.value), in: balance.currency),
                fees: try Amount.sum(coins.map(\.feeWithdraw), in: balance.currency),
                rest: try Amount.make(balance.currency, total: rest))
        } catch { throw .amountTooLarge(balance) }
    }

    private static func cost(_ kind: Denomination) -> UInt128 { kind.value.units + kind.feeWithdraw.units }

    /// One denomination of each value, largest first: the cheapest, and of these the one that can be spent for the longest time. Without
    /// age-restricted ones, and without those whose fees eat the coin.
    static func usable(_ all: [Denomination], _ currency: Currency, _ now: Timestamp) -> [Denomination] {
        var best: [UInt128: Denomination] = [:]
        for kind in all where kind.value.currency == currency && kind.ageMask == 0 && kind.isWithdrawable(at: now) {
            guard kind.publicKey.cipher == .rsa, kind.feeWithdraw.currency == currency, kind.feeDeposit.currency == currency,
                kind.feeWithdraw.units + kind.feeDeposit.units < kind.value.units
            else { continue }
            guard let other = best[kind.value.units] else {
                best[kind.value.units] = kind
                continue
            }
            let (fees, others) = (kind.feeWithdraw.units + kind.feeDeposit.units, other.feeWithdraw.units + other.feeDeposit.units)
            if fees < others || fees == others && kind.expireDeposit > other.expireDeposit { best[kind.value.units] = kind }
        }
        return best.values.sorted { $0.value.units > $1.value.units }
    }
}
