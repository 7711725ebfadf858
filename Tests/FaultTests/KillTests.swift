// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import MerchantAPI
import MerchantBackend
import ProgramFixture
import TalerWire
import Testing

/// The backend is killed in the middle of a payment, and started again.
@Suite(.serialized) struct KillTests {
    struct Point: Sendable, CustomTestStringConvertible {
        let step: PaymentStep
        /// How often in a row.
        let times: Int
        var testDescription: String { "\(step.rawValue), \(times) times" }
    }

    static let points = PaymentStep.allCases.flatMap { step in [1, 2].map { Point(step: step, times: $0) } }

    @Test(arguments: points) func aBackendThatIsKilledAtAStepPaysOnce(point: Point) async throws {
        let faults = ScriptedFaults()
        let bench = try await LiveBench(plan: faults)
        let coin = try #require(try await bench.exchange.coins(1).first)
        let first = try bench.startCrashing(at: point.step.rawValue)
        try await first.waitForLog("serving")
        let contract = try await bench.contract(1)
        let permission = try bench.permission(contract, coin)
        #expect(try await bench.pay(permission) == nil, "it lives on after \(point.step)")
        #expect(await first.exitStatus() == SIGKILL)
        let isCommitted = ![.begin, .checked].contains(point.step)
        if !isCommitted || point.step == .intentCommitted { #expect(faults.count() == 0) }
        for _ in 1..<point.times {
            // What is open is taken up at once, so it may die before it serves, or serve and never come to that step again.
            let next = try bench.startCrashing(at: point.step.rawValue)
            try? await next.waitForLog("serving")
            _ = try await bench.pay(permission)
            await next.kill()
        }

        let backend = try await bench.start()
        // By itself, without the wallet.
        let settled = try await bench.settled(contract.contractHash)
        if isCommitted { #expect(settled == .paid) } else if point.times == 1 { #expect(settled == .offered) }
        #expect(try await bench.pay(permission)?.status == 200)
        #expect(await backend.stop() == 0)
        await bench.close()
        let result = try bench.compare(
            tried: [contract.contractHash], toldPaid: [(contract.contractHash, Set(permission.coins.map(\.coinPub)))])
        #expect(result.paid == 1 && result.lost.isEmpty && result.double.isEmpty && result.undecided.isEmpty, "\(result)")
    }

    /// The request is on its way, and at the exchange, when the backend dies.
    @Test(arguments: [Fault.killBefore, .killAfter, .delay]) func aBackendThatIsKilledWhileTheExchangeWorksPaysOnce(fault: Fault)
        async throws
    {
        let faults = ScriptedFaults()
        let bench = try await LiveBench(plan: faults)
        let coin = try #require(try await bench.exchange.coins(1).first)
        let first = try await bench.start()
        bench.proxy.onKill { await first.kill() }
        let contract = try await bench.contract(1)
        let permission = try bench.permission(contract, coin)
        faults.add(fault)
        async let paying = bench.pay(permission)
        if fault == .delay {
            await bench.holds.waitUntilHeld()
            await first.kill()
        }
        #expect(try await paying == nil)
        let second = try await bench.start()
        // The delayed request of the dead comes to the exchange before, while or after the heir repeats it.
        bench.holds.releaseAll()
        #expect(try await bench.settled(contract.contractHash) == .paid)
        #expect(try await bench.pay(permission)?.status == 200)
        #expect(await second.stop() == 0)
        await bench.close()
        let result = try bench.compare(
            tried: [contract.contractHash], toldPaid: [(contract.contractHash, Set(permission.coins.map(\.coinPub)))])
        #expect(result.paid == 1 && result.lost.isEmpty && result.double.isEmpty, "\(result)")
    }
}
