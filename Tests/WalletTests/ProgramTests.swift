// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPClient
import HTTPCore
import MerchantAPI
import ProgramFixture
import TalerWire
import Testing
@testable import Wallet
import WalletStore

/// The program itself, against the real bank, exchange, backend and shop.
@Suite(.serialized) struct ProgramTests {
    /// What the wallet's usable coins are worth by the exchange's word, proven by their histories, and by the wallet's own.
    private func worth(_ market: Market, _ name: String) async throws -> (exchange: Amount, wallet: Amount) {
        let store = try WalletStore.open(at: "\(market.folder)/\(name).sqlite")
        defer { store.close() }
        let exchange = try #require(try await store.exchanges().first)
        let coins = try await store.coins(of: exchange).filter { $0.state == .fresh }
        var sum = Amount.zero(exchange.currency)
        for coin in coins {
            sum = try await sum.adding(CoinInquiry(sender: market.sender).statement(of: coin, at: exchange).balance)
        }
        return (sum, try Amount.sum(coins.map(\.remaining), in: exchange.currency))
    }

    @Test func aRefreshThatIsKilledAnywhereLosesNothing() async throws {
        let market = try await Market()
        let programs = try await market.startAll()
        let shop = try market.url("shop")
        var results: [Amount] = []
        let places: [(last: String, stage: ExchangeProxy.Stage)?] = [
            nil, ("melt", .request), ("melt", .answer), ("reveal", .request), ("reveal", .answer),
        ]
        for (number, place) in places.enumerated() {
            let name = "wallet-\(number)"
            #expect(try await market.wallet(["withdraw", "KUDOS:5"], name: name).status == 0)
            let paid = try await market.wallet(["pay", shop, "tally-sticks", "--keep-rest"], name: name)
            #expect(paid.status == 0, "\(paid.output)")
            if let place {
                let hold = market.proxy.holdNext(place.last, place.stage)
                let refresh = try RunningProgram(
                    "wallet", ["refresh", "--wallet", "\(market.folder)/\(name).sqlite", "-c", market.configuration])
                let status = await hold.waitForAnswer()
                #expect(status == (place.stage == .request ? 0 : 200))
                await refresh.kill()
                hold.release()
            }
            let second = try await market.wallet(["refresh"], name: name)
            #expect(second.status == 0, "\(place.debugDescription): \(second.output)")
            let worth = try await worth(market, name)
            #expect(worth.exchange == worth.wallet, "\(place.debugDescription)")
            results.append(worth.exchange)
            let balance = try await market.wallet(["balance"], name: name)
            #expect(balance.output.contains("\(worth.wallet)  in "), "\(balance.output)")
            #expect(!balance.output.contains("become fresh"), "\(balance.output)")
            #expect(try await market.wallet(["refresh"], name: name).output.contains("nothing to refresh"))
        }
        #expect(Set(results.map(\.description)).count == 1, "\(results)")
        for program in programs { #expect(await program.stop() == 0) }
        await market.close()
    }

    @Test func whatAShopGivesBackIsTakenAndRefreshed() async throws {
        let market = try await Market()
        let programs = try await market.startAll()
        let shop = try market.url("shop")
        for command in ["balance", "history"] {
            let missing = try await market.wallet([command], name: "missing/wallet")
            #expect(missing.status == 1 && missing.output.contains("there is none at "), "\(missing.output)")
        }
        #expect(!FileManager.default.fileExists(atPath: "\(market.folder)/missing"))
        #expect(try await market.wallet(["withdraw", "KUDOS:5"]).status == 0)
        let dear = try await market.wallet(["pay", shop, "tally-sticks", "--maximum", "KUDOS:0.01"])
        #expect(dear.status == 1)
        #expect(dear.output.contains("more than KUDOS:0.01"), "\(dear.output)")
        let paid = try await market.wallet(["pay", shop, "tally-sticks", "--maximum", "KUDOS:4"])
        #expect(paid.status == 0, "\(paid.output)")
        let none = try await market.wallet(["refund"])
        #expect(none.status == 0, "\(none.output)")
        #expect(none.output.contains("Nothing new"), "\(none.output)")
        let before = try await worth(market, "wallet")
        #expect(before.exchange == before.wallet)

        let word = paid.output.split(whereSeparator: \.isWhitespace).drop { $0 != "H_contract" }.dropFirst().first ?? ""
        let hash = try ContractHash(base32: word.filter { $0.isLetter || $0.isNumber })
        let given = try await market.backend().refund(RefundOrder(contractHash: hash, refund: Amount("KUDOS:0.5"), reason: "torn"))
        #expect(given.status == 200)
        let refund = try await market.wallet(["refund", "--contract", "\(hash)"])
        #expect(refund.status == 0, "\(refund.output)")
        #expect(refund.output.contains("refund       KUDOS:0.49"), "\(refund.output)")
        let after = try await worth(market, "wallet")
        #expect(after.exchange == after.wallet)
        #expect(try before.wallet.isLess(than: after.wallet))
        let history = try await market.wallet(["history"])
        for words in ["withdrew", "paid KUDOS", "got KUDOS:0.49 back", "refreshed"] {
            #expect(history.output.contains(words), "\(history.output)")
        }
        for program in programs { #expect(await program.stop() == 0) }
        await market.close()
    }

    @Test func manyBuyersBuyAtTheSameTime() async throws {
        let market = try await Market()
        let programs = try await market.startAll()
        let shop = try market.url("shop")
        let load = try await market.wallet(["load", shop, "--buyers", "4", "--purchases", "3", "--product", "tally-sticks"])
        #expect(load.status == 0, "\(load.output)")
        for words in ["bought       12 of 12 by 4 buyers: tally-sticks", "withdrawals 4 of 4", "purchases 12 of 12", " per second"] {
            #expect(load.output.contains(words), "\(load.output)")
        }
        // No terminal: lines that stay.
        #expect(!load.output.contains("\r") && !load.output.contains("\u{1B}"))
        let far = try await market.wallet(["load", "http://192.0.2.1/"])
        #expect(far.status == 1)
        #expect(far.output.contains("not on this machine"), "\(far.output)")
        #expect(try await market.wallet(["load", shop, "--buyers", "300"]).status == 64)
        for program in programs { #expect(await program.stop() == 0) }
        await market.close()
    }
}
