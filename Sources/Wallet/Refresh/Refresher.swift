// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerCrypto
import TalerWire
import WalletStore

/// Exchanges coins for fresh ones, from wherever each exchange is: planned and stored, melted, revealed and kept.
struct Refresher: Sendable {
    let store: WalletStore
    let sender: any Sender
    let clock: any WallClock
    let trust: ExchangeTrust
    let report: @Sendable (WalletStep) -> Void

    /// Refreshes every coin that should not be spent as it is.
    /// - Parameter only: nil for all.
    func refreshAll(of exchange: StoredExchange, only: Set<CoinPublicKey>? = nil) async throws -> RefreshTotals {
        var totals = RefreshTotals()
        let known = try await store.knownCoins(of: exchange)
        let now = clock.now()
        let coins = try await store.coins(of: exchange).filter {
            $0.state == .fresh && now < $0.denomination.expireDeposit && (only?.contains($0.coinPub) ?? true)
        }
        guard !coins.isEmpty, only == nil || coins.contains(where: { known[$0.id] != nil }) else { return totals }
        let keys = try await trust.keys(of: exchange)
        for coin in coins {
            if keys.revoked.contains(coin.denomination.hash) {
                try await store.setAside([coin])
                report(.staysAside(coin.remaining, reason: "revoked by the exchange: worth nothing"))
                continue
            }
            let denomination = keys.denominations[coin.denomination.hash]
            guard let reason = known[coin.id] ?? (denomination?.endsSoon(at: now) == true ? .expiring : nil) else { continue }
            guard let denomination else {
                totals.failures.append("a coin over \(coin.remaining) is of a kind that the exchange does not list any more")
                continue
            }
            do {
                guard let refresh = try await plan(coin, of: exchange, reason, fee: denomination.feeRefresh, keys) else {
                    report(.tooSmallToRefresh(coin.remaining))
                    totals.tooSmall.append(coin.remaining)
                    continue
                }
                totals.add(try await finish(refresh, isFirst: true, keys))
            } catch let error as WalletError {
                report(.notRefreshed(coin.remaining, reason: "\(error)"))
                totals.failures.append("\(error)")
            }
        }
        return totals
    }

    /// Goes on with every refresh that did not come to its end.
    func resume() async throws -> RefreshTotals {
        var totals = RefreshTotals()
        for refresh in try await store.unfinishedRefreshes() {
            report(.resumingRefresh(refresh.amount))
            do {
                totals.add(try await finish(refresh, isFirst: false, trust.keys(of: refresh.exchange)))
            } catch let error as WalletError {
                report(.notRefreshed(refresh.amount, reason: "\(error)"))
                totals.failures.append("\(error)")
            }
        }
        return totals
    }

    /// - Returns: nil when the coin has too little for the fee and another coin.
    private func plan(
        _ coin: StoredCoin, of exchange: StoredExchange, _ reason: StoredRefresh.Reason, fee: Amount, _ keys: VerifiedKeys
    ) async throws -> StoredRefresh? {
        guard let choice = RefreshChoice(coin.remaining, fee: fee, from: Array(keys.denominations.values), at: clock.now()) else {
            return nil
        }
        let transferSecrets = try (0..<RefreshSession.candidates).map { _ in try WalletSecret(ECDHEPrivateKey().exported()) }
        let denominations = choice.coins.map(StoredDenomination.init)
        let session = try RefreshSession(
            coin: coin, transferSecrets: transferSecrets, denominations: denominations, amount: choice.amount, fee: fee)
        let refresh = try await store.planRefresh(
            NewRefresh(
                coin: coin, exchange: exchange, commitment: session.commitment, transferSecrets: transferSecrets,
                denominations: denominations, amount: choice.amount, fee: fee, reason: reason), now: clock.now())
        report(.refreshing(amount: choice.amount, fees: try fee.adding(choice.withdrawFees), reason: reason))
        return refresh
    }

