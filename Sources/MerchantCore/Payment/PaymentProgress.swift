// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Where the payment of one contract stands, and what a new permission means then. Pure: no clock, no database.
///
/// A permission has one intent for each exchange of its coins. Coins that an exchange accepted count for the contract whatever becomes
/// of the others; the contract is paid once the accepted ones meet the sum rule.
public struct PaymentProgress: Sendable, Equatable {
    /// What must be paid.
    public let price: Price
    public let isPaid: Bool
    /// What was accepted of a payment that did not become whole is being given back: no coins are taken on any more.
    public let isGivenBack: Bool
    /// Every permission that was taken on, oldest first.
    public let permissions: [Permission]
    /// Every intent, oldest first.
    public let intents: [Intent]

    public struct Price: Sendable, Equatable {
        public let amount: Amount
        /// The deposit fees that the merchant bears, in total.
        public let maximumFee: Amount

        public init(amount: Amount, maximumFee: Amount) {
            self.amount = amount
            self.maximumFee = maximumFee
        }
    }

    public struct Permission: Sendable, Equatable {
        public let id: Int64
        /// All its coins, those that were accepted before it included.
        public let coins: CoinSet

        public init(id: Int64, coins: CoinSet) {
            self.id = id
            self.coins = coins
        }
    }

    public struct Coin: Sendable, Equatable {
        public let coinPub: CoinPublicKey
        /// Deposit fee included.
        public let contribution: Amount
        public let depositFee: Amount

        public init(coinPub: CoinPublicKey, contribution: Amount, depositFee: Amount) {
            self.coinPub = coinPub
            self.contribution = contribution
            self.depositFee = depositFee
        }
    }

    public struct Intent: Sendable, Equatable {
        public let id: Int64
        public let permission: Int64
        public let coins: [Coin]
        public let state: State

        public enum State: Sendable, Equatable {
            case open
            /// Confirmed, or unconfirmed: the exchange has the coins.
            case accepted
            case refused(Refusal)
        }

        public init(id: Int64, permission: Int64, coins: [Coin], state: State) {
            self.id = id
            self.permission = permission
            self.coins = coins
            self.state = state
        }
    }

    /// An exchange's definitive refusal.
    public struct Refusal: Sendable, Equatable {
        /// HTTP status.
        public let status: Int
        /// The registry's number.
        public let code: Int64?
        /// The coin that it names.
        public let coinPub: CoinPublicKey?
        public let at: Timestamp

        public init(status: Int, code: Int64?, coinPub: CoinPublicKey?, at: Timestamp) {
            self.status = status
            self.code = code
            self.coinPub = coinPub
            self.at = at
        }

        /// It says of a coin that it was spent, or is bound, elsewhere: that never changes.
        public var isLasting: Bool { status == 409 && code.map { Self.lastingCodes.contains($0) } == true }

        private static let lastingCodes: Set<Int64> = Set(
            [
                ErrorCode.exchangeGenericCoinConflictingDenominationKey, .exchangeGenericInsufficientFunds,
                .exchangeGenericCoinConflictingAgeHash, .exchangeDepositConflictingContract,
            ].map { Int64($0.rawValue) })
    }

    public init(price: Price, isPaid: Bool, isGivenBack: Bool = false, permissions: [Permission], intents: [Intent]) {
        self.price = price
        self.isPaid = isPaid
        self.isGivenBack = isGivenBack
        self.permissions = permissions
        self.intents = intents
    }

    /// The coins that exchanges have accepted.
    public var accepted: [Coin] {
        var seen: Set<CoinPublicKey> = []
        return intents.filter { $0.state == .accepted }.flatMap(\.coins).filter { seen.insert($0.coinPub).inserted }
    }

    /// Coins were taken on whose exchange has not given its word yet.
    public var isOpen: Bool { intents.contains { $0.state == .open } }

    /// Accepted intents of earlier permissions without which the contract is paid as well: the permission that made the payment whole
    /// neither named their coins nor needed them.
    public var surplus: [Int64] {
        let taken = intents.filter { $0.state == .accepted }
        guard isPaid, !isOpen, let last = taken.map(\.permission).max(), let coins = permissions.first(where: { $0.id == last })?.coins
        else { return [] }
        guard isEnough(accepted.filter(coins.contains)) else { return [] }
        return taken.filter { !$0.coins.contains(where: coins.contains) }.map(\.id)
    }

    /// True when these coins meet the sum rule.
    public func isEnough(_ coins: [Coin]) -> Bool { (try? check(coins)) != nil }

    /// The sum rule.
    /// - Throws: `PaymentSum.Shortfall`.
    public func check(_ coins: [Coin]) throws(PaymentSum.Shortfall) {
        try PaymentSum.check(coins.map { ($0.contribution, $0.depositFee) }, amount: price.amount, maximumFee: price.maximumFee)
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

    /// True when the coin is in it, with its contribution.
    func contains(_ coin: PaymentProgress.Coin) -> Bool {
        fingerprint.split(separator: ",").contains { $0 == "\(coin.coinPub)=\(coin.contribution)" }
    }
}
