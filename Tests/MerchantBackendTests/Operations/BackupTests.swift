// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import Foundation
import HTTPCore
import MerchantStore
import TalerCrypto
import TalerWire
import Testing
import TestSupport

struct BackupTests {
    private let folder: ScratchFolder
    private let token = "the-token-of-the-frontends"

    init() throws { folder = try ScratchFolder() }

    private func path(_ name: String) -> String { folder.path + "/" + name }

    /// A shop with a paid contract, its database in a file.
    private func shop() async throws -> Merchant {
        let merchant = try await Merchant(store: .open(at: path("shop.sqlite")))
        let contract = try await merchant.contract()
        let permission = try merchant.permission(contract, [(try await merchant.exchange.coin(), "0.5")])
        #expect(try await merchant.pay(permission).status == 200)
        return merchant
    }

    private func backUp(_ merchant: Merchant, to name: String = "backup") throws {
        try merchant.store.backUp(
            to: path(name), keySeed: merchant.key.exportedSeed(), token: token, now: merchant.exchange.clock.now())
    }

    @Test func whatWasPaidIsThereAfterTheRestore() async throws {
        let merchant = try await shop()
        try backUp(merchant)
        let mode = try FileManager.default.attributesOfItem(atPath: path("backup"))[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        let backup = try await BackupFile(reading: path("backup"))
        #expect(backup.keySeed == merchant.key.exportedSeed())
        #expect(backup.token == token)
        #expect(backup.made == merchant.exchange.clock.now())
        #expect(backup.keys == [merchant.key.publicKey()])
        try backup.restore(to: path("restored.sqlite"))
        let restored = try MerchantStore.open(at: path("restored.sqlite"))
        #expect(try await restored.contract(transactionID: 1)?.payment != nil)
        #expect(try await restored.figures(now: merchant.exchange.clock.now(), grace: 0, expectsBank: false).paidContracts == 1)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path("restored.sqlite")))
        #expect(bytes.range(of: Data(merchant.key.exportedSeed())) == nil)
        #expect(bytes.range(of: Data(token.utf8)) == nil)
    }

    @Test func aBackupIsMadeWhileOthersWrite() async throws {
        let merchant = try await shop()
        let target = path("backup")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 2..<30 { group.addTask { _ = try await merchant.contract(Int64(number)) } }
            group.addTask {
                try merchant.store.backUp(to: target, keySeed: merchant.key.exportedSeed(), token: "token", now: .zero)
            }
            try await group.waitForAll()
        }
        let backup = try await BackupFile(reading: path("backup"))
        try backup.restore(to: path("restored.sqlite"))
        let restored = try MerchantStore.open(at: path("restored.sqlite"))
        #expect(try await restored.damage(thoroughly: true).isEmpty)
        #expect((1..<30).contains(try await restored.figures(now: .zero, grace: 0, expectsBank: false).contracts))
    }

    @Test func anExistingFileIsNotOverwritten() async throws {
        let merchant = try await shop()
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path("backup")))
        #expect(throws: MerchantStoreError.self) { try backUp(merchant) }
        #expect(try String(contentsOfFile: path("backup"), encoding: .utf8) == "mine")
    }

    @Test func whatIsNoBackupIsRefused() async throws {
        let merchant = try await shop()
        try Data("hello".utf8).write(to: URL(fileURLWithPath: path("text")))
        for name in ["text", "shop.sqlite", "missing"] {
            await #expect(throws: (any Error).self) { try await BackupFile(reading: path(name)) }
        }
        merchant.store.close()
    }

    @Test func aDamagedBackupIsRefused() async throws {
        try backUp(await shop())
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path("backup")))
        let page = 4096
        // All but the first page, which names the tables.
        for offset in stride(from: page, to: bytes.count, by: page) {
            for index in offset..<min(offset + 64, bytes.count) { bytes[index] = 0xA5 }
        }
        try bytes.write(to: URL(fileURLWithPath: path("backup")))
        await #expect(throws: BackupFile.Failure.self) { try await BackupFile(reading: path("backup")) }
        let cut = try Data(contentsOf: URL(fileURLWithPath: path("backup"))).prefix(page * 3)
        try cut.write(to: URL(fileURLWithPath: path("backup")))
        await #expect(throws: BackupFile.Failure.self) { try await BackupFile(reading: path("backup")) }
    }

    @Test func aReaderBesideTheBackendSeesWhatIsCommittedAndWritesNothing() async throws {
        let merchant = try await shop()
        let reader = try MerchantStore.openReadOnly(at: path("shop.sqlite"))
        #expect(try await reader.schema() == .current)
        #expect(try await reader.damage().isEmpty)
        #expect(try await reader.contract(transactionID: 1)?.payment != nil)
        _ = try await merchant.contract(2)
        #expect(try await reader.contract(transactionID: 2) != nil)
        #expect(throws: MerchantStoreError.self) {
            try reader.account(PaytoURI("payto://x-taler-bank/bank.test/other?receiver-name=O"), of: merchant.key.publicKey()) { _ in
                (WireSalt.random(), WireHash.zero)
            }
        }
        #expect(await merchant.store.canWrite())
    }

    @Test func aForeignDatabaseIsKnown() async throws {
        try Data().write(to: URL(fileURLWithPath: path("empty.sqlite")))
        let store = try MerchantStore.openReadOnly(at: path("empty.sqlite"))
        #expect(try await store.schema() == .foreign)
    }
}
