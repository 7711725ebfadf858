// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import TalerCrypto
import TalerWire
import Testing
import TestSupport
import Wallet
import WalletStore

@Suite struct WalletStoreTests {
    @Test func theFilesAreTheOwnersAlone() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/deep/wallet.sqlite"
        let store = try WalletStore.open(at: path)
        _ = try await store.addBankAccount(bankURL: World.bankURL, username: "a", password: "b")
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/deep") {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/deep/\(file)")
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(file)")
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/deep")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
        store.close()
    }

    @Test func aSecondProcessIsKeptOut() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/wallet.sqlite"
        let store = try WalletStore.open(at: path)
        #expect(throws: WalletStoreError.inUse(path)) { try WalletStore.open(at: path) }
        store.close()
        try WalletStore.open(at: path).close()
    }

    @Test func aWalletOnDiskGoesOnWhereItWas() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/wallet.sqlite"
        let world = try await World()
        var store = try WalletStore.open(at: path)
        _ = try await world.wallet(store).withdraw(amount("4"), bank: World.bankURL, exchange: World.known)
        let before = try await world.wallet(store).balances()
        store.close()
        store = try WalletStore.open(at: path)
        #expect(try await world.wallet(store).balances() == before)
        _ = try await world.wallet(store).pay(World.shopURL, product: "essay")
        #expect(try await world.wallet(store).history().count == 2)
        store.close()
    }

    @Test func aFileThatIsNoWalletIsNamed() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/wallet.sqlite"
        try Data("hello, this is no database at all".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: WalletStoreError.self) { try WalletStore.open(at: path) }
    }

    @Test func theSameCoinCannotBeTakenTwice() async throws {
        let world = try await World()
        let (_, store) = try await world.wallet(with: "2")
        let exchange = try #require(try await store.exchange(at: World.exchangeURL))
        let coin = try #require(try await store.coins(of: exchange).first)
        func purchase(_ hash: ContractHash) -> NewPurchase {
            NewPurchase(
                contractHash: hash, contract: [:], signature: .random(),
                wish: PurchaseWish(shopURL: World.shopURL, product: "p", amount: nil), payURL: World.shopURL, exchange: exchange,
                amount: amount("0.01"), fees: amount("0"), summary: "", permission: "{}", coins: [(coin, coin.remaining)])
        }
        let hash = ContractHash.random()
        _ = try await store.recordPurchase(purchase(hash), now: world.clock.now())
        await #expect(throws: WalletStoreError.conflict("a coin")) {
            _ = try await store.recordPurchase(purchase(.random()), now: world.clock.now())
        }
        await #expect(throws: WalletStoreError.conflict("the contract is paid or being paid")) {
            _ = try await store.recordPurchase(purchase(hash), now: world.clock.now())
        }
        #expect(try await store.purchases().count == 1)
    }

    @Test func secretsAreNeverPrinted() async throws {
        let world = try await World()
        let (_, store) = try await world.wallet(with: "1")
        let exchange = try #require(try await store.exchange(at: World.exchangeURL))
        let coin = try #require(try await store.coins(of: exchange).first)
        let account = try #require(try await store.bankAccount(at: World.bankURL))
        let reserve = try #require(try await store.reserves().first)
        var text = "\(coin) \(account) \(reserve) "
        dump(coin, to: &text)
        dump(account, to: &text)
        dump(reserve, to: &text)
        for secret in [coin.secret.bytes, reserve.secret.bytes] {
            #expect(!text.contains(Base32.encode(secret)))
            #expect(!text.contains("\(secret)"))
            #expect(!text.contains(secret.map { "- \($0)\n" }.joined()))
        }
        #expect(!text.contains(account.password))
    }
}
