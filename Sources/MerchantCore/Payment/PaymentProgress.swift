// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Where the payment of one contract stands, and what a new permission means then. Pure: no clock, no database.
public enum PaymentProgress: Sendable, Equatable {
    /// No coins are taken on.
    case unpaid
    /// Coins were taken on; the exchange's word is not known yet.
    case open(intent: Int64, coins: CoinSet)
    /// Paid with these coins.
    case paid(coins: CoinSet)

    /// What is to be done with a permission.
    public enum Decision: Sendable, Equatable {
        /// It paid already: the same answer again, nobody is asked.
        case repeatAnswer
        /// It is the one under way: wait for that one's outcome.
        case join(intent: Int64)
        /// Other coins paid, or are under way: nothing is sent.
        case refuseOtherCoins
        case refuseExpired
        /// Check it, commit it, send it.
        case begin
    }

    /// - Parameters:
    ///   - now: decides only for a contract on which nothing is under way.
    public func decide(_ coins: CoinSet, expiry: Timestamp, now: Timestamp) -> Decision {
        switch self {
        case .paid(let known): known == coins ? .repeatAnswer : .refuseOtherCoins
        case .open(let intent, let known): known == coins ? .join(intent: intent) : .refuseOtherCoins
        case .unpaid: now > expiry ? .refuseExpired : .begin
        }
    }
}

/// The coins of a permission with what each contributes; their order does not matter.
public struct CoinSet: Sendable, Hashable {
    /// Coin keys and contributions, sorted: two permissions with equal texts pay with the same coins.
    public let fingerprint: String

    /// The set that a stored fingerprint names.
    public init(fingerprint: String) { self.fingerprint = fingerprint }

    public init(_ coins: some Sequence<(CoinPublicKey, Amount)>) {
        fingerprint = coins.map { "\($0.0)=\($0.1)" }.sorted().joined(separator: ",")
    }
}
