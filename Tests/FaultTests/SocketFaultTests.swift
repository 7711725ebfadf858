// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import ProgramFixture
import TalerWire
import Testing

/// The faults over real sockets, with the backend as a process of its own.
@Suite(.serialized) struct SocketFaultTests {
    @Test func everyFaultOfADepositCostsNobodyAnything() async throws {
        let plan = ContractFaults()
        let bench = try await LiveBench(plan: plan)
        let coins = try await bench.exchange.coins(Fault.all.count)
        let backend = try await bench.start()
        let paid = try await withThrowingTaskGroup(of: DepositPermission?.self) { group in
            for (index, fault) in Fault.all.enumerated() {
                group.addTask {
                    let contract = try await bench.contract(Int64(index) + 1)
                    plan.add(PlannedFault(fault: fault, salt: UInt64(index)), for: contract.contractHash)
                    return try await Self.pay(bench, bench.permission(contract, coins[index]), fault)
                }
            }
            // What is held is let go when everything else has had its turn.
            await bench.holds.waitUntilHeld(2)
            bench.holds.releaseAll()
            return try await group.reduce(into: [DepositPermission]()) { paid, permission in if let permission { paid.append(permission) } }
        }
        #expect(await backend.stop() == 0)
        await bench.close()
        let result = try bench.compare(
            tried: Set(paid.map(\.contractHash)), toldPaid: paid.map { ($0.contractHash, Set($0.coins.map(\.coinPub))) })
        #expect(result.paid == Fault.all.count - 1, "\(result)")
        #expect(result.lost.isEmpty && result.double.isEmpty && result.undecided.isEmpty, "\(result)")
        #expect(bench.table.total == Fault.all.count)
    }

    /// Pays with that fault, and again.
    /// - Returns: the permission, if it has paid.
    private static func pay(_ bench: LiveBench, _ permission: DepositPermission, _ fault: Fault) async throws -> DepositPermission? {
        let first = try #require(try await bench.pay(permission))
        if first.status != 200 { #expect(first.status >= 400 && first.status < 600 && first.code != nil, "\(fault): \(first.text)") }
        if fault.leavesDoubt { #expect([200, 502, 504].contains(first.status), "\(fault): \(first.text)") }
        if [.unreachable, .drop].contains(fault) { #expect(first.status == 502, "\(fault): \(first.text)") }
        let again = try #require(try await bench.pay(permission))
        // What a real exchange says of a spent coin does not change: it is not asked again.
        #expect(again.status == (fault == .status(409) ? 409 : 200), "\(fault): \(again.text)")
        return again.status == 200 ? permission : nil
    }

    /// What only a socket can do to an answer.
    @Test(arguments: [Fault.unreachable, .drop, .cut, .wrongLength, .tooLarge, .slowHeaders, .html])
    func
        keysThatDoNotComeWholeAreFetchedAgain(fault: Fault) async throws
    {
        let faults = ScriptedFaults()
        let bench = try await LiveBench(plan: faults)
        faults.add(fault, at: .keys)
        let first = try await bench.start()
        if fault == .slowHeaders {
            await bench.holds.waitUntilHeld()
            bench.holds.releaseAll()
        }
        do { _ = try await bench.contract(1) } catch let error as Bench.NoContract {
            #expect(error.answer?.status == 502 && error.answer?.code == 2010)
        }
        await first.kill()
        let second = try await bench.start()
        let contract = try await bench.contract(2)
        let coin = try #require(try await bench.exchange.coins(1).first)
        #expect(try await bench.pay(bench.permission(contract, coin))?.status == 200)
        #expect(await second.stop() == 0)
        await bench.close()
    }
}
