// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import MerchantAPI
import TalerCrypto
import TalerWire
import Testing
import TestSupport
import Wallet
import WalletStore

@Suite struct PayTests {
    @Test func aPurchaseLeadsToTheFulfillmentPage() async throws {
        let world = try await World()
        let (_, store) = try await world.wallet(with: "7")
        let steps = StepLog()
        let purchase = try await world.wallet(store, steps: steps).pay(World.shopURL, product: "essay")
        #expect(purchase.fulfillmentURL == "http://shop.test/fulfillment/7")
        #expect(purchase.status == 200)
        #expect(purchase.pageText.contains("The essay"))
        #expect(purchase.pageTitle == "Thank you & enjoy")
        #expect(purchase.amount == amount("1"))
        #expect(!purchase.isReplay)
        #expect(steps.all.contains(.contract(purchase.contractHash)))
        #expect(steps.all.contains(.fulfillment(url: "http://shop.test/fulfillment/7")))
        let request = try #require(world.shop.payRequests.first)
        #expect(request.fields["Accept"] == "text/html")
        #expect(request.cookies["session"] == "abc")
        #expect(request.target == "/taler/pay?order=7")
        // Whatever a shop calls itself, the terminal is not its to command.
        #expect(!steps.all.contains { "\($0)".contains("\u{1B}") })
    }

