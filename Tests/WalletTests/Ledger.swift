// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire
import Testing
@testable import Wallet
import WalletStore

extension World {
    /// What the exchange would still pay for each coin that the wallet can use.
    func worthAtTheExchange(_ store: WalletStore) async throws -> Amount {
        var sum = amount("0")
        for exchange in try await store.exchanges() {
            for coin in try await store.coins(of: exchange) where coin.state == .fresh {
                sum = try sum.adding(await worth(coin))
            }
        }
        return sum
    }

    func worth(_ coin: StoredCoin) async throws -> Amount {
        try await exchangeStore.history(of: coin.coinPub, after: 0)?.balance ?? coin.denomination.value
    }

    /// The wallet believes of every coin what the exchange does.
    func expectAgreement(_ store: WalletStore, _ note: Comment = "") async throws {
        for exchange in try await store.exchanges() {
            for coin in try await store.coins(of: exchange) where coin.state == .fresh || coin.state == .spent {
                #expect(try await worth(coin) == coin.remaining, note)
            }
        }
    }

    func coins(_ store: WalletStore) async throws -> [StoredCoin] {
        var coins: [StoredCoin] = []
        for exchange in try await store.exchanges() { coins += try await store.coins(of: exchange) }
        return coins
    }

    /// A copy of the wallet melts a part of a coin.
    func meltElsewhere(_ coin: StoredCoin) async throws {
        let record = try #require(try await exchangeStore.keys().denominations.min { $0.value.units < $1.value.units })
        let denomination = StoredDenomination(
            hash: record.hash, key: record.rsaPub, value: record.value, feeWithdraw: record.feeWithdraw,
            feeDeposit: record.feeDeposit, expireDeposit: record.expireDeposit)
        let fee = amount("0.01")
        let session = try RefreshSession(
            coin: coin, transferSecrets: try (0..<3).map { _ in try WalletSecret(ECDHEPrivateKey().exported()) },
            denominations: [denomination], amount: try record.value.adding(record.feeWithdraw).adding(fee), fee: fee)
        let request = try ExchangeRequests(baseURL: World.exchangeURL).melt(coin.coinPub, session.melt)
        #expect(try await network.send(request).status == 200)
    }

    func available(_ store: WalletStore) async throws -> Amount {
        try await wallet(store).balances().first?.available ?? amount("0")
    }
}
