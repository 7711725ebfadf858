// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
@testable import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@Suite struct DepositStateTests {
    let purchase = TestPurchase()

    @Test func aDepositThatIsNotYetWiredSaysWhenItIsPlanned() async throws {
        let (fixture, coin) = try await paid()
        let response = await fixture.get(purchase.trackTarget(coin.pub))
        try expect(response, like: "72-deposits-202")
        let pending: DepositPending = try response.json().decode()
        #expect(pending == DepositPending(executionTime: purchase.wireDeadline, isKYCOK: true))
    }

    @Test func aTimeoutAloneDoesNotWait() async throws {
        let (fixture, coin) = try await paid()
        let response = await fixture.get(purchase.trackTarget(coin.pub, "&timeout_ms=30000"))
        try expect(response, like: "88-deposits-timeout-without-lpt")
        #expect(await fixture.get(purchase.trackTarget(coin.pub, "&timeout_ms=30000&lpt=0")).status == 202)
    }

    @Test func aWaitEndsWithItsTime() async throws {
        let (fixture, coin) = try await paid()
        try expect(await fixture.get(purchase.trackTarget(coin.pub, "&timeout_ms=5&lpt=1")), like: "89-deposits-lpt-1")
        #expect(fixture.service.bells.deposits.listenerCount == 0)
    }

    @Test func aWaitEndsWhenTheExchangeStops() async throws {
        let (fixture, coin) = try await paid()
        async let answer = fixture.get(purchase.trackTarget(coin.pub, "&timeout_ms=60000&lpt=2"))
        while fixture.service.bells.deposits.listenerCount == 0 { await Task.yield() }
        fixture.service.stop()
        #expect(await answer.status == 202)
    }

    @Test func anUnknownDepositIsNotFoundAtOnce() async throws {
        let (fixture, coin) = try await paid()
        var other = purchase
        other.contract = ContractHash.random()
        try expect(await fixture.get(other.trackTarget(coin.pub, "&timeout_ms=60000&lpt=2")), like: "74-deposits-unknown")
        other = purchase
        other.salt = WireSalt.random()
        #expect(await fixture.get(other.trackTarget(coin.pub)).code == 1100)
        other = purchase
        other.merchant = EdDSAPrivateKey()
        #expect(await fixture.get(other.trackTarget(coin.pub)).code == 1100)
        #expect(await fixture.get(purchase.trackTarget(try await fixture.coin(row: 2).pub)).code == 1100)
    }

    @Test func onlyTheMerchantMayAsk() async throws {
        let (fixture, coin) = try await paid()
        try expect(await fixture.get(purchase.trackPath(coin.pub)), like: "75-deposits-no-sig")
        let strange = "?merchant_sig=\(EdDSASignature.random())"
        try expect(await fixture.get(purchase.trackPath(coin.pub) + strange), like: "73-deposits-bad-sig")
        let cut = await fixture.get(purchase.trackPath(coin.pub) + "?merchant_sig=XYZ")
        #expect(cut.status == 400)
        #expect(cut.code == 26)
    }

    @Test(arguments: [(2, 1101), (3, 1102), (4, 1103), (5, 1104)])
    func aMalformedPartOfTheAddressHasItsOwnCode(_ part: Int, _ code: Int) async throws {
        let (fixture, coin) = try await paid()
        var parts = purchase.trackTarget(coin.pub).split(separator: "?").map(String.init)
        var path = parts[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        path[part].removeLast()
        parts[0] = path.joined(separator: "/")
        let response = await fixture.get(parts.joined(separator: "?"))
        #expect(response.status == 400)
        #expect(response.code == code)
    }

    @Test(arguments: ["&lpt=3", "&lpt=-1", "&lpt=x", "&lpt=1&timeout_ms=x"])
    func whatIsNoNumberIsRefused(_ more: String) async throws {
        let (fixture, coin) = try await paid()
        let response = await fixture.get(purchase.trackTarget(coin.pub, more))
        #expect(response.status == 400)
        #expect(response.code == 26)
    }

    private func paid() async throws -> (Fixture, TestCoin) {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        return (fixture, coin)
    }
}
