// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import Glibc
import HTTPCore
import MerchantAPI
import TalerWire
import Testing
import TestSupport

/// The disk is full, or breaks, at each write of a payment.
struct DiskTests {
    let faults = ScriptedFaults()

    @Test(arguments: [ENOSPC, EIO]) func aDiskThatFailsAtAnyWriteLosesNothing(error: Int32) async throws {
        let bench = try await Bench(plan: faults)
        let disk = FailingDisk(file: bench.merchantDatabase)
        var contracts: Set<ContractHash> = []
        var paid: [(contract: ContractHash, coins: Set<CoinPublicKey>)] = []
        var failures = 0
        var isHit = true
        var writes = 0
        while isHit {
            let (contract, permission) = try await bench.purchase(Int64(writes) + 1)
            contracts.insert(contract.contractHash)
            let before = faults.count()
            disk.fail(after: writes, with: error)
            let answer = try #require(try await bench.pay(permission))
            let intents = try #require(try await bench.order(contract.contractHash)).deposits.count
            isHit = disk.repair() > 0
            if answer.status != 200 {
                failures += 1
                #expect(answer.status == 500 && answer.code == 52, "\(answer.text)")
                // Nothing is sent of which nothing is written down.
                if intents == 0 { #expect(faults.count() == before) }
            }
            // As soon as there is room again.
            #expect(try await bench.pay(permission)?.status == 200, "after \(writes) writes")
            paid.append((contract.contractHash, Set(permission.coins.map(\.coinPub))))
            writes += 1
        }
        #expect(failures > 4)
        await bench.close()
        let result = try Comparison(
            exchange: ExchangeBooks(file: bench.exchangeDatabase), backend: BackendBooks(file: bench.merchantDatabase), tried: contracts,
            toldPaid: paid)
        #expect(result.paid == contracts.count && result.lost.isEmpty && result.double.isEmpty, "\(result)")
    }

    @Test func aContractThatCannotBeWrittenDownIsNotSigned() async throws {
        let bench = try await Bench(plan: faults)
        _ = try await bench.contract(1, price: amount("0.5"))
        let disk = FailingDisk(file: bench.merchantDatabase)
        disk.fail(after: 0, with: ENOSPC)
        let proposition = Buyer.proposition(2, price: amount("0.5"), now: bench.clock.now())
        let answer = try #require(await bench.life.send(.post, "/contract", ["contract": .object(proposition)]))
        #expect(answer.status == 500 && answer.code == 52)
        #expect(try answer.json()["sig"] == nil)
        #expect(disk.repair() > 0)
        _ = try await bench.contract(2, price: amount("0.5"))
        await bench.close()
    }
}
