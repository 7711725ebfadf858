// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import GRDB
import HTTPCore
import Logging
@testable import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// A serving process that learns of other keys by itself, and the process that makes them.
@Suite struct KeyWatchTests {
    private let timer = ManualTimer()
    private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    private func ring(_ store: ExchangeStore) async throws -> KeyRing {
        let writer = KeysWriter(
            baseURL: "http://exchange.test/", currency: SharedKeys.currency, specification: Fixture.configuration().currencySpecification)
        return try await KeyRing(store: store, writer: writer)
    }

    @Test func changesOfAnotherProcessAreTakenInAtTheNextLook() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        let fixture = try await Fixture(path: path)
        let ring = try await ring(fixture.store)
        let watch = KeyWatch(keys: ring, logger: logger, pause: { [timer] in try await timer.sleep(for: $0) })
        let running = Task { await watch.run() }
        await timer.waitForSleeper(of: KeyWatch.interval)
        let first = try ring.document(at: fixture.clock.now())

        // The file, opened once more.
        let other = try ExchangeStore.open(at: path, currency: SharedKeys.currency)
        let hash = try await fixture.denomination(amount("0.64")).hash
        try await other.revoke(hash, at: fixture.clock.now())
        #expect(ring.table[hash]?.terms.revoked == nil)
        #expect(try ring.document(at: fixture.clock.now()).tag == first.tag)
        timer.advance(by: KeyWatch.interval)
        await timer.waitForSleeper(of: KeyWatch.interval)
        #expect(ring.table[hash]?.terms.revoked != nil)
        #expect(try ring.document(at: fixture.clock.now()).tag != first.tag)
        running.cancel()
        await running.value
    }

    @Test func whatElseHappensInTheBooksIsNoChangeOfKeys() async throws {
        let fixture = try await Fixture()
        let ring = try await ring(fixture.store)
        #expect(try await !ring.reloadIfChanged())
        #expect(try await fixture.deposit(TestPurchase().request([try await fixture.coin()])).status == 200)
        #expect(try await !ring.reloadIfChanged())
        let generation = try await fixture.store.keyGeneration()
        try await fixture.store.add(try await SharedKeys.records)
        _ = try await fixture.setup().issue(signingKey: false, with: SharedKeys.master, from: fixture.clock.now())
        #expect(try await fixture.store.keyGeneration() > generation)
        #expect(try await ring.reloadIfChanged())
        #expect(try await !ring.reloadIfChanged())
    }

    @Test func keysThatCannotBeUsedAreTriedAgainAndTheOldOnesStay() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        let fixture = try await Fixture(path: path)
        let ring = try await ring(fixture.store)
        let watch = KeyWatch(keys: ring, logger: logger, pause: { [timer] in try await timer.sleep(for: $0) })
        let running = Task { await watch.run() }
        await timer.waitForSleeper(of: KeyWatch.interval)
        let other = try DatabaseQueue(path: path)
        let old = try ring.document(at: fixture.clock.now()).tag
        try await other.write { try $0.execute(sql: "UPDATE denomination SET fee_deposit = fee_deposit + 1 WHERE value = 64000000") }
        var sleeps = timer.sleeps.makeAsyncIterator()
        #expect(await sleeps.next() == KeyWatch.interval)
        timer.advance(by: KeyWatch.interval)
        // Later and later while they cannot be used.
        for longest in [1, 2, 4] {
            let sleep = try #require(await sleeps.next())
            #expect(sleep >= .seconds(longest) / 2 && sleep <= .seconds(longest))
            #expect(try ring.document(at: fixture.clock.now()).tag == old)
            timer.advance(by: sleep)
        }
        let last = try #require(await sleeps.next())
        try await other.write { try $0.execute(sql: "UPDATE denomination SET fee_deposit = fee_deposit - 1 WHERE value = 64000000") }
        let hash = try await fixture.denomination(amount("0.64")).hash
        try await fixture.store.revoke(hash, at: fixture.clock.now())
        timer.advance(by: last)
        #expect(await sleeps.next() == KeyWatch.interval)
        #expect(ring.table[hash]?.terms.revoked != nil)
        running.cancel()
        await running.value
    }

    @Test func noRequestIsLostWhileKeysChange() async throws {
        let fixture = try await Fixture()
        let running = Task { await fixture.service.run() }
        let changes = Task {
            for _ in 0..<10 {
                _ = try await fixture.setup().revoke(.value(amount("0.64")), with: SharedKeys.master, at: fixture.clock.now())
                try await fixture.service.reloadKeys()
            }
            return true
        }
        let statuses = try await atOnce(4) { _ in
            var statuses: Set<Int> = []
            for _ in 0..<50 {
                statuses.insert(await fixture.get("/keys").status)
                _ = try await fixture.verifiedKeys()
            }
            return statuses
        }
        #expect(try await changes.value)
        #expect(Set(statuses.joined()) == [200])
        fixture.service.stop()
        await running.value
    }

    @Test func theKeeperMakesWhatIsDueWhenItIsDue() async throws {
        let store = try ExchangeStore.inMemory(currency: SharedKeys.currency)
        let clock = FixedClock(SharedKeys.start)
        let schedule = KeySchedule(
            lookahead: 300, overlap: 20, signing: 100, evidence: 1000, withdraw: 200, deposit: 1000, legal: 5000)
        let setup = try ExchangeSetup(
            store: store, account: SharedKeys.account, schedule: schedule,
            plans: [DenominationPlan(value: amount("1"), fee: amount("0.01"))], keyBits: 1024)
        let keeper = KeyKeeper(
            setup, key: SharedKeys.master, clock: clock, logger: logger, pause: { [timer] in try await timer.sleep(for: $0) })
        let running = Task { await keeper.run() }
        var sleeps = timer.sleeps.makeAsyncIterator()
        // Keys for 300 seconds: 0-100, 80-180, 160-260, 240-340, and coins 0-200, 180-380. The coverage of signing keys is short first.
        let first = try #require(await sleeps.next())
        #expect(first == .seconds(41))
        var keys = try await store.keys()
        #expect(keys.signingKeys.count == 4)
        #expect(keys.denominations.count == 2)
        for (wait, signing, coins) in [(41, 5, 2), (80, 6, 3), (80, 7, 3)] as [(Int64, Int, Int)] {
            clock.advance(bySeconds: wait)
            timer.advance(by: .seconds(wait))
            let sleep = try #require(await sleeps.next())
            #expect(sleep >= .seconds(1))
            keys = try await store.keys()
            #expect(keys.signingKeys.count == signing)
            #expect(keys.denominations.count == coins)
        }
        // At every second of the whole time there was a key to sign with, and there is for the lookahead.
        let end = clock.now().advanced(bySeconds: 300)
        var time = SharedKeys.start
        while time < end {
            #expect(keys.signingKeys.contains { $0.start <= time && time < $0.expire })
            #expect(keys.denominations.contains { $0.start <= time && time < $0.expireWithdraw })
            time = time.advanced(bySeconds: 1)
        }
        running.cancel()
        await running.value
    }
}
