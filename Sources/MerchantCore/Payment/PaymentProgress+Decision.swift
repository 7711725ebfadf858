// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

extension PaymentProgress {
    /// What is to be done with a permission.
    public enum Decision: Sendable, Equatable {
        /// It paid already: the same answer again, nobody is asked.
        case repeatAnswer
        /// It is the one under way: wait for what becomes of these intents.
        case join(intents: [Int64])
        /// Other coins paid, or are under way: nothing is sent.
        case refuseOtherCoins
        /// This coin was accepted for the contract with another contribution.
        case refuseContribution(CoinPublicKey)
        case refuseExpired
        /// The exchange's refusal of that intent still holds: the same answer again, nobody is asked.
        case repeatRefusal(intent: Int64)
        /// Check these coins, commit them, send them; the others of the permission were accepted before.
        case begin(coins: Set<CoinPublicKey>)
    }

    /// A contract takes no more permissions than this, so that a wallet in a loop does not fill the disk.
    public static let maximumPermissions = 200
    /// So many refusals of the same coins cost no waiting.
    static let freeRefusals = 3
    static let longestPause: Int64 = 3600

    /// - Parameters:
    ///   - coins: the permission's, each once.
    ///   - now: decides only for a contract on which nothing is under way.
    public func decide(_ coins: [(coinPub: CoinPublicKey, contribution: Amount)], expiry: Timestamp, now: Timestamp) -> Decision {
        let set = CoinSet(coins.map { ($0.coinPub, $0.contribution) })
        let same = permissions.filter { $0.coins == set }.map(\.id)
        let accepted = Dictionary(self.accepted.map { ($0.coinPub, $0) }, uniquingKeysWith: { first, _ in first })
        let acceptedHere = coins.compactMap { coin in accepted[coin.coinPub].flatMap { $0.contribution == coin.contribution ? $0 : nil } }
        if isPaid, !same.isEmpty, !coins.isEmpty, acceptedHere.count == coins.count || isEnough(acceptedHere) { return .repeatAnswer }
        let open = intents.filter { $0.state == .open }
        if let permission = open.last(where: { same.contains($0.permission) })?.permission {
            return .join(intents: intents.filter { $0.permission == permission }.map(\.id))
        }
        if isPaid || !open.isEmpty { return .refuseOtherCoins }
        if now > expiry || isGivenBack { return .refuseExpired }
        if let coin = coins.first(where: { coin in accepted[coin.coinPub].map { $0.contribution != coin.contribution } ?? false }) {
            return .refuseContribution(coin.coinPub)
        }
        let missing = Set(coins.map(\.coinPub)).subtracting(accepted.keys)
        if let intent = standingRefusal(of: missing, in: same, now: now) { return .repeatRefusal(intent: intent) }
        return .begin(coins: missing)
    }

    /// The intent whose refusal answers for these coins without anybody being asked.
    private func standingRefusal(of coins: Set<CoinPublicKey>, in permissions: [Int64], now: Timestamp) -> Int64? {
        let refused = intents.compactMap { intent in
            if case .refused(let refusal) = intent.state { (intent: intent, refusal: refusal) } else { nil }
        }
        let lasting = refused.last { refusal in refusal.refusal.isLasting && !coins.isDisjoint(with: refusal.intent.barred(refusal.refusal))
        }
        if let lasting { return lasting.intent.id }
        // Other refusals may pass. Who asks again and again waits longer each time.
        if self.permissions.count >= Self.maximumPermissions, let last = refused.last { return last.intent.id }
        let here = refused.filter { permissions.contains($0.intent.permission) }
        guard let last = here.last else { return nil }
        let count = Set(here.map(\.intent.permission)).count
        guard count >= Self.freeRefusals else { return nil }
        let pause = min(Self.longestPause, 1 << Int64(min(count - Self.freeRefusals, 12)))
        // A refusal of the future was written down by a clock that has been set back since.
        return now >= last.refusal.at && now < last.refusal.at.advanced(bySeconds: pause) ? last.intent.id : nil
    }
}

extension PaymentProgress.Intent {
    /// The coins that a lasting refusal is about: the one that it names, or all when it names none of them.
    fileprivate func barred(_ refusal: PaymentProgress.Refusal) -> Set<CoinPublicKey> {
        let all = Set(coins.map(\.coinPub))
        guard let named = refusal.coinPub, all.contains(named) else { return all }
        return [named]
    }
}