    @Test func aShopInAFolderIsAskedThere() async throws {
        let world = try await World()
        let (wallet, _) = try await world.wallet(with: "1")
        await #expect(throws: (any Error).self) {
            _ = try await wallet.pay("http://shop.test/books", product: "a b&c", amount: amount("0.5"))
        }
        let asked = world.network.delivered.last?.url
        #expect(asked == "http://shop.test/books/taler/contract?product=a%20b%26c&amount=KUDOS%3A0.5")
    }

    @Test func theWholeBalanceCanBeSpentToTheLastCent() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let available = try #require(try await wallet.balances().first).available
        world.shop.set { $0.maximumFee = amount("1") }
        _ = try await wallet.pay(World.shopURL, product: "gift", amount: available)
        #expect(try await wallet.balances().first?.available == amount("0"))
        let exchange = try #require(try await store.exchange(at: World.exchangeURL))
        #expect(try await store.coins(of: exchange).allSatisfy { $0.state == .spent && $0.remaining.isZero })
    }

    @Test func whatAPaymentLeavesOfACoinCanBeSpentLater() async throws {
        let world = try await World()
        let (wallet, _) = try await world.wallet(with: "3")
        world.shop.set { $0.maximumFee = amount("1") }
        for _ in 0..<5 { _ = try await wallet.pay(World.shopURL, product: "gift", amount: amount("0.37")) }
        let rest = try #require(try await wallet.balances().first).available
        _ = try await wallet.pay(World.shopURL, product: "gift", amount: rest)
        #expect(try await wallet.balances().first?.available == amount("0"))
        // Some coin was in more than one payment, and the exchange took it each time.
        let coins = world.shop.permissions.flatMap(\.coins)
        #expect(Set(coins.map(\.coinPub)).count < coins.count)
    }

    @Test(arguments: [("0", "1.01"), ("0.01", "1"), ("0.05", "1")])
    func theBuyerPaysOnlyTheFeesThatTheShopDoesNot(_ maximumFee: String, _ paid: String) async throws {
        let world = try await World()
        let (wallet, _) = try await world.wallet(with: "3")
        world.shop.set { $0.maximumFee = amount(maximumFee) }
        #expect(try await wallet.pay(World.shopURL, product: "essay").paid == amount(paid))
    }

    @Test func aContractThatIsPaidIsSentAgainWithTheSameCoins() async throws {
        let world = try await World()
        world.shop.set { $0.isFresh = false }
        let (wallet, store) = try await world.wallet(with: "7")
        let first = try await wallet.pay(World.shopURL, product: "essay")
        let after = try await wallet.balances()
        let second = try await wallet.pay(World.shopURL, product: "essay")
        #expect(second.isReplay)
        #expect(second.contractHash == first.contractHash)
        #expect(second.fulfillmentURL == first.fulfillmentURL)
        #expect(try await wallet.balances() == after)
        #expect(try await store.purchases().count == 1)
        #expect(world.shop.permissions.count == 2)
        #expect(world.shop.permissions.first == world.shop.permissions.last)
        // Also after its expiry: it is not a new payment.
        world.clock.advance(bySeconds: 7200)
        #expect(try await wallet.pay(World.shopURL, product: "essay").isReplay)
    }

    @Test func whatIsPaidStaysPaidWhateverTheShopSaysLater() async throws {
        let world = try await World()
        world.shop.set { $0.isFresh = false }
        let (wallet, _) = try await world.wallet(with: "7")
        _ = try await wallet.pay(World.shopURL, product: "essay")
        let after = try await wallet.balances()
        world.shop.set { $0.payAnswer = Response(status: 404, json: ["code": 2005, "hint": "never heard of it"]) }
        await #expect(
            throws: WalletError.replayFailed(reason: "never heard of it", fulfillmentURL: "http://shop.test/fulfillment/7")
        ) { _ = try await wallet.pay(World.shopURL, product: "essay") }
        #expect(try await wallet.balances() == after)
    }

    @Test func redirectsWithinTheShopAreFollowed() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "7")
        world.shop.set { $0.location = "../moved" }
        let purchase = try await wallet.pay(World.shopURL, product: "essay")
        #expect(purchase.fulfillmentURL == "http://shop.test/fulfillment/7")
        #expect(try await store.purchases().map(\.state) == [.paid(fulfillmentURL: "http://shop.test/fulfillment/7")])
    }

    @Test func aRedirectToAnotherSiteIsNotFollowedThoughThePaymentCounts() async throws {
        let world = try await World()
        let (wallet, _) = try await world.wallet(with: "7")
        world.shop.set { $0.location = "http://evil.test/fulfillment/7" }
        let purchase = try await wallet.pay(World.shopURL, product: "essay")
        #expect(purchase.fulfillmentURL == nil)
        #expect(!world.network.delivered.contains { $0.url.contains("evil") })
        #expect(try await wallet.balances().first?.locked == amount("0"))
    }

    @Test func anAnswerThatNamesThePageInJSONWillDo() async throws {
        let world = try await World()
        let (wallet, _) = try await world.wallet(with: "7")
        world.shop.set { $0.payAnswer = Response(json: ["fulfillment_url": "http://shop.test/fulfillment/7"]) }
        #expect(try await wallet.pay(World.shopURL, product: "essay").status == 200)
    }

    @Test func aCoinThatWasSpentElsewhereIsTakenOutOfUse() async throws {
        let world = try await World()
        let folder = try ScratchFolder()
        let paths = ["a", "b"].map { "\(folder.path)/\($0).sqlite" }
        let first = try WalletStore.open(at: paths[0])
        world.shop.set { $0.maximumFee = amount("1") }
        _ = try await world.wallet(first).withdraw(amount("1"), bank: World.bankURL, exchange: World.known)
        first.close()
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: paths[0] + suffix) {
            try FileManager.default.copyItem(atPath: paths[0] + suffix, toPath: paths[1] + suffix)
        }
        // The owner's backup does not know what the wallet has spent since.
        let (wallet, backup) = (try WalletStore.open(at: paths[0]), try WalletStore.open(at: paths[1]))
        defer {
            wallet.close()
            backup.close()
        }
        let all = try #require(try await world.wallet(wallet).balances().first).available
        _ = try await world.wallet(wallet).pay(World.shopURL, product: "gift", amount: all)
        var lost: Set<CoinPublicKey> = []
        let before = try #require(try await world.wallet(backup).balances().first)
        do {
            _ = try await world.wallet(backup).pay(World.shopURL, product: "gift", amount: all)
            Issue.record("it was paid twice")
        } catch {
            guard case .refused(409, 1012?, _, let coin?) = error else { throw error }
            lost.insert(coin)
        }
        let exchange = try #require(try await backup.exchange(at: World.exchangeURL))
        let coins = try await backup.coins(of: exchange)
        #expect(coins.filter { $0.state == .spent }.map(\.coinPub) == Array(lost))
        #expect(coins.filter { $0.state != .spent }.allSatisfy { $0.state == .fresh && $0.remaining == $0.denomination.value })
        let after = try #require(try await world.wallet(backup).balances().first)
        #expect(after.coins == before.coins - 1)
        #expect(after.locked == amount("0"))
    }
}