    /// - Parameter isFirst: the exchange has certainly not heard of it.
    private func finish(_ start: StoredRefresh, isFirst: Bool, _ keys: VerifiedKeys) async throws -> StoredRefresh {
        var refresh = start
        let session = try RefreshSession(refresh)
        while true {
            switch refresh.state {
            case .planned: refresh = try await melt(refresh, session, isFirst: isFirst, keys)
            case .melted(let hidden):
                let request = try ExchangeRequests(baseURL: refresh.exchange.baseURL).reveal(
                    refresh.commitment, session.reveal(hidden: hidden))
                let response = try await send(request)
                guard response.status == 200 else { throw response.asExchangeRefusal }
                refresh = try await store.keepFreshCoins(session.coins(response, hidden: hidden), of: refresh)
                report(.refreshed(coins: refresh.denominations.count, value: try refresh.value()))
            case .done: return refresh
            case .refused(let reason): throw WalletError.exchangeMalformed(reason)
            }
        }
    }

    private func melt(
        _ refresh: StoredRefresh, _ session: RefreshSession, isFirst: Bool, _ keys: VerifiedKeys
    ) async throws -> StoredRefresh {
        let response = try await send(
            ExchangeRequests(baseURL: refresh.exchange.baseURL).melt(refresh.coin.coinPub, session.melt), isFirst ? refresh : nil)
        guard response.status == 200 else {
            guard (400..<500).contains(response.status), response.refusalCode != nil else { throw response.asExchangeRefusal }
            return try await refused(refresh, response, isFirst: isFirst)
        }
        let answer: CoinMeltResponse
        do { answer = try response.json().decode() } catch { throw WalletError.exchangeMalformed("a melt: \(error)".printable) }
        do throws(AnswerFailure) {
            try MeltVerification.check(answer, of: refresh.commitment, keys: keys, now: clock.now())
        } catch { throw WalletError.exchangeMalformed("a melt: \(error)") }
        return try await store.coinIsMelted(
            refresh, noRevealIndex: Int(answer.noRevealIndex), exchangePub: answer.exchangePub, signature: answer.exchangeSignature)
    }

    /// The exchange will not melt the coin. Unless this was the first attempt, an earlier one may have gone through all the same: then the
    /// coin's history tells, and the refresh stays open.
    private func refused(_ refresh: StoredRefresh, _ response: Response, isFirst: Bool) async throws -> StoredRefresh {
        let isSpent = response.refusalCode == ErrorCode.exchangeGenericInsufficientFunds.rawValue
        var facts: CoinFacts?
        if isSpent || !isFirst {
            let statement = try await CoinInquiry(sender: sender).statement(of: refresh.coin, at: refresh.exchange)
            guard !statement.melts.contains(refresh.commitment) else { throw response.asExchangeRefusal }
            try await statement.endPayments(in: store)
            facts = statement.facts
        }
        try await store.refreshIsRefused(refresh, response.refusalHint, facts: facts)
        throw response.asExchangeRefusal
    }

    /// - Parameter first: a refresh that ends when the request certainly did not reach the exchange.
    private func send(_ request: OutgoingRequest, _ first: StoredRefresh? = nil) async throws -> Response {
        do throws(SendError) { return try await sender.send(request) } catch {
            if let first, case .notSent = error { try await store.refreshIsRefused(first, error.words, facts: nil) }
            throw WalletError.exchangeUnreachable(error.words)
        }
    }
}

extension Denomination {
    /// In the last half of the time in which its coins can be spent but not withdrawn any more.
    fileprivate func endsSoon(at now: Timestamp) -> Bool {
        guard let withdraw = expireWithdraw.seconds, let deposit = expireDeposit.seconds, let now = now.seconds, deposit > withdraw else {
            return false
        }
        return now >= withdraw + (deposit - withdraw) / 2
    }
}

extension StoredDenomination {
    init(_ denomination: Denomination) {
        self.init(
            hash: denomination.hash, key: denomination.publicKey.encoded, value: denomination.value, feeWithdraw: denomination.feeWithdraw,
            feeDeposit: denomination.feeDeposit, expireDeposit: denomination.expireDeposit)
    }
}

/// What came of refreshing several coins.
struct RefreshTotals {
    var finished: [StoredRefresh] = []
    var tooSmall: [Amount] = []
    /// For people.
    var failures: [String] = []

    mutating func add(_ refresh: StoredRefresh) { finished.append(refresh) }

    mutating func add(_ other: RefreshTotals) {
        finished += other.finished
        tooSmall += other.tooSmall
        failures += other.failures
    }
}
