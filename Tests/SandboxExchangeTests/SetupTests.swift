// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeFixture
import ExchangeStore
import Foundation
import HTTPCore
import Logging
import SandboxExchange
import TalerCrypto
import TalerWire
import Testing
import TestSupport

@Suite struct SetupTests {
    private let clock = FixedClock(SharedKeys.start)

    @Test func aSecondSetupChangesNothing() async throws {
        let folder = try ScratchFolder()
        let configuration = Fixture.configuration(folder: folder.path)
        let first = try await ExchangeSetup.run(configuration, clock: clock, keyBits: 1024)
        #expect(first.newDenominations == 11)
        #expect(first.newSigningKeys == 1)
        let store = try ExchangeStore.open(at: configuration.databasePath, currency: configuration.currency)
        let keys = try await store.keys()
        let second = try await ExchangeSetup.run(configuration, clock: clock, keyBits: 1024)
        #expect(second.newDenominations == 0)
        #expect(second.newSigningKeys == 0)
        #expect(second.masterPub == first.masterPub)
        #expect(try await store.keys() == keys)
    }

    @Test func filesWithSecretsAreTheirOwnersOnly() async throws {
        let folder = try ScratchFolder()
        let configuration = Fixture.configuration(folder: folder.path)
        _ = try await ExchangeSetup.run(configuration, clock: clock, keyBits: 1024)
        // Held open, so that the companion files are there.
        let store = try ExchangeStore.open(at: configuration.databasePath, currency: configuration.currency)
        #expect(try await store.master() != nil)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["exchange.sqlite", "exchange.sqlite-shm", "exchange.sqlite-wal", "master.key"])
        for name in names {
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test func aDatabaseThatOthersCouldReadIsClosedToThem() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        #expect(FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o644]))
        let store = try ExchangeStore.open(at: path, currency: SharedKeys.currency)
        #expect(try await store.master() == nil)
        for file in [path, path + "-wal", path + "-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(file)")
        }
    }

    @Test func theServerNeedsNoOfflineKey() async throws {
        let folder = try ScratchFolder()
        let configuration = Fixture.configuration(folder: folder.path)
        _ = try await ExchangeSetup.run(configuration, clock: clock, keyBits: 1024)
        try FileManager.default.removeItem(atPath: configuration.masterKeyPath)
        let service = try await ExchangeService(
            configuration: configuration, sender: InProcessSender([]), clock: clock, logger: Logger(label: "test"))
        let request = try #require(Request(.get, "/keys"))
        #expect(await service.handler.handle(request).status == 200)
        // And a setup does not replace what is lost.
        await #expect(throws: SandboxExchangeError.masterKeyMissing(configuration.masterKeyPath)) {
            try await ExchangeSetup.run(configuration, clock: clock)
        }
    }

    @Test func booksOfAnotherOfflineKeyAreRefused() async throws {
        let store = try ExchangeStore.inMemory(currency: SharedKeys.currency)
        try await store.bind(to: SharedKeys.masterPub)
        await #expect(throws: ExchangeStoreError.otherMaster) {
            try await ExchangeSetup(store: store, account: SharedKeys.account).extend(with: EdDSAPrivateKey(), at: clock.now())
        }
    }

    @Test func aServerWithoutSetupDoesNotStart() async throws {
        let store = try ExchangeStore.inMemory(currency: SharedKeys.currency)
        await #expect(throws: SandboxExchangeError.notSetUp) {
            try await ExchangeService(
                configuration: Fixture.configuration(), store: store, sender: InProcessSender([]), clock: clock,
                logger: Logger(label: "test"))
        }
    }

    @Test func whoNeedsBooksThatAreNotThereSaysSoAndMakesNone() async throws {
        let folder = try ScratchFolder()
        let configuration = Fixture.configuration(folder: folder.path)
        let missing = ExchangeStoreError.missing(configuration.databasePath)
        await #expect(throws: missing) {
            try await ExchangeService(configuration: configuration, sender: InProcessSender([]), logger: Logger(label: "test"))
        }
        await #expect(throws: missing) { _ = try await ExchangeSetup.open(configuration) }
        await #expect(throws: missing) { _ = try await ExchangeSetup.addExpiring(after: 60, configuration, clock: clock) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func periodsAreMadeAheadAndOverlap() async throws {
        let store = try ExchangeStore.inMemory(currency: SharedKeys.currency)
        let plans = [DenominationPlan(value: amount("1"), fee: amount("0.01"))]
        let setup = try ExchangeSetup(store: store, account: SharedKeys.account, plans: plans, keyBits: 1024)
        let master = EdDSAPrivateKey()
        let day: Int64 = 86_400
        _ = try await setup.extend(with: master, at: clock.now())
        let early = try await setup.extend(with: master, at: clock.now().advanced(bySeconds: 304 * day))
        #expect(early.newDenominations == 0)
        let due = try await setup.extend(with: master, at: clock.now().advanced(bySeconds: 306 * day))
        #expect(due.newDenominations == 1)
        #expect(due.newSigningKeys == 1)
        let keys = try await store.keys()
        #expect(keys.denominations.count == 2)
        #expect(keys.denominations[1].start == keys.denominations[0].expireWithdraw.advanced(bySeconds: -day))
        #expect(keys.signingKeys[1].start == keys.signingKeys[0].expire.advanced(bySeconds: -day))
        #expect(keys.denominations[0].expireDeposit == keys.denominations[0].expireWithdraw.advanced(bySeconds: 2 * 365 * day))
        // Years without a gap, up to one year ahead.
        #expect(zip(keys.wireFees, keys.wireFees.dropFirst()).allSatisfy { $0.end == $1.start })
        #expect(keys.wireFees.count == 3)
        #expect(keys.globalFees.map(\.fees.start) == keys.wireFees.map(\.start))
    }

    @Test func anotherAccountTakesThePlaceOfTheOld() async throws {
        let store = try ExchangeStore.inMemory(currency: SharedKeys.currency)
        let master = EdDSAPrivateKey()
        let other = try PaytoURI("payto://x-taler-bank/bank.test/exchange2?receiver-name=Exchange")
        for account in [SharedKeys.account, other, SharedKeys.account] {
            _ = try await ExchangeSetup(store: store, account: account, plans: []).extend(with: master, at: clock.now())
            #expect(try await store.keys().accounts.map(\.payto) == [account.text])
        }
    }

    @Test func smallCoinsAreFree() throws {
        let plans = try DenominationPlan.standard(SharedKeys.currency)
        #expect(plans.map(\.value.digits) == ["0.01", "0.02", "0.04", "0.08", "0.16", "0.32", "0.64", "1.28", "2.56", "5.12", "10.24"])
        #expect(plans.map(\.feeDeposit.digits) == ["0", "0", "0", "0"] + Array(repeating: "0.01", count: 7))
    }

    @Test func booksInAnotherCurrencyAreRefused() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        _ = try ExchangeStore.open(at: path, currency: SharedKeys.currency)
        #expect(throws: ExchangeStoreError.otherCurrency("KUDOS")) { try ExchangeStore.open(at: path, currency: try Currency("EUR")) }
    }
}
