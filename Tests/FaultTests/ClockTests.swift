// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import TalerWire
import Testing
import TestSupport

/// The backend's clock jumps in the middle of payments.
struct ClockTests {
    /// Past the offer's end, past the coins' end, past the end of the exchange's keys; back to before all of them began.
    static let jumps: [Int64] = [7200, 4 * 365 * 86_400, 21 * 365 * 86_400, -365 * 86_400]

    let faults = ScriptedFaults()

    private func check(_ bench: Bench, _ contract: ContractResponse, _ permission: DepositPermission) async throws {
        await bench.close()
        let result = try Comparison(
            exchange: ExchangeBooks(file: bench.exchangeDatabase), backend: BackendBooks(file: bench.merchantDatabase),
            tried: [contract.contractHash], toldPaid: [(contract.contractHash, Set(permission.coins.map(\.coinPub)))])
        #expect(result.paid == 1 && result.lost.isEmpty && result.double.isEmpty, "\(result)")
    }

    @Test(arguments: jumps) func aJumpWhileNothingIsKnownLosesNothing(jump: Int64) async throws {
        let bench = try await Bench(plan: faults)
        let (contract, permission) = try await bench.purchase()
        faults.add(.dropAnswer)
        #expect(try await bench.pay(permission)?.status == 502)
        bench.clock.advance(bySeconds: jump)
        // As it is repeated with the wrong clock, it may become known; it is not refused.
        let meanwhile = try #require(try await bench.pay(permission))
        #expect([200, 502].contains(meanwhile.status), "\(meanwhile.text)")
        bench.clock.advance(bySeconds: -jump)
        #expect(try await bench.pay(permission)?.status == 200)
        try await check(bench, contract, permission)
    }

    @Test(arguments: jumps) func aJumpWhileTheExchangeWorksLosesNothing(jump: Int64) async throws {
        let bench = try await Bench(plan: faults)
        let (contract, permission) = try await bench.purchase()
        faults.add(.delay)
        async let paying = bench.pay(permission)
        await bench.holds.waitUntilHeld()
        bench.clock.advance(bySeconds: jump)
        bench.holds.releaseAll()
        let meanwhile = try #require(try await paying)
        #expect([200, 502].contains(meanwhile.status), "\(meanwhile.text)")
        bench.clock.advance(bySeconds: -jump)
        #expect(try await bench.pay(permission)?.status == 200)
        try await check(bench, contract, permission)
    }

    @Test(arguments: jumps) func aJumpAfterThePaymentChangesNothing(jump: Int64) async throws {
        let bench = try await Bench(plan: faults)
        let (contract, permission) = try await bench.purchase()
        #expect(try await bench.pay(permission)?.status == 200)
        bench.clock.advance(bySeconds: jump)
        #expect(try await bench.pay(permission)?.status == 200)
        try await bench.restart()
        #expect(try await bench.pay(permission)?.status == 200)
        #expect(faults.count() == 1)
        try await check(bench, contract, permission)
    }

    @Test(arguments: [7200, 4 * 365 * 86_400]) func anOfferThatSeemsExpiredIsOpenAgainWhenTheClockIsRight(jump: Int64) async throws {
        let bench = try await Bench(plan: faults)
        let (contract, permission) = try await bench.purchase()
        bench.clock.advance(bySeconds: jump)
        #expect(try await bench.pay(permission)?.code == 2161)
        #expect(faults.count() == 0)
        bench.clock.advance(bySeconds: -jump)
        #expect(try await bench.pay(permission)?.status == 200)
        try await check(bench, contract, permission)
    }

    /// The time between two attempts is not the wall clock's.
    @Test func retriesDoNotFollowTheClock() async throws {
        let bench = try await Bench(plan: faults)
        let (contract, permission) = try await bench.purchase()
        faults.add(.dropAnswer)
        #expect(try await bench.pay(permission)?.status == 502)
        let asked = bench.retries.asked
        for jump in Self.jumps {
            bench.clock.advance(bySeconds: jump)
            _ = try await bench.order(contract.contractHash)
        }
        #expect(faults.count() == 1)
        for jump in Self.jumps { bench.clock.advance(bySeconds: -jump) }
        #expect(bench.retries.asked == asked)
        bench.retries.areAtOnce(true)
        try await bench.restart()
        #expect(try await bench.settled(contract.contractHash) == .paid)
        try await check(bench, contract, permission)
    }
}
