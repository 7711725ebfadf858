// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import HTTPCore
import MerchantAPI
import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport

/// Many payments at once with everything that goes wrong, and what became of them.
final class RandomRun: Sendable {
    /// What the buyers saw.
    private struct Seen {
        var tried: Set<ContractHash> = []
        var toldPaid: [(contract: ContractHash, coins: Set<CoinPublicKey>)] = []
        /// The last coin that a payment has sent.
        var lastCoin: TestCoin?
        var next: Int64 = 1
    }

    let bench: Bench
    let count: Int64
    private let seed: UInt64
    private let faults: RunFaults
    private let holds = Holds()
    private let seen = Mutex(Seen())

    init(seed: UInt64, count: Int) async throws {
        self.seed = seed
        self.count = Int64(count)
        faults = RunFaults(seed: seed, holds: holds)
        bench = try await Bench(plan: faults, holds: holds, retries: Retries(atOnce: true))
    }

    /// - Parameter buyers: how many pay at the same time.
    func run(buyers: Int = 6) async throws -> Comparison {
        faults.workers(changeBy: buyers)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<buyers {
                group.addTask {
                    while let number = self.nextNumber() { try await self.pay(PaymentPlan(seed: self.seed, number: number)) }
                    self.faults.workers(changeBy: -1)
                }
            }
            try await group.waitForAll()
        }
        faults.end()
        // Whatever is open now can be repeated no more: its coins have expired, its wire deadline is over.
        bench.table.count("denominations expired")
        for clock in [bench.clock, bench.exchange.clock] { clock.advance(bySeconds: 4 * 365 * 86_400) }
        try await settle()
        await bench.close()
        return try seen.withLock { seen in
            try Comparison(
                exchange: ExchangeBooks(file: bench.exchangeDatabase), backend: BackendBooks(file: bench.merchantDatabase),
                tried: seen.tried, toldPaid: seen.toldPaid)
        }
    }

    private func nextNumber() -> Int64? {
        seen.withLock { seen in
            defer { seen.next += 1 }
            return seen.next <= count ? seen.next : nil
        }
    }

    /// Everything about one purchase.
    private func pay(_ plan: PaymentPlan) async throws {
        var coins = try await bench.coins(plan.coins)
        if plan.reusesCoin, let spent = seen.withLock({ $0.lastCoin }) {
            bench.table.count("coin spent twice")
            coins[0] = spent
        }
        let contract = try await offer(plan)
        faults.expect(contract.contractHash, plan)
        let permission = try Buyer.permission(contract, coins.map { ($0, $0.denomination.value) })
        seen.withLock { seen in
            seen.tried.insert(contract.contractHash)
            seen.lastCoin = coins.last
        }
        if plan.clockError != 0 {
            bench.table.count("clock jump")
            bench.clock.advance(bySeconds: plan.clockError)
        }
        if plan.asksForOwner {
            bench.table.count("exchange asks for the owner")
            bench.exchange.service.kycThreshold = amount("0.01")
        }
        var status = try await click(plan, contract, permission)
        if plan.asksForOwner { bench.exchange.service.kycThreshold = nil }
        if plan.clockError != 0 { bench.clock.advance(bySeconds: -plan.clockError) }
        for _ in 0..<plan.repeats where status != 200 {
            bench.table.count("wallet repeat")
            status = try await send(permission)
        }
        if plan.triesOtherCoins, let refused = status, (400..<500).contains(refused) {
            bench.table.count("other coins after a refusal")
            let others = try Buyer.permission(contract, try await bench.coins(plan.coins).map { ($0, $0.denomination.value) })
            _ = try await send(others)
        }
    }

    /// Until the backend has made the contract. One that could not get the exchange's keys is started again by its owner.
    private func offer(_ plan: PaymentPlan) async throws -> ContractResponse {
        let now = bench.exchange.clock.now()
        while true {
            try await bench.revive()
            do { return try await bench.contract(plan.number, price: plan.price, at: now) } catch let error as Bench.NoContract {
                guard let answer = error.answer else { continue }
                switch answer.code {
                case 2010:
                    bench.table.count("backend restarted")
                    bench.life.end()
                // Another payment's turn with the clock: for the backend, the offer has expired until the clock is right again.
                case 2502: try await Task.sleep(for: .milliseconds(2))
                default: throw error
                }
            }
        }
    }

    /// The first permission, as often as the button was clicked, beside that of a rival.
    private func click(_ plan: PaymentPlan, _ contract: ContractResponse, _ permission: DepositPermission) async throws -> Int? {
        try await withThrowingTaskGroup(of: Int?.self) { group in
            if plan.clicks > 1 { bench.table.count("double click") }
            for _ in 0..<plan.clicks { group.addTask { try await self.send(permission) } }
            if plan.hasRival {
                bench.table.count("two permissions for one contract")
                let other = try Buyer.permission(contract, try await bench.coins(plan.coins).map { ($0, $0.denomination.value) })
                group.addTask {
                    _ = try await self.send(other)
                    return nil
                }
            }
            return try await group.reduce(nil) { status, next in status == 200 ? status : next ?? status }
        }
    }

    /// - Returns: nil when the backend died on it.
    private func send(_ permission: DepositPermission) async throws -> Int? {
        try await bench.revive()
        let answer = try await bench.pay(permission)
        if answer?.status == 200 {
            seen.withLock { $0.toldPaid.append((permission.contractHash, Set(permission.coins.map(\.coinPub)))) }
        }
        return answer?.status
    }

    /// Waits until the backend knows what became of every payment, or does not learn more by asking.
    private func settle() async throws {
        try await bench.restart()
        for contract in seen.withLock({ $0.tried }) {
            while try await bench.order(contract)?.state == .paying, faults.late(contract) < 8 {
                // Nothing tells when a request has passed: the condition is looked at again.
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}
