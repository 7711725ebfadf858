// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import SandboxExchange
import TalerWire
import Testing
import TestSupport

/// A deposit was accepted, its answer was lost, and from then on the exchange refuses every repeat.
struct DoubtTests {
    @Test(arguments: [400, 403, 404, 409, 410, 413, 451]) func whatWasAcceptedIsPaidWhateverIsSaidLater(status: Int) async throws {
        let faults = ScriptedFaults()
        let bench = try await Bench(plan: faults, retries: Retries(atOnce: true))
        let (contract, permission) = try await bench.purchase()
        faults.add(.dropAnswer)
        faults.keep(.status(status))
        let first = try #require(try await bench.pay(permission))
        #expect([200, 502].contains(first.status), "\(first.text)")
        // By itself, and only by asking what became of the coins.
        #expect(try await bench.settled(contract.contractHash)?.isPaid == true)
        #expect(try await bench.pay(permission)?.status == 200)
        faults.keep(nil)
        await bench.close()
        let result = try Comparison(
            exchange: ExchangeBooks(file: bench.exchangeDatabase), backend: BackendBooks(file: bench.merchantDatabase),
            tried: [contract.contractHash], toldPaid: [(contract.contractHash, Set(permission.coins.map(\.coinPub)))])
        #expect(result.paid == 1 && result.lost.isEmpty && result.double.isEmpty, "\(result)")
    }

    private func check(_ bench: Bench, _ permission: DepositPermission) async throws {
        await bench.close()
        let result = try Comparison(
            exchange: ExchangeBooks(file: bench.exchangeDatabase), backend: BackendBooks(file: bench.merchantDatabase),
            tried: [permission.contractHash], toldPaid: [(permission.contractHash, Set(permission.coins.map(\.coinPub)))])
        #expect(result.paid == 1 && result.lost.isEmpty && result.double.isEmpty, "\(result)")
    }

    /// The exchange itself refuses the repeat: the coins' denominations have expired.
    @Test func whatWasAcceptedBeforeItsCoinsExpiredIsPaid() async throws {
        let faults = ScriptedFaults()
        let bench = try await Bench(plan: faults)
        let (_, permission) = try await bench.purchase()
        faults.add(.dropAnswer)
        #expect(try await bench.pay(permission)?.status == 502)
        bench.exchange.clock.advance(bySeconds: 4 * 365 * 86_400)
        #expect(try await bench.pay(permission)?.status == 200)
        #expect(faults.count(.deposits) == 1)
        try await check(bench, permission)
    }

    /// The exchange itself refuses the repeat: it wants to know whose the account is.
    @Test func whatWasAcceptedBeforeTheExchangeAskedForTheOwnerIsPaid() async throws {
        let faults = ScriptedFaults()
        let bench = try await Bench(plan: faults)
        let (_, permission) = try await bench.purchase()
        faults.add(.dropAnswer)
        #expect(try await bench.pay(permission)?.status == 502)
        bench.exchange.service.kycThreshold = amount("0.01")
        #expect(try await bench.pay(permission)?.status == 200)
        #expect(faults.count(.deposits) == 1)
        try await check(bench, permission)
    }

    /// The question what became of the coins meets a fault as well.
    @Test(arguments: Fault.all) func aFaultOfTheQuestionIsOverWithTheNextOne(fault: Fault) async throws {
        let faults = ScriptedFaults()
        let bench = try await Bench(plan: faults)
        let (_, permission) = try await bench.purchase()
        faults.add(.dropAnswer)
        #expect(try await bench.pay(permission)?.status == 502)
        faults.keep(.status(410))
        faults.add(fault, at: .deposits, salt: UInt64.random(in: 0...(.max)))
        async let paying = bench.pay(permission)
        if fault == .delay {
            await bench.holds.waitUntilHeld()
            bench.holds.releaseAll()
        }
        let second = try #require(try await paying)
        #expect([200, 502, 504].contains(second.status), "\(second.text)")
        #expect(try await bench.pay(permission)?.status == 200)
        try await check(bench, permission)
    }

    /// Nothing came to the exchange, and nobody can know that; it refuses from then on.
    @Test(arguments: [400, 403, 404, 409, 410, 413, 451]) func whatWasNotAcceptedIsRefusedInTheEnd(status: Int) async throws {
        let faults = ScriptedFaults()
        let bench = try await Bench(plan: faults, retries: Retries(atOnce: true))
        let (contract, permission) = try await bench.purchase()
        faults.add(.drop)
        faults.keep(.status(status))
        _ = try await bench.pay(permission)
        #expect(try await bench.order(contract.contractHash)?.state.isPaid == false)
        // A request that timed out may be on its way until the wire deadline.
        bench.clock.advance(bySeconds: 2 * 86_400)
        bench.exchange.clock.advance(bySeconds: 2 * 86_400)
        #expect(try await bench.settled(contract.contractHash)?.isPaid == false)
        await bench.close()
        let result = try Comparison(
            exchange: ExchangeBooks(file: bench.exchangeDatabase), backend: BackendBooks(file: bench.merchantDatabase),
            tried: [contract.contractHash])
        #expect(result.refused == 1 && result.lost.isEmpty, "\(result)")
    }
}
