// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import TalerWire
import WalletStore

/// Decides what a coin is still worth that a refusal names. What the exchange knows better than a shop is asked there: a shop may hold
/// keys of yesterday, and a coin that cannot pay all that is asked of it may be worth something still.
struct CoinJudge: Sendable {
    let store: WalletStore
    let clock: any WallClock
    let inquiry: CoinInquiry
    let trust: ExchangeTrust

    /// - Parameter code: of the refusal.
    /// - Throws: ``WalletError`` when the exchange would know, and cannot be asked at the moment.
    func judgement(on named: CoinPublicKey?, of purchase: StoredPurchase, code: Int) async throws -> CoinJudgement {
        guard let named, let coin = try await store.coins(of: purchase).first(where: { $0.coinPub == named }),
            let exchange = try await store.exchange(at: purchase.exchangeURL)
        else { return .setAside }
        if code == ErrorCode.exchangeGenericInsufficientFunds.rawValue { return try await spending(of: coin, at: exchange) }
        guard Self.codesOfDenominations.contains(code) else { return .setAside }
        do {
            let denomination = try await trust.keys(of: exchange).denominations[coin.denomination.hash]
            guard let denomination, !denomination.isRevoked, clock.now() < denomination.expireDeposit else { return .setAside }
            return .good
        } catch is WalletError { return .good }
    }

    /// Coins of a refused payment that the exchange has revoked. None when it does not tell.
    /// - Parameter code: of the refusal.
    func revokedCoins(of purchase: StoredPurchase, code: Int) async throws -> [StoredCoin] {
        guard Self.codesOfDenominations.contains(code), let exchange = try await store.exchange(at: purchase.exchangeURL) else { return [] }
        do {
            let revoked = try await trust.keys(of: exchange).revoked
            return try await store.coins(of: purchase).filter { revoked.contains($0.denomination.hash) }
        } catch is WalletError { return [] }
    }

    /// Asks the exchange about the coins that were set aside and have not expired: those that are worth something are free again.
    func reconsider(_ exchange: StoredExchange, report: @Sendable (WalletStep) -> Void) async throws {
        let aside = try await store.coins(of: exchange).filter { $0.state == .refused && clock.now() < $0.denomination.expireDeposit }
        guard !aside.isEmpty else { return }
        let keys: VerifiedKeys
        do { keys = try await trust.keys(of: exchange) } catch let error as WalletError {
            for coin in aside { report(.staysAside(coin.remaining, reason: "\(error)")) }
            return
        }
        for coin in aside {
            if keys.revoked.contains(coin.denomination.hash) {
                report(.staysAside(coin.remaining, reason: "revoked by the exchange: worth nothing"))
            } else if keys.denominations[coin.denomination.hash] == nil {
                report(.staysAside(coin.remaining, reason: "of a kind that the exchange does not list any more"))
            } else {
                do {
                    let statement = try await inquiry.statement(of: coin, at: exchange)
                    try await statement.endPayments(in: store)
                    report(.reconsidered(try await store.reconsider(coin, statement.facts).remaining))
                } catch let error as WalletError { report(.staysAside(coin.remaining, reason: "\(error)")) }
            }
        }
    }

    private func spending(of coin: StoredCoin, at exchange: StoredExchange) async throws -> CoinJudgement {
        do {
            let statement = try await inquiry.statement(of: coin, at: exchange)
            try await statement.endPayments(in: store)
            return .proven(statement.facts)
        } catch let error as WalletError {
            switch error {
            case .exchangeUnreachable: throw error
            case .exchangeRefused(let status, _, _) where status >= 500: throw error
            default: return .spent
            }
        }
    }

    private static let codesOfDenominations = Set(
        [
            ErrorCode.merchantPostOrdersIdPayDenominationKeyNotFound, .merchantPostOrdersIdPayDenominationDepositExpired,
            .exchangeGenericDenominationKeyUnknown, .exchangeGenericDenominationValidityInFuture, .exchangeGenericDenominationExpired,
            .exchangeGenericDenominationRevoked,
        ].map(\.rawValue))
}
