// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import ProgramFixture
import Synchronization
import TalerWire
import Testing

/// The exchange is gone for a while; the backend is a process of its own.
@Suite(.serialized) struct OutageTests {
    @Test func aPaymentSettlesByItselfWhenTheExchangeComesBack() async throws {
        let faults = ScriptedFaults()
        let bench = try await LiveBench(plan: faults)
        let backend = try await bench.start()
        let contract = try await bench.contract(1)
        let coin = try #require(try await bench.exchange.coins(1).first)
        let permission = try bench.permission(contract, coin)
        bench.proxy.close()
        let answer = try #require(try await bench.pay(permission))
        #expect([502, 504].contains(answer.status) && answer.code != nil, "\(answer.text)")
        #expect(try await bench.order(contract.contractHash).state == .paying)
        try bench.proxy.reopen()
        // Nobody pays again: the next retry does it.
        #expect(try await bench.settled(contract.contractHash) == .paid)
        #expect(faults.count() == 1)
        #expect(try await bench.pay(permission)?.status == 200)
        #expect(faults.count() == 1)
        #expect(await backend.stop() == 0)
        await bench.close()
        let result = try bench.compare(
            tried: [contract.contractHash], toldPaid: [(contract.contractHash, Set(permission.coins.map(\.coinPub)))])
        #expect(result.paid == 1 && result.lost.isEmpty && result.double.isEmpty, "\(result)")
    }

    /// What comes after a silence and is no answer either does not make the backend ask without a pause.
    @Test(arguments: [Fault.html, .status(202), .cut]) func nonsenseAfterASilenceIsNotAskedForWithoutAPause(fault: Fault) async throws {
        let faults = ScriptedFaults()
        let bench = try await Bench(plan: faults, retries: Retries(atOnce: true, limit: 6))
        let (contract, permission) = try await bench.purchase()
        faults.add(.unreachable)
        faults.keep(fault)
        _ = try await bench.pay(permission)
        // Until the last of the delays that are none; the next one is as good as endless.
        while bench.retries.asked <= 6 { try await Task.sleep(for: .milliseconds(5)) }
        let asked = faults.count()
        for _ in 0..<50 { _ = try await bench.order(contract.contractHash) }
        #expect(faults.count() <= asked + 1)
        await bench.close()
    }

    /// Lets everything pass but the deposits of certain contracts, which wait.
    private final class HeldContracts: FaultPlan {
        private let held = Mutex<Set<ContractHash>>([])
        func hold(_ contracts: Set<ContractHash>) { held.withLock { $0 = contracts } }
        func next(_ passing: Passing) -> PlannedFault? {
            guard let contract = passing.contract, held.withLock({ $0.contains(contract) }) else { return nil }
            return PlannedFault(fault: .delay)
        }
    }

    @Test func aThousandOpenPaymentsSettleAndNewOnesNeedNotWait() async throws {
        let count = 1000
        let plan = HeldContracts()
        let bench = try await LiveBench(plan: plan)
        let coins = try await bench.exchange.coins(count + 1)
        let first = try await bench.start()
        _ = try await bench.contract(0)
        bench.proxy.close()
        let contracts = try await withThrowingTaskGroup(of: [ContractHash].self) { group in
            for buyer in 0..<4 {
                group.addTask {
                    var open: [ContractHash] = []
                    for index in stride(from: buyer, to: count, by: 4) {
                        let contract = try await bench.contract(Int64(index) + 1)
                        let answer = try await bench.pay(bench.permission(contract, coins[index]))
                        #expect(answer?.status == 502)
                        open.append(contract.contractHash)
                    }
                    return open
                }
            }
            return try await group.reduce(into: Set<ContractHash>()) { $0.formUnion($1) }
        }
        #expect(contracts.count == count)
        await first.kill()

        plan.hold(contracts)
        try bench.proxy.reopen()
        let second = try await bench.start()
        // While nothing of the old can get on, something new is bought.
        await bench.holds.waitUntilHeld()
        let contract = try await bench.contract(Int64(count) + 1)
        let permission = try bench.permission(contract, coins[count])
        #expect(try await bench.pay(permission)?.status == 200)
        #expect(bench.holds.count > 0)

        plan.hold([])
        bench.holds.releaseAll(andStayOpen: true)
        var books = try BackendBooks(file: bench.merchantDatabase)
        while books.contracts.values.contains(where: { $0.intents.contains { $0.state == "open" } }) {
            // Nothing tells when the last of them has ended: the books are looked at again.
            try await Task.sleep(for: .milliseconds(200))
            books = try BackendBooks(file: bench.merchantDatabase)
        }
        #expect(await second.stop() == 0)
        await bench.close()
        let result = try bench.compare(
            tried: contracts.union([contract.contractHash]), toldPaid: [(contract.contractHash, Set(permission.coins.map(\.coinPub)))])
        #expect(result.paid == count + 1 && result.lost.isEmpty && result.double.isEmpty, "\(result.line)")
        #expect(try ExchangeBooks(file: bench.exchangeDatabase).deposits.count == count + 1)
    }
}
