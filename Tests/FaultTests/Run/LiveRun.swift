// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import ProgramFixture
import Synchronization
import TalerWire

/// A part of the random payments over real sockets, with a backend that is a process of its own and dies by SIGKILL.
final class LiveRun: Sendable {
    private struct State {
        var program: RunningProgram?
        var next: Int64
        var tried: Set<ContractHash> = []
        var toldPaid: [(contract: ContractHash, coins: Set<CoinPublicKey>)] = []
    }

    private let bench: LiveBench
    private let faults: RunFaults
    private let seed: UInt64
    private let last: Int64
    private let coins: [TestCoin]
    private let state: Mutex<State>
    private let doctor = SharedWork()

    /// - Parameter numbers: of the payments' plans.
    init(seed: UInt64, numbers: ClosedRange<Int64>, table: FaultTable) async throws {
        self.seed = seed
        last = numbers.upperBound
        faults = RunFaults(seed: seed, holds: nil)
        bench = try await LiveBench(plan: faults, table: table)
        coins = try await bench.exchange.coins(numbers.count * 2)
        state = Mutex(State(next: numbers.lowerBound))
        bench.proxy.onKill { [weak self] in await self?.die() }
    }

    private func die() async {
        let program = state.withLock { state in
            defer { state.program = nil }
            return state.program
        }
        await program?.kill()
    }

    private func revive() async throws {
        while state.withLock({ $0.program == nil }) {
            try await doctor.once {
                let program = try await self.bench.start()
                self.state.withLock { $0.program = program }
            }
        }
    }

    func run(buyers: Int = 3) async throws -> Comparison {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<buyers { group.addTask { while let number = self.nextNumber() { try await self.pay(number) } } }
            try await group.waitForAll()
        }
        faults.end()
        await die()
        try await revive()
        for contract in state.withLock({ $0.tried }) { _ = try await bench.settled(contract) }
        await die()
        await bench.close()
        return try state.withLock { try bench.compare(tried: $0.tried, toldPaid: $0.toldPaid) }
    }

    private func nextNumber() -> Int64? {
        state.withLock { state in
            defer { state.next += 1 }
            return state.next <= last ? state.next : nil
        }
    }

    private func pay(_ number: Int64) async throws {
        var plan = PaymentPlan(seed: seed, number: number)
        // Every third of these payments kills the backend.
        if number % 3 == 0 {
            plan.faults[.batchDeposit, default: []].insert(PlannedFault(fault: number % 2 == 0 ? .killAfter : .killBefore), at: 0)
        }
        let contract = try await offer(number)
        faults.expect(contract.contractHash, plan)
        let index = Int(last - number) * 2
        let permission = try bench.permission(contract, coins[index])
        state.withLock { _ = $0.tried.insert(contract.contractHash) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<plan.clicks { group.addTask { try await self.send(permission) } }
            if plan.hasRival {
                bench.table.count("two permissions for one contract")
                let rival = try bench.permission(contract, coins[index + 1])
                group.addTask { try await self.send(rival) }
            }
            try await group.waitForAll()
        }
        if plan.repeats > 0 {
            bench.table.count("wallet repeat")
            try await send(permission)
        }
    }

    private func offer(_ number: Int64) async throws -> ContractResponse {
        let now = SystemWallClock().now()
        while true {
            try await revive()
            do { return try await bench.contract(number, at: now) } catch let error as Bench.NoContract {
                guard error.answer?.code == 2010 else { throw error }
                bench.table.count("backend restarted")
                await die()
            } catch let error as SendError {
                // It was killed meanwhile by another payment's fault.
                _ = error
            }
        }
    }

    private func send(_ permission: DepositPermission) async throws {
        try await revive()
        guard let answer = try await bench.pay(permission), answer.status == 200 else { return }
        state.withLock { $0.toldPaid.append((permission.contractHash, Set(permission.coins.map(\.coinPub)))) }
    }
}
