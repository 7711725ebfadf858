// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import HTTPCore
@testable import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// A merchant who waits for something to be asked of him (`lpt=1`), over real sockets.
@Suite struct WaitingMerchantTests {
    private let purchase = TestPurchase()

    @Test func aDepositOfAnotherContractForWhichHeMustIdentifyHimselfWakesHim() async throws {
        let (exchange, coin) = try await paid()
        let waits = try await wait(for: coin, at: exchange)
        var large = purchase
        large.contract = .random()
        #expect(try await exchange.deposit(large.request([try await exchange.fixture.coin("1.28", row: 2)])).status == 451)
        let pending: DepositPending = try await waits.value.json().decode()
        #expect(!pending.isKYCOK)
        #expect(pending.requirementRow == 1)
        await exchange.stop()
    }

    @Test func anotherKeyOfHisAccountWakesHim() async throws {
        let (exchange, coin) = try await paid()
        let waits = try await wait(for: coin, at: exchange)
        let other: MerchantPublicKey = EdDSAPrivateKey().publicKey()
        try await exchange.fixture.nameKey(other, of: purchase.payto, row: 2)
        let pending: DepositPending = try await waits.value.json().decode()
        #expect(!pending.isKYCOK)
        #expect(pending.accountPub == other)
        await exchange.stop()
    }

    private func paid() async throws -> (LiveExchange, TestCoin) {
        let exchange = try await LiveExchange()
        exchange.fixture.service.kycThreshold = amount("1")
        try await exchange.fixture.nameKey(purchase.merchant.publicKey(), of: purchase.payto, row: 1)
        let coin = try await exchange.fixture.coin()
        #expect(try await exchange.deposit(purchase.request([coin])).status == 200)
        return (exchange, coin)
    }

    /// - Returns: his answer, once he has begun to wait.
    private func wait(for coin: TestCoin, at exchange: LiveExchange) async throws -> Task<Response, any Error> {
        let target = purchase.trackTarget(coin.pub, "&timeout_ms=60000&lpt=1")
        let task = Task { try await exchange.get(target) }
        let bell = exchange.fixture.service.bells.deposits
        try await eventually { bell.listenerCount > 0 }
        return task
    }
}
