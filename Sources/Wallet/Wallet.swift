// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import TalerWire
public import WalletStore

/// A wallet: withdraws coins, pays with them, and knows what became of each.
///
/// Every secret and every signed payment is stored before anybody else hears of it, so that a process that ends anywhere loses nothing.
public struct Wallet: Sendable {
    let store: WalletStore
    let sender: any Sender
    let clock: any WallClock
    let patience: Patience
    let refreshesRests: Bool
    let report: @Sendable (WalletStep) -> Void

    /// How long the wallet waits for money that is on its way.
    public struct Patience: Sendable {
        /// How often an exchange is asked for a reserve that it does not know.
        public var attempts: Int
        /// How long it may keep each question open.
        public var longPoll: Duration
        /// Waits between two questions; throws when cancelled.
        public var pause: @Sendable (Duration) async throws -> Void

        public init(
            attempts: Int = 6, longPoll: Duration = .seconds(10),
            pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        ) {
            self.attempts = attempts
            self.longPoll = longPoll
            self.pause = pause
        }
    }

    /// - Parameters:
    ///   - refreshesRests: exchanges what a payment leaves of a coin for fresh coins at once; otherwise ``refresh()`` does it later.
    ///   - report: hears each step as it is done.
    public init(
        store: WalletStore, sender: any Sender, clock: any WallClock = SystemWallClock(), patience: Patience = Patience(),
        refreshesRests: Bool = true, report: @escaping @Sendable (WalletStep) -> Void = { _ in }
    ) {
        self.store = store
        self.sender = sender
        self.clock = clock
        self.patience = patience
        self.refreshesRests = refreshesRests
        self.report = report
    }

    // MARK: Withdrawing

    /// Gets coins: opens an account at the bank unless there is one, lets it pay the exchange, and has the coins signed.
    /// - Parameters:
    ///   - bank: its base URL; nil for that of the last withdrawal.
    ///   - exchange: nil for that of the last withdrawal, or else the one that the bank suggests.
    public func withdraw(_ amount: Amount, bank: String?, exchange: ExchangeChoice) async throws(WalletError) -> Withdrawn {
        try await WalletError.wrapping {
            try await resumeReserves(patience: .none)
            let usual = try await store.usualParties()
            guard let bankURL = (bank ?? usual?.bankURL)?.asBaseURL else { throw WalletError.unknownParty("bank") }
            let trusted = try await trusted(exchange, suggestedBy: bankURL, for: amount)
            let reserve = try await teller.openReserve(amount, bankURL: bankURL, trusted)
            return try await withdrawal(patience).finish(reserve)
        }
    }

    /// Makes a reserve for a withdrawal that its owner has confirmed at the bank's pages, and asks the bank for nothing. When the owner has
    /// opened the address that is returned and the bank has paid, ``retry()`` fetches the coins.
    /// - Parameters:
    ///   - amount: exactly what was confirmed.
    ///   - callback: the address for wallets that the bank's page has shown (`callback_url` of CreateReserveDetail).
    ///   - bank: its base URL, if it is more than the callback's origin.
    public func prepareWithdrawal(
        _ amount: Amount, callback: String, bank: String?, exchange: ExchangeChoice
    ) async throws(WalletError) -> PreparedWithdrawal {
        try await WalletError.wrapping {
            guard let address = WebAddress(callback) else {
                throw WalletError.address("\(callback.printable) is not http://… or https://…")
            }
            let named = bank?.asBaseURL
            let bankURL = named.flatMap(WebAddress.init)?.origin == address.origin ? named : nil
            let url = bankURL ?? address.origin + "/"
            let trusted = try await trusted(exchange, suggestedBy: url, for: amount)
            let reserve = try await teller.openReserve(amount, bankURL: url, trusted, isFilledByOwner: true)
            guard let page = address.adding(reserve.callbackParameters) else { throw WalletError.address(callback.printable) }
            return PreparedWithdrawal(reservePub: reserve.reservePub, address: page.text)
        }
    }

    /// The exchange of a new withdrawal.
    private func trusted(_ exchange: ExchangeChoice, suggestedBy bankURL: String, for amount: Amount) async throws -> TrustedExchange {
        let usual = try await store.usualParties()
        var exchangeURL = (exchange.url ?? usual?.exchangeURL)?.asBaseURL
        if exchangeURL == nil { exchangeURL = try await teller.suggestedExchange(at: bankURL)?.asBaseURL }
        guard let exchangeURL else { throw WalletError.unknownParty("exchange") }
        let trusted = try await trust.exchange(at: exchangeURL, currency: amount.currency, exchange)
        // Before the bank is asked: an amount that makes no coins is not paid out.
        _ = try DenominationChoice.choose(amount, from: trusted.keys, at: clock.now())
        return trusted
    }

    /// Goes on with every withdrawal that did not come to its end.
    /// - Returns: true when none is left.
    @discardableResult
    public func resume() async throws(WalletError) -> Bool {
        try await WalletError.wrapping { try await resumeReserves(patience: patience) }
    }

    @discardableResult
    func resumeReserves(patience: Patience) async throws -> Bool {
        var isDone = true
        for reserve in try await store.unfinishedReserves() {
            report(.resuming(reserve.reservePub, amount: reserve.amount))
            do { _ = try await withdrawal(patience).finish(reserve) } catch let error as WalletError {
                isDone = false
                report(.notResumed(reserve.reservePub, reason: "\(error)"))
            }
        }
        return isDone
    }

    /// For exchanges that are pinned already.
    var quietTrust: ExchangeTrust { ExchangeTrust(store: store, sender: sender, clock: clock, report: { _ in }) }

    private var trust: ExchangeTrust { ExchangeTrust(store: store, sender: sender, clock: clock, report: report) }

    private var teller: BankTeller { BankTeller(store: store, sender: sender, clock: clock, report: report) }

    private func withdrawal(_ patience: Patience) -> Withdrawal {
        Withdrawal(
            store: store, sender: sender, clock: clock, patience: patience, trust: trust, teller: teller, report: report)
    }
}

extension Wallet.Patience {
    /// Asks once and does not wait.
    static let none = Wallet.Patience(attempts: 1, longPoll: .zero)
}

/// Which exchange, and why it may be trusted.
public struct ExchangeChoice: Sendable {
    /// Nil for the usual one.
    public var url: String?
    /// The master key, as its operator told it.
    public var key: MasterPublicKey?
    /// Without a key: whatever key it shows the first time is pinned.
    public var trustsFirstKey: Bool

    public init(url: String? = nil, key: MasterPublicKey? = nil, trustsFirstKey: Bool = false) {
        self.url = url
        self.key = key
        self.trustsFirstKey = trustsFirstKey
    }
}

extension StoredReserve {
    /// What a wallet adds to a bank's callback address.
    fileprivate var callbackParameters: String {
        [
            ("amount_value", "\(amount.value)"), ("amount_fraction", "\(amount.fraction)"), ("amount_currency", amount.currency.text),
            ("exchange", exchange.baseURL), ("reserve_pub", reservePub.base32),
        ].map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    }
}

extension String {
    /// With a slash at its end.
    var asBaseURL: String { hasSuffix("/") ? self : self + "/" }
}
