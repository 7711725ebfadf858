// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import TalerWire
import Testing
import TestSupport

/// Each fault once, on each request to an exchange: nothing is lost, taken twice or pretended.
struct WireFaultTests {
    let faults = ScriptedFaults()

    private func compare(_ bench: Bench, _ contract: ContractResponse, paid: [DepositPermission]) async throws -> Comparison {
        await bench.close()
        return try Comparison(
            exchange: ExchangeBooks(file: bench.exchangeDatabase), backend: BackendBooks(file: bench.merchantDatabase),
            tried: [contract.contractHash], toldPaid: paid.map { ($0.contractHash, Set($0.coins.map(\.coinPub))) })
    }

    @Test(arguments: Fault.all) func aFaultOfADepositCostsNobodyAnything(fault: Fault) async throws {
        let bench = try await Bench(plan: faults)
        let (contract, permission) = try await bench.purchase()
        faults.add(fault, salt: UInt64.random(in: 0...(.max)))
        async let paying = bench.pay(permission)
        if fault == .delay {
            await bench.holds.waitUntilHeld()
            #expect(try await bench.order(contract.contractHash)?.state == .paying)
            bench.holds.releaseAll()
        }
        let first = try #require(try await paying)
        if first.status != 200 {
            #expect(first.code != nil, "\(first.text)")
            #expect((400...599).contains(first.status))
        }
        if fault.leavesDoubt { #expect([200, 502, 504].contains(first.status), "\(first.text)") }
        let again = try #require(try await bench.pay(permission))
        // What a real exchange says of a spent coin does not change: it is not asked again.
        #expect(again.status == (fault == .status(409) ? 409 : 200), "\(again.text)")
        let result = try await compare(bench, contract, paid: again.status == 200 ? [permission] : [])
        #expect(result.lost.isEmpty && result.double.isEmpty && result.undecided.isEmpty, "\(result)")
        #expect(result.paid == (again.status == 200 ? 1 : 0))
        #expect(bench.table.total == 1)
    }

    @Test(arguments: Fault.all) func aFaultOfTheKeysIsOverWithTheNextFetch(fault: Fault) async throws {
        let bench = try await Bench(plan: faults)
        faults.add(fault, at: .keys, salt: UInt64.random(in: 0...(.max)))
        async let offering = bench.life.send(
            .post, "/contract",
            ["contract": .object(Buyer.proposition(1, price: amount("0.5"), now: bench.exchange.clock.now()))])
        if fault == .delay {
            await bench.holds.waitUntilHeld()
            bench.holds.releaseAll()
        }
        let answer = try #require(await offering)
        if answer.status != 200 { #expect(answer.status == 502 && answer.code == 2010, "\(answer.text)") }
        try await bench.restart()
        let (contract, permission) = try await bench.purchase(2)
        #expect(try await bench.pay(permission)?.status == 200)
        #expect(try await compare(bench, contract, paid: [permission]).lost.isEmpty)
    }
}
