// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import HTTPCore
import TalerCrypto
import TalerWire
import Testing

/// Amounts that are well-formed and signed, and larger than any number in the books.
@Suite struct LargeAmountTests {
    private let largest = amount("4503599627370496")

    @Test func aRefundIsAboveTheDeposit() async throws {
        let exchange = try await LiveExchange()
        let (purchase, coin) = (TestPurchase(), try await exchange.fixture.coin())
        #expect(try await exchange.deposit(purchase.request([coin])).status == 200)
        let response = try await exchange.post("/coins/\(coin.pub)/refund", purchase.refund(coin.pub, largest))
        #expect(response.status == 409)
        #expect(response.code == 1501)
        await exchange.stop()
    }

    @Test func aMeltIsMoreThanTheCoinHas() async throws {
        let exchange = try await LiveExchange()
        var refresh = try await exchange.fixture.refresh(try await exchange.fixture.coin(), into: ["0.32"])
        refresh.amountWithFee = largest
        let response = try await exchange.post(refresh.meltPath, refresh.melt())
        #expect(response.status == 409)
        #expect(response.code == 1012)
        await exchange.stop()
    }

    @Test func aContributionIsAboveTheDenominationsValue() async throws {
        let exchange = try await LiveExchange()
        let response = try await exchange.deposit(TestPurchase().request([(try await exchange.fixture.coin(), largest)]))
        #expect(response.status == 400)
        #expect(response.code == 1021)
        await exchange.stop()
    }
}
